import { Globe } from 'lucide-react'
import { IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { useReach } from './use-reach.ts'

/** Beside the local URL: the public one, or the way to get one. */
export function PublicUrlChip({ urlShown }: { urlShown: boolean }) {
  const { local, outside } = useReach()
  if (local === null) return null
  if (outside === null) {
    return (
      <IconButton icon={Globe} label="Get a public URL" onPress={() => openSettings('publicUrl')} />
    )
  }
  return (
    <span className="flex min-w-0 items-center rounded-md border border-line bg-surface">
      <IconButton small icon={Globe} label="Public URL" onPress={() => openSettings('publicUrl')} />
      <span
        className={urlShown ? 'wire max-w-72 truncate' : 'sr-only'}
        data-testid="public-url"
        title={outside.url}
      >
        {outside.url.replace(/^https:\/\//, '')}
      </span>
      <CopyButton text={outside.url} label="Copy public URL" />
    </span>
  )
}
