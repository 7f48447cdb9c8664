import { useMutation } from '@tanstack/react-query'
import { Eye, EyeOff, KeyRound, Plus, Replace, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Endpoint, SchemeInfo, SecretInfo } from '#contract/endpoint.ts'
import { api, queryClient } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { CopyButton } from '#renderer/controls/copy-button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { openSettings } from '#renderer/settings/open-settings.ts'
import { errorSentence } from '#renderer/words/errors.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { SecretEntry } from './secret-entry.tsx'
import { MakeTestKeyPair, PublicHalf } from './test-key-pair.tsx'
import { SecretUsageLine, type UsageOf, useSecretUsage } from './secret-usage.tsx'

const refetch = () => queryClient.invalidateQueries({ queryKey: api.endpoints.key() })

/** Why a secret is locked; it keeps its name, its place and what it verified. */
const lockedWords = {
  usable: null,
  locked: 'It is sealed with a key that is not available here.',
  unreadable:
    'It does not open with the key at hand: what is stored is damaged, or sealed with another key. Enter it again; name, place and what it verified stay.',
}

interface RowProps {
  secret: SecretInfo
  endpointId: number
  usageOf: UsageOf
  publicKey: boolean
}

function SecretRow({ secret, endpointId, usageOf, publicKey }: RowProps) {
  // `done`: the entry was here, and the focus comes back to the button that opened it.
  const [replacing, setReplacing] = useState<boolean | 'done'>(false)
  const [removing, setRemoving] = useState(false)
  const reveal = useMutation(api.secrets.reveal.mutationOptions({ gcTime: 0 }))
  const remove = useMutation(api.secrets.remove.mutationOptions({ onSuccess: refetch }))
  const error = reveal.error ?? remove.error
  const lockedBy = lockedWords[secret.state]
  if (replacing === true) {
    return (
      <SecretEntry
        endpointId={endpointId}
        replaces={secret}
        publicKey={publicKey}
        onDone={() => setReplacing('done')}
      />
    )
  }
  return (
    <li className="flex flex-col gap-1 px-3 py-1.5">
      <div className="flex items-center gap-2">
        <KeyRound size={14} aria-hidden className="text-ink-3" />
        <bdi className="max-w-36 truncate font-medium">{visibleStart(secret.name, 80)}</bdi>
        <span className="wire min-w-0 flex-1 truncate text-ink-3">
          {reveal.data ? visibleStart(reveal.data.text, 2000) : '••••••••••••'}
        </span>
        {lockedBy !== null && <Chip>locked</Chip>}
        {secret.state === 'unreadable' && (
          <Button
            small
            autoFocus={replacing === 'done'}
            onPress={() => setReplacing(true)}
            aria-label={`Enter ${secret.name} again`}
          >
            Enter again
          </Button>
        )}
        {secret.state === 'locked' && (
          <Button
            small
            onPress={() => {
              showDialog(null)
              openSettings('secrets')
            }}
          >
            What to do
          </Button>
        )}
        {reveal.data && <CopyButton text={reveal.data.text} label="Copy the secret" />}
        <IconButton
          small
          icon={reveal.data ? EyeOff : Eye}
          label={reveal.data ? `Hide ${secret.name}` : `Reveal ${secret.name}`}
          isDisabled={secret.state !== 'usable'}
          onPress={() => (reveal.data ? reveal.reset() : reveal.mutate({ id: secret.id }))}
        />
        {lockedBy === null && (
          <IconButton
            small
            icon={Replace}
            label={`Replace ${secret.name}`}
            autoFocus={replacing === 'done'}
            onPress={() => setReplacing(true)}
          />
        )}
        {removing ? (
          <Button
            small
            kind="danger"
            autoFocus
            onBlur={() => setRemoving(false)}
            onPress={() => remove.mutate({ id: secret.id })}
          >
            Remove it
          </Button>
        ) : (
          <IconButton
            small
            icon={Trash2}
            label={`Remove ${secret.name}`}
            onPress={() => setRemoving(true)}
          />
        )}
      </div>
      {lockedBy !== null && <p className="text-sm text-blue">{lockedBy}</p>}
      <SecretUsageLine secret={secret} usageOf={usageOf} />
      {secret.publicKeyText !== null && <PublicHalf text={secret.publicKeyText} />}
      {secret.problem !== null && <p className="text-sm text-amber">{secret.problem}</p>}
      {error && <p className="selectable text-sm text-red">{errorSentence(error)}</p>}
    </li>
  )
}

interface ListProps {
  endpoint: Endpoint
  /** The one that the endpoint has, which need not be the one that is being chosen. */
  scheme: SchemeInfo | undefined
  hint: string
}

/** The stored signing secrets of an endpoint; every change applies at once. */
export function SecretList({ endpoint, scheme, hint }: ListProps) {
  const publicKey = scheme?.secretKind === 'public-key'
  const [adding, setAdding] = useState<boolean | 'done'>(endpoint.secrets.length === 0)
  const usageOf = useSecretUsage(endpoint.id)
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-sm font-medium text-ink-2">{publicKey ? 'Keys' : 'Signing secrets'}</h3>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {endpoint.secrets.map((secret) => (
          <SecretRow
            key={secret.id}
            secret={secret}
            endpointId={endpoint.id}
            usageOf={usageOf}
            publicKey={publicKey}
          />
        ))}
        {adding === true ? (
          <SecretEntry
            endpointId={endpoint.id}
            hint={hint}
            publicKey={publicKey}
            onDone={() => setAdding('done')}
          />
        ) : (
          <li className="px-1.5 py-1.5">
            <Button
              small
              kind="quiet"
              icon={Plus}
              autoFocus={adding === 'done'}
              onPress={() => setAdding(true)}
            >
              {publicKey ? 'Add a key' : 'Add a secret'}
            </Button>
          </li>
        )}
        {publicKey && (
          <li className="px-1.5 py-1.5">
            <MakeTestKeyPair
              schemeId={scheme.id}
              endpointId={endpoint.id}
              onMade={() => {
                setAdding(false)
                void refetch()
              }}
            />
          </li>
        )}
      </ul>
      <p className="text-sm text-ink-3">
        Verdicts of this endpoint follow at once, also those of earlier deliveries.
      </p>
    </section>
  )
}
