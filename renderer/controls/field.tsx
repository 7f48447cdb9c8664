import type { ReactNode } from 'react'
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components'

export const inputClass =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-3 hover:border-ink-3 focus:border-focus focus:outline-2 focus:-outline-offset-1 focus:outline-focus data-[invalid]:border-red'

interface Props extends Omit<TextFieldProps, 'children' | 'className'> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  placeholder?: string
  /** Values that go over the wire are set in the monospaced face. */
  mono?: boolean
  /** Lines of a longer text. */
  rows?: number
  /** Beside the input, such as a reveal button. */
  after?: ReactNode
  hideLabel?: boolean
}

/** A labelled input with its hint and its error below. */
export function Field(props: Props) {
  const { label, hint, error, placeholder, mono, rows, after, hideLabel, ...field } = props
  const face = mono ? 'font-mono text-[12.5px]' : ''
  return (
    <TextField {...field} isInvalid={error !== undefined} className="flex flex-col gap-1">
      <Label className={hideLabel ? 'sr-only' : 'text-sm font-medium text-ink-2'}>{label}</Label>
      <div className="flex items-center gap-1">
        {rows === undefined ? (
          <Input
            placeholder={placeholder ?? ''}
            spellCheck={false}
            className={`h-8 ${inputClass} ${face}`}
          />
        ) : (
          <TextArea
            placeholder={placeholder ?? ''}
            spellCheck={false}
            rows={rows}
            className={`resize-y py-2 leading-[18px] ${inputClass} ${face}`}
          />
        )}
        {after}
      </div>
      {hint && error === undefined && (
        <Text slot="description" className="text-sm text-ink-3">
          {hint}
        </Text>
      )}
      <FieldError className="text-sm text-red">{error}</FieldError>
    </TextField>
  )
}
