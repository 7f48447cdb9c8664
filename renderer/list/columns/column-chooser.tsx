import { Check, Columns3 } from 'lucide-react'
import { Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { IconButton } from '#renderer/controls/button.tsx'
import { columns, needed, type ColumnId } from './columns.ts'

interface Props {
  open: boolean
  onOpenChange: (open: boolean) => void
  shown: ReadonlySet<ColumnId>
  /** Somebody chose columns or widths. */
  chosen: boolean
  onChange: (shown: ColumnId[]) => void
  onReset: () => void
}

export const menuClass =
  'appear float-shadow min-w-48 rounded-md border border-line bg-raised p-1 outline-none'
export const menuItemClass =
  'flex h-7 items-center gap-2 rounded-sm px-2 outline-none data-[disabled]:opacity-50 data-[focused]:bg-hover'

/** Which columns the list shows. */
export function ColumnChooser(props: Props) {
  const disabled = [...needed, ...(props.chosen ? [] : ['reset'])]
  return (
    <MenuTrigger isOpen={props.open} onOpenChange={props.onOpenChange}>
      <IconButton small icon={Columns3} label="Columns" />
      <Popover placement="bottom end" className={menuClass}>
        <Menu
          aria-label="Columns"
          className="outline-none"
          disabledKeys={disabled}
          onAction={(key) => key === 'reset' && props.onReset()}
        >
          <MenuSection
            aria-label="Shown columns"
            selectionMode="multiple"
            selectedKeys={props.shown}
            onSelectionChange={(keys) => {
              const ids = columns.map(({ id }) => id)
              props.onChange(keys === 'all' ? ids : ids.filter((id) => keys.has(id)))
            }}
          >
            {columns.map(({ id, name }) => (
              <MenuItem key={id} id={id} textValue={name} className={`group ${menuItemClass}`}>
                <Check
                  size={13}
                  aria-hidden
                  className="text-accent opacity-0 group-data-[selected]:opacity-100"
                />
                {name}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="my-1 h-px bg-line" />
          <MenuItem id="reset" className={`${menuItemClass} pl-7`}>
            As usual for the width
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
