import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from './button.tsx'
import { Field } from './field.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  placeholder?: string
  hint?: React.ReactNode
  error?: string | undefined
  autoFocus?: boolean
}

/** A field whose text is masked until the person asks to see it. */
export function SecretInput(props: Props) {
  const [shown, setShown] = useState(false)
  return (
    <Field
      {...props}
      mono
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      after={
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? 'Hide what is typed' : 'Show what is typed'}
          onPress={() => setShown(!shown)}
        />
      }
    />
  )
}
