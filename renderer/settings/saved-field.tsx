import { useEffect, useState } from 'react'
import { Field } from '#renderer/controls/field.tsx'

interface Props {
  label: string
  /** As it is stored. */
  value: string
  /** Takes what was typed; a sentence says what is wrong with it. */
  onCommit: (text: string) => string | null
  hint?: React.ReactNode
  placeholder?: string
  mono?: boolean
  inputMode?: 'numeric' | 'decimal'
}

/** A field that is saved when one leaves it or presses Enter; Escape takes back what was typed. */
export function SavedField({ value, onCommit, inputMode, ...props }: Props) {
  const [text, setText] = useState(value)
  const [problem, setProblem] = useState<string | undefined>()
  useEffect(() => {
    setText(value)
    setProblem(undefined)
  }, [value])
  const commit = () => {
    if (text.trim() === value) {
      setText(value)
      setProblem(undefined)
      return
    }
    setProblem(onCommit(text.trim()) ?? undefined)
  }
  return (
    <div
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') commit()
        if (event.key === 'Escape' && text !== value) {
          event.stopPropagation()
          setText(value)
          setProblem(undefined)
        }
      }}
    >
      <Field
        {...props}
        {...(inputMode === undefined ? {} : { inputMode })}
        value={text}
        onChange={(next) => {
          setText(next)
          setProblem(undefined)
        }}
        onBlur={commit}
        error={problem}
      />
    </div>
  )
}
