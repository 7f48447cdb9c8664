import { Eye, EyeOff } from 'lucide-react'
import { Button } from '#renderer/controls/button.tsx'
import type { Credentials } from './use-credentials.ts'

/** Shows the credentials of a delivery in all its tabs, or hides them again. */
export function RevealButton({
  any,
  shown,
  toggle,
}: Pick<Credentials, 'any' | 'shown' | 'toggle'>) {
  if (!any) return null
  return (
    <Button icon={shown ? EyeOff : Eye} onPress={toggle}>
      {shown ? 'Hide credentials' : 'Reveal credentials'}
    </Button>
  )
}
