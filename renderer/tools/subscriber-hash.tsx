import { useMutation } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { api } from '#renderer/app/api.ts'
import { Button } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'
import { alignCharacters } from '#renderer/verification/align.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { ordinal } from '#renderer/words/format.ts'

function Compared({ hash, check }: { hash: string; check: string }) {
  const first = alignCharacters(check, hash).findIndex(({ state }) => state === 'first')
  const equal = first < 0
  const Icon = equal ? Check : X
  return (
    <p
      role="status"
      className={`flex items-center gap-1.5 font-medium ${equal ? 'text-green' : 'text-red'}`}
    >
      <Icon size={14} strokeWidth={2.5} aria-hidden />
      {equal ? 'Equal' : `Differs from the ${ordinal(first + 1)} character on`}
    </p>
  )
}

/** Computes and checks the subscriber hash of Novu's Inbox: HMAC-SHA256 hex of the id. */
export function SubscriberHash() {
  const [subscriberId, setSubscriberId] = useState('')
  const [secret, setSecret] = useState('')
  const [check, setCheck] = useState('')
  const compute = useMutation(api.tools.subscriberHash.mutationOptions({ gcTime: 0 }))
  const hash = compute.data?.hash
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <div className="mx-auto flex max-w-2xl flex-col gap-5 px-8 py-8">
        <div>
          <h1 className="text-xl font-semibold">Subscriber hash</h1>
          <p className="text-ink-2">
            Novu’s Inbox proves who a subscriber is with an HMAC-SHA256 of the subscriber id.
            Compute one here, or check the one your backend makes. Nothing is stored.
          </p>
        </div>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            compute.mutate({ subscriberId, secret })
          }}
        >
          <Field
            label="Subscriber id"
            mono
            value={subscriberId}
            onChange={(value) => {
              setSubscriberId(value)
              compute.reset()
            }}
          />
          <SecretInput
            label="Novu secret key"
            value={secret}
            onChange={(value) => {
              setSecret(value)
              compute.reset()
            }}
            hint="NOVU_SECRET_KEY of the environment that the Inbox belongs to."
          />
          <div>
            <Button kind="primary" type="submit" isDisabled={secret === '' || compute.isPending}>
              Compute hash
            </Button>
          </div>
        </form>
        {compute.error && <p className="selectable text-red">{errorSentence(compute.error)}</p>}
        {hash !== undefined && (
          <section className="flex flex-col gap-3" aria-live="polite">
            <div className="flex items-center gap-2 rounded-md border border-line bg-sunken px-3 py-2">
              <span className="wire min-w-0 flex-1 break-all">{hash}</span>
              <CopyButton text={hash} label="Copy hash" />
            </div>
            <Field label="Compare with" mono value={check} onChange={setCheck} />
            {check.trim() !== '' && <Compared hash={hash} check={check.trim()} />}
          </section>
        )}
      </div>
    </div>
  )
}
