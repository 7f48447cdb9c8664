import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { platform } from '#renderer/platform/platform.ts'
import { Button, IconButton } from './button.tsx'

function useCopy(text: string) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => {
    platform.copyText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return { copied, copy }
}

/** Puts `text` on the clipboard and shows for a moment that it did. */
export function CopyButton(props: {
  text: string
  label: string
  small?: boolean
  icon?: LucideIcon
}) {
  const { copied, copy } = useCopy(props.text)
  return (
    <IconButton
      icon={copied ? Check : (props.icon ?? Copy)}
      label={copied ? 'Copied' : props.label}
      small={props.small ?? true}
      onPress={copy}
    />
  )
}

/** The same with words on it. */
export function CopyTextButton(props: { text: string; children: string; primary?: boolean }) {
  const { copied, copy } = useCopy(props.text)
  return (
    <Button
      icon={copied ? Check : Copy}
      kind={props.primary ? 'primary' : 'plain'}
      onPress={copy}
      aria-label={copied ? 'Copied' : props.children}
    >
      {copied ? 'Copied' : props.children}
    </Button>
  )
}
