import type { ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'

interface Props<Id extends string> {
  label: string
  options: { id: Id; name: string; sentence: ReactNode }[]
  value: Id
  onChange: (id: Id) => void
}

/** One of a few, each with a sentence that says what it does. */
export function DescribedChoice<Id extends string>(props: Props<Id>) {
  const pick = (value: string) => {
    const option = props.options.find(({ id }) => id === value)
    if (option) props.onChange(option.id)
  }
  return (
    <RadioGroup value={props.value} onChange={pick} className="flex flex-col gap-1">
      <Label className="text-sm font-medium text-ink-2">{props.label}</Label>
      <div className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
        {props.options.map(({ id, name, sentence }) => (
          <Radio
            key={id}
            value={id}
            className="group flex items-start gap-2.5 px-3 py-1.5 -outline-offset-2 hover:bg-hover data-[selected]:bg-accent-soft"
          >
            <span
              aria-hidden
              className="mt-[3px] flex size-3.5 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-data-[selected]:border-accent"
            >
              <span className="size-1.5 rounded-full group-data-[selected]:bg-accent" />
            </span>
            <span className="min-w-0">
              <span className="block group-data-[selected]:font-medium">{name}</span>
              <span className="block text-sm text-ink-3 group-data-[selected]:text-ink-2">
                {sentence}
              </span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
