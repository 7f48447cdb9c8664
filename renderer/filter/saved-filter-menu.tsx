import { Ellipsis } from 'lucide-react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { visibleStart } from '#renderer/words/visible-text.ts'

interface Props {
  name: string
  first: boolean
  last: boolean
  onEdit: () => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

const itemClass =
  'flex h-7 items-center gap-6 rounded-sm px-2 outline-none data-[focused]:bg-hover data-[disabled]:opacity-40'

/** What can be done with a saved filter. */
export function SavedFilterMenu({ name, first, last, onEdit, onMove, onRemove }: Props) {
  return (
    <MenuTrigger>
      <Button
        aria-label={`Actions of ${visibleStart(name, 80)}`}
        className="inline-flex size-6 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      >
        <Ellipsis size={13} aria-hidden />
      </Button>
      <Popover className="appear float-shadow min-w-40 rounded-md border border-line bg-raised p-1">
        <Menu className="outline-none">
          <MenuItem className={itemClass} onAction={onEdit}>
            Rename or change
          </MenuItem>
          <MenuItem className={itemClass} isDisabled={first} onAction={() => onMove(-1)}>
            <span className="flex-1">Move up</span>
            <kbd className="font-sans text-sm text-ink-3">Alt ↑</kbd>
          </MenuItem>
          <MenuItem className={itemClass} isDisabled={last} onAction={() => onMove(1)}>
            <span className="flex-1">Move down</span>
            <kbd className="font-sans text-sm text-ink-3">Alt ↓</kbd>
          </MenuItem>
          <MenuItem className={`${itemClass} text-red`} onAction={onRemove}>
            Remove
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
