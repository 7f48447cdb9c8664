import { type ReactNode, useState } from 'react'
import { SHORTEST_PASSPHRASE } from '#contract/data-key.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Dialog } from '#renderer/controls/dialog.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'
import { errorSentence } from '#renderer/words/errors.ts'

export interface Typed {
  current: string
  next: string
}

interface Props {
  title: string
  /** What happens, in a sentence or two. */
  children: ReactNode
  /** Asks for the passphrase that there is, by this name. */
  current?: string
  /** Asks for a new one, twice. */
  next?: boolean
  action: string
  danger?: boolean
  cancel?: string
  busy: boolean
  error: unknown
  onSubmit: (typed: Typed) => void
  onClose: () => void
}

const LONGER = 'Six words or more are hard to guess, and easy to keep in mind.'

/** A dialog that asks for passphrases. What was typed is gone when it closes. */
export function PassphraseForm(props: Props) {
  const { title, children, current, next, action, busy, error, onClose } = props
  const [typed, setTyped] = useState<Typed>({ current: '', next: '' })
  const [repeated, setRepeated] = useState('')
  const [tried, setTried] = useState(false)
  const tooShort = next && typed.next.length < SHORTEST_PASSPHRASE
  const differs = next && repeated !== typed.next
  const missing = current !== undefined && typed.current === ''
  const submit = () => {
    setTried(true)
    if (!busy && !tooShort && !differs && !missing) props.onSubmit(typed)
  }
  const failed = error ? errorSentence(error) : undefined
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{props.cancel ?? 'Cancel'}</Button>
          <Button kind={props.danger ? 'danger' : 'primary'} isDisabled={busy} onPress={submit}>
            {action}
          </Button>
        </>
      }
    >
      <EnterForm onEnter={submit} className="flex flex-col gap-4">
        <div className="selectable flex flex-col gap-2 text-ink-2">{children}</div>
        {current !== undefined && (
          <SecretInput
            label={current}
            value={typed.current}
            onChange={(text) => setTyped({ ...typed, current: text })}
            autoFocus
            error={failed ?? (tried && missing ? 'Enter the passphrase.' : undefined)}
          />
        )}
        {next && (
          <>
            <SecretInput
              label="New passphrase"
              value={typed.next}
              onChange={(text) => setTyped({ ...typed, next: text })}
              autoFocus={current === undefined}
              hint={LONGER}
              error={
                tried && tooShort
                  ? `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.`
                  : current === undefined
                    ? failed
                    : undefined
              }
            />
            <SecretInput
              label="The same once more"
              value={repeated}
              onChange={setRepeated}
              error={tried && differs ? 'This is another one than above.' : undefined}
            />
          </>
        )}
        {failed !== undefined && current === undefined && !next && (
          <p role="alert" className="selectable text-red">
            {failed}
          </p>
        )}
      </EnterForm>
    </Dialog>
  )
}
