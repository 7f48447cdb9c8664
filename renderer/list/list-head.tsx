import { Ellipsis, Layers, Pause, Play, type LucideIcon } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover, ToggleButton } from 'react-aria-components'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Tip } from '#renderer/controls/tip.tsx'
import { formatCount } from '#renderer/words/format.ts'
import { menuClass, menuItemClass } from './columns/column-chooser.tsx'

interface ToggleProps {
  icon: LucideIcon
  label: string
  on: boolean
  onChange: (on: boolean) => void
}

function IconToggle({ icon: Icon, label, on, onChange }: ToggleProps) {
  return (
    <Tip text={label}>
      <ToggleButton
        aria-label={label}
        isSelected={on}
        onChange={onChange}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink data-[selected]:bg-accent-soft data-[selected]:text-accent data-[selected]:shadow-[inset_0_0_0_1px_var(--accent)]"
      >
        <Icon size={13} aria-hidden />
      </ToggleButton>
    </Tip>
  )
}

function MoreMenu({ onExport, onClear }: Pick<ControlProps, 'onExport' | 'onClear'>) {
  return (
    <MenuTrigger>
      <IconButton small icon={Ellipsis} label="More" />
      <Popover placement="bottom end" className={menuClass}>
        <Menu aria-label="More" className="outline-none">
          <MenuItem className={menuItemClass} onAction={onExport}>
            Export all of these
          </MenuItem>
          <MenuItem className={menuItemClass} onAction={() => showDialog({ kind: 'import' })}>
            Import deliveries
          </MenuItem>
          <MenuItem className={`${menuItemClass} text-red`} onAction={onClear}>
            Delete all but pinned ones
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

interface ControlProps {
  paused: boolean
  grouped: boolean
  onPause: (paused: boolean) => void
  onGroup: (grouped: boolean) => void
  onExport: () => void
  onClear: () => void
  /** Chooses columns. */
  chooser: ReactNode
}

/** Drawn anew only when they change, not with every delivery that arrives. */
const Controls = memo(function Controls(props: ControlProps) {
  const { paused, grouped, onPause, onGroup, onExport, onClear } = props
  return (
    <>
      {paused && (
        <Button small icon={Play} onPress={() => onPause(false)}>
          Resume
        </Button>
      )}
      <IconToggle
        icon={Layers}
        label="Group attempts of one message"
        on={grouped}
        onChange={onGroup}
      />
      {!paused && <IconButton small icon={Pause} label="Pause" onPress={() => onPause(true)} />}
      {props.chooser}
      <MoreMenu onExport={onExport} onClear={onClear} />
    </>
  )
})

interface Props extends ControlProps {
  /** Such as “412 deliveries”. */
  count: string
  unseen: number
  /** Stands in the place of all this while rows are selected. */
  selection: ReactNode
}

/** The line above the list: how many there are, and how they are shown. */
export function ListHead({ count, unseen, selection, ...controls }: Props) {
  return (
    <div className="@container flex h-9 shrink-0 items-center border-b border-line pr-2 pl-3">
      {selection ?? (
        <div className="flex min-w-0 flex-1 items-center gap-1">
          <span className="truncate text-sm text-ink-2">{count}</span>
          {controls.paused && (
            <span className="soft-amber ml-2 flex h-6 items-center gap-1.5 rounded-md px-2 text-sm font-medium whitespace-nowrap text-amber">
              <Pause size={12} aria-hidden />
              Paused{unseen > 0 && `, ${formatCount(unseen)} new`}
            </span>
          )}
          <span className="flex-1" />
          <Controls {...controls} />
        </div>
      )}
    </div>
  )
}
