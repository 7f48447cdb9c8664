import { useState } from 'react'
import { Field } from '#renderer/controls/field.tsx'

interface Props {
  label: string
  /** Where a heading says it already. */
  hideLabel?: boolean
  /** As it is stored. */
  value: string
  /** Takes what was typed; a sentence says what is wrong with it. */
  onCommit: (text: string) => string | null
  hint?: React.ReactNode
  placeholder?: string
  mono?: boolean
  inputMode?: 'numeric' | 'decimal'
}

interface Typed {
  /** The stored value that it would replace. */
  over: string
  text: string
  problem: string | undefined
}

/** A field that is saved when one leaves it or presses Enter; Escape takes back what was typed. */
export function SavedField({ value, onCommit, inputMode, ...props }: Props) {
  const [typed, setTyped] = useState<Typed | null>(null)
  // What was typed over another value than the one that is stored now is over.
  const { text, problem } = typed?.over === value ? typed : { text: value, problem: undefined }
  const commit = () => {
    if (text.trim() === value) setTyped(null)
    else setTyped({ over: value, text, problem: onCommit(text.trim()) ?? undefined })
  }
  return (
    <div
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape' && text !== value) {
          event.stopPropagation()
          setTyped(null)
        }
      }}
    >
      <Field
        {...props}
        {...(inputMode === undefined ? {} : { inputMode })}
        value={text}
        onChange={(next) => setTyped({ over: value, text: next, problem: undefined })}
        onBlur={commit}
        error={problem}
      />
    </div>
  )
}
