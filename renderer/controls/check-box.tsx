import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox } from 'react-aria-components'

interface Props {
  label: string
  on: boolean
  onChange: (on: boolean) => void
  /** A second, quieter line. */
  hint?: ReactNode
}

/** Something that is on or off, with its words beside it. */
export function CheckBox({ label, on, onChange, hint }: Props) {
  return (
    <div className="flex flex-col gap-0.5">
      <Checkbox
        isSelected={on}
        onChange={onChange}
        className="group flex items-center gap-2 rounded-sm text-ink-2 hover:text-ink data-[selected]:text-ink"
      >
        <span
          aria-hidden
          className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[selected]:text-accent-ink"
        >
          <Check
            size={12}
            strokeWidth={3}
            className="opacity-0 group-data-[selected]:opacity-100"
          />
        </span>
        {label}
      </Checkbox>
      {hint && <p className="pl-6 text-sm text-ink-3">{hint}</p>}
    </div>
  )
}
