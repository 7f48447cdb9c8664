import { ChevronRight } from 'lucide-react'
import { Menu, MenuItem, Popover, SubmenuTrigger } from 'react-aria-components'
import type { ExportFormat } from '#contract/transfer.ts'
import { menuItemClass, menuPopoverClass } from './menu-look.ts'

const kinds: readonly { format: ExportFormat; name: string; said: string }[] = [
  { format: 'curl-bash', name: 'cURL for bash, whole', said: 'the command for bash' },
  { format: 'curl-powershell', name: 'cURL for PowerShell', said: 'the command for PowerShell' },
  { format: 'curl-cmd', name: 'cURL for cmd', said: 'the command for cmd' },
  { format: 'http-file', name: '.http file', said: 'the request for a .http file' },
  { format: 'har', name: 'HAR', said: 'the delivery as HAR' },
  { format: 'ndjson', name: 'NDJSON', said: 'the delivery as NDJSON' },
]

interface Props {
  onCopy: (format: ExportFormat, name: string) => void
  onCopyRaw: () => void
  /** There are many languages to choose from. */
  onCode: () => void
}

/** One delivery on the clipboard, in whatever form another program takes. */
export function CopyAsMenu({ onCopy, onCopyRaw, onCode }: Props) {
  return (
    <SubmenuTrigger>
      <MenuItem textValue="Copy as" className={menuItemClass}>
        <span className="flex-1 pr-6">Copy as</span>
        <ChevronRight size={14} aria-hidden className="text-ink-3" />
      </MenuItem>
      <Popover className={menuPopoverClass} placement="left top">
        <Menu aria-label="Copy as" className="outline-none">
          {kinds.map(({ format, name, said }) => (
            <MenuItem
              key={format}
              textValue={name}
              onAction={() => onCopy(format, said)}
              className={menuItemClass}
            >
              {name}
            </MenuItem>
          ))}
          <MenuItem textValue="Raw HTTP" onAction={onCopyRaw} className={menuItemClass}>
            Raw HTTP
          </MenuItem>
          <MenuItem textValue="Code" onAction={onCode} className={menuItemClass}>
            Code…
          </MenuItem>
        </Menu>
      </Popover>
    </SubmenuTrigger>
  )
}
