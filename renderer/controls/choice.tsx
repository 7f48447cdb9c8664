import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select,
  SelectValue,
} from 'react-aria-components'

export interface Option {
  id: string
  name: string
  /** A second, quieter line. */
  detail?: string
}

interface SelectProps {
  label: string
  hideLabel?: boolean
  options: Option[]
  value: string
  onChange: (id: string) => void
  hint?: ReactNode
  error?: string | undefined
}

/** One of a list, in a popover. */
export function SelectField(props: SelectProps) {
  return (
    // Outside of the Select, whose context would make buttons in the hint open the list.
    <div className="flex flex-col gap-1">
      <Select
        value={props.value}
        onChange={(key) => key !== null && props.onChange(String(key))}
        className="flex flex-col gap-1"
      >
        <Label className={props.hideLabel ? 'sr-only' : 'text-sm font-medium text-ink-2'}>
          {props.label}
        </Label>
        <Button className="flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-left hover:border-ink-3">
          <SelectValue className="min-w-0 flex-1 truncate">
            {({ selectedText }) => selectedText}
          </SelectValue>
          <ChevronDown size={14} className="text-ink-3" aria-hidden />
        </Button>
        <Popover className="appear float-shadow max-h-80 w-max max-w-[min(28rem,90vw)] min-w-(--trigger-width) overflow-y-auto rounded-md border border-line bg-raised p-1">
          <ListBox items={props.options} className="outline-none">
            {(option) => (
              <ListBoxItem
                id={option.id}
                textValue={option.name}
                className="group flex items-center gap-2 rounded-sm px-2 py-1 outline-none data-[focused]:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{option.name}</span>
                  {option.detail && (
                    <span className="block truncate text-sm text-ink-3">{option.detail}</span>
                  )}
                </span>
                <Check
                  size={14}
                  aria-hidden
                  className="text-accent opacity-0 group-data-[selected]:opacity-100"
                />
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </Select>
      {props.error !== undefined && <p className="text-sm text-red">{props.error}</p>}
      {props.hint && props.error === undefined && (
        <p className="text-sm text-ink-3">{props.hint}</p>
      )}
    </div>
  )
}

interface SegmentsProps<Id extends string> {
  label: string
  options: { id: Id; name: string; disabled?: boolean }[]
  value: Id
  onChange: (id: Id) => void
  /** Writes the label above; otherwise it is there for screen readers only. */
  showLabel?: boolean
}

/** One of a few, side by side. */
export function Segments<Id extends string>(props: SegmentsProps<Id>) {
  const pick = (value: string) => {
    const option = props.options.find(({ id }) => id === value)
    if (option) props.onChange(option.id)
  }
  return (
    <RadioGroup
      value={props.value}
      onChange={pick}
      orientation="horizontal"
      className="flex flex-col items-start gap-1"
    >
      <Label className={props.showLabel ? 'text-sm font-medium text-ink-2' : 'sr-only'}>
        {props.label}
      </Label>
      <div className="inline-flex rounded-md border border-line bg-sunken p-0.5">
        {props.options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.disabled ?? false}
            className="flex h-5.5 items-center rounded-sm px-2 text-sm text-ink-2 hover:text-ink data-[disabled]:opacity-40 data-[selected]:bg-raised data-[selected]:font-medium data-[selected]:text-ink data-[selected]:shadow-[0_0_0_1px_var(--line-strong)]"
          >
            {option.name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
