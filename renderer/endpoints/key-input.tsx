import { Field } from '#renderer/controls/field.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  hint?: React.ReactNode
  error?: string | undefined
  autoFocus?: boolean
  /** The scheme takes the public half of a key pair, which has lines and hides nothing. */
  publicKey: boolean
}

/** What an endpoint checks with: a secret, masked, or a public key as text of several lines. */
export function KeyInput({ publicKey, hint, ...field }: Props) {
  if (!publicKey) return <SecretInput {...field} {...(hint === undefined ? {} : { hint })} />
  return (
    <Field
      {...field}
      mono
      rows={4}
      placeholder="-----BEGIN PUBLIC KEY-----"
      autoComplete="off"
      hint={hint || 'PEM, a certificate, JWK, base64, or as the provider shows it.'}
    />
  )
}
