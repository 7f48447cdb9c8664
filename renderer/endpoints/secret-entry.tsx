import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SecretInfo } from '#contract/endpoint.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { EnterForm } from '#renderer/controls/enter-form.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { fieldErrors } from '#renderer/words/errors.ts'
import { KeyInput } from './key-input.tsx'

interface Props {
  endpointId: number
  /** The secret whose text is replaced; absent: a new one. */
  replaces?: SecretInfo
  hint?: string
  publicKey?: boolean
  onDone: () => void
}

/** Enters the text of one secret and stores it. */
export function SecretEntry({ endpointId, replaces, hint, publicKey = false, onDone }: Props) {
  const [text, setText] = useState('')
  const [name, setName] = useState(replaces?.name ?? '')
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: api.endpoints.key() })
    onDone()
  }
  const add = useMutation(api.secrets.add.mutationOptions({ onSuccess }))
  const replace = useMutation(api.secrets.replace.mutationOptions({ onSuccess }))
  const busy = add.isPending || replace.isPending
  const errors = fieldErrors(add.error ?? replace.error, ['name', 'text'])
  const save = () => {
    if (busy || text === '') return
    const secret = name.trim() === '' ? { text } : { text, name: name.trim() }
    if (replaces) replace.mutate({ id: replaces.id, ...secret })
    else add.mutate({ endpointId, ...secret })
  }
  return (
    <li className="px-3 py-2.5">
      <EnterForm onEnter={save} className="flex flex-col gap-2">
        <div className="grid grid-cols-[1fr_150px] items-start gap-2">
          <KeyInput
            publicKey={publicKey}
            label={
              replaces
                ? `New text for “${replaces.name}”`
                : publicKey
                  ? 'Public key'
                  : 'Signing secret'
            }
            value={text}
            onChange={setText}
            hint={hint}
            error={errors.get('text') ?? errors.get('')}
            autoFocus={replaces !== undefined}
          />
          <Field
            label="Its name"
            placeholder="live key"
            value={name}
            onChange={setName}
            error={errors.get('name')}
          />
        </div>
        <div className="flex gap-2">
          <Button small kind="primary" isDisabled={busy || text === ''} onPress={save}>
            {replaces ? 'Replace' : 'Add'} {publicKey ? 'key' : 'secret'}
          </Button>
          <Button small kind="quiet" onPress={onDone}>
            Cancel
          </Button>
        </div>
      </EnterForm>
    </li>
  )
}
