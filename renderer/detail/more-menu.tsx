import { Ellipsis } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import type { CommandId } from '#renderer/commands/command-list.ts'
import { useHotkey } from '#renderer/commands/keymap-store.ts'
import type { DetailActions } from './use-detail-actions.ts'
import { CopyAsMenu } from './copy-as-menu.tsx'
import { menuItemClass, menuPopoverClass } from './menu-look.ts'

interface EntryProps {
  /** Whose key is shown. */
  command: CommandId
  name: string
  disabled?: boolean
  danger?: boolean
  onAction: () => void
}

function Entry({ command, name, disabled = false, danger = false, onAction }: EntryProps) {
  const hotkey = useHotkey(command)
  return (
    <MenuItem
      textValue={name}
      isDisabled={disabled}
      onAction={onAction}
      className={`${menuItemClass} ${danger ? 'text-red' : ''}`}
    >
      <span className="flex-1 pr-6">{name}</span>
      {hotkey !== undefined && <kbd className="font-sans text-sm text-ink-3">{hotkey}</kbd>}
    </MenuItem>
  )
}

interface Props {
  actions: DetailActions
  hasMessageId: boolean
  hasBody: boolean
}

/** What else can be done with this delivery, and with no other. */
export function MoreMenu({ actions, hasMessageId, hasBody }: Props) {
  return (
    <MenuTrigger>
      <Button
        aria-label="More actions"
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      >
        <Ellipsis size={15} aria-hidden />
      </Button>
      <Popover className={menuPopoverClass} placement="bottom end">
        <Menu aria-label="More actions" className="outline-none">
          <Entry command="delivery.copyCurl" name="Copy as cURL" onAction={actions.copyCurl} />
          {actions.hasCredentials && (
            <MenuItem
              textValue="Copy as cURL with credentials"
              onAction={actions.copyCurlWhole}
              className={menuItemClass}
            >
              Copy as cURL with credentials
            </MenuItem>
          )}
          <CopyAsMenu
            onCopy={actions.copyAs}
            onCopyRaw={actions.copyRaw}
            onCode={actions.exportCode}
          />
          <Entry
            command="delivery.copyId"
            name="Copy message id"
            disabled={!hasMessageId}
            onAction={actions.copyId}
          />
          <Entry command="delivery.copyLink" name="Copy link" onAction={actions.copyLink} />
          <Separator className="my-1 h-px bg-line" />
          <Entry command="delivery.tag" name="Add tag" onAction={actions.addTag} />
          <Entry command="delivery.note" name="Write a note" onAction={actions.writeNote} />
          <Entry
            command="delivery.saveBody"
            name="Save body to a file"
            disabled={!hasBody}
            onAction={actions.saveBody}
          />
          <Entry command="list.export" name="Export" onAction={actions.exportIt} />
          <Entry
            command="delivery.saveFixture"
            name="Save as fixture…"
            onAction={actions.saveFixture}
          />
          <Separator className="my-1 h-px bg-line" />
          <Entry command="delivery.delete" name="Delete" danger onAction={actions.remove} />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
