import { useMutation } from '@tanstack/react-query'
import {
  FileKey,
  Fingerprint,
  KeyRound,
  Lock,
  LockOpen,
  type LucideIcon,
  Plus,
  RefreshCw,
  Trash2,
} from 'lucide-react'
import { type DataKey, type DataKeySlot, slotWords } from '#contract/data-key.ts'
import type { SlotKind } from '#contract/status.ts'
import { api } from '#renderer/app/api.ts'
import { showDialog } from '#renderer/app/dialogs.ts'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Chip } from '#renderer/controls/marks.tsx'
import { Setting } from '#renderer/settings/setting.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import type { DataKeyTask } from './data-key-dialog.tsx'
import { dataKeyChanged, useDataKey, useTryAgain } from './use-data-key.ts'

const icons: Record<SlotKind, LucideIcon> = {
  os: Fingerprint,
  passphrase: KeyRound,
  'key-file': FileKey,
}

const stateWords = {
  opens: null,
  'not-tried': 'not tried yet',
  'does-not-open': 'does not open here',
}

const open = (task: DataKeyTask) => showDialog({ kind: 'data-key', ...task })

function SlotRow({ slot, isOpen }: { slot: DataKeySlot; isOpen: boolean }) {
  const { name, holds, fails } = slotWords[slot.kind]
  const Icon = icons[slot.kind]
  const state = stateWords[slot.state]
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0">
      <Icon size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <div className="selectable min-w-0 flex-1">
        <p className="flex items-center gap-2 font-medium">
          {name}
          {state !== null && <Chip>{state}</Chip>}
        </p>
        {slot.problem !== null && <p className="text-sm text-amber">{slot.problem}</p>}
        <p className="text-sm text-ink-2">{holds}</p>
        <p className="text-sm text-ink-3">{fails}</p>
      </div>
      {isOpen && slot.kind === 'passphrase' && (
        <Button small kind="quiet" onPress={() => open({ task: 'change-passphrase' })}>
          Change
        </Button>
      )}
      {isOpen && (
        <IconButton
          small
          icon={Trash2}
          label={`Remove: ${name}`}
          onPress={() => open({ task: 'remove', slot })}
        />
      )}
    </li>
  )
}

function Additions({ dataKey }: { dataKey: DataKey }) {
  const add = useMutation(api.dataKey.addSlot.mutationOptions({ onSuccess: dataKeyChanged }))
  const lacks = (kind: SlotKind) => dataKey.slots.every((slot) => slot.kind !== kind)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {lacks('passphrase') && (
          <Button icon={Plus} onPress={() => open({ task: 'add-passphrase' })}>
            Add a passphrase
          </Button>
        )}
        {lacks('key-file') && (
          <Button
            icon={Plus}
            isDisabled={add.isPending}
            onPress={() => add.mutate({ kind: 'key-file' })}
          >
            Add a key file
          </Button>
        )}
        {lacks('os') && dataKey.osKeyStorage && (
          <Button icon={Plus} isDisabled={add.isPending} onPress={() => add.mutate({ kind: 'os' })}>
            Use the OS key storage
          </Button>
        )}
        <Button kind="quiet" icon={RefreshCw} onPress={() => open({ task: 'rotate' })}>
          Make a new key
        </Button>
      </div>
      {add.error && (
        <p role="alert" className="selectable text-red">
          {errorSentence(add.error)}
        </p>
      )}
    </>
  )
}

function WaysOut({ dataKey }: { dataKey: DataKey }) {
  const tryAgain = useTryAgain()
  const byPassphrase = dataKey.slots.some(({ kind }) => kind === 'passphrase')
  return (
    <div className="flex flex-wrap gap-2">
      {byPassphrase && (
        <Button kind="primary" icon={LockOpen} onPress={() => open({ task: 'unlock' })}>
          Unlock
        </Button>
      )}
      <Button icon={RefreshCw} isDisabled={tryAgain.isPending} onPress={() => tryAgain.mutate({})}>
        Try again
      </Button>
      <Button kind="quiet" onPress={() => open({ task: 'begin-anew' })}>
        The key is lost
      </Button>
    </div>
  )
}

/** Where the data key lies, every way to open it, and what each protects against. */
export function DataKeySetting() {
  const dataKey = useDataKey()
  if (!dataKey) return null
  const isOpen = dataKey.state === 'open'
  const Icon = isOpen ? LockOpen : Lock
  return (
    <Setting
      id="dataKey"
      hint="Secrets are sealed with one random key of this data directory. Each way below opens that key."
    >
      <p className="selectable flex items-start gap-2">
        <Icon size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
        {dataKey.sentence}
      </p>
      <ul aria-label="Ways to open the key" className="rounded-md border border-line">
        {dataKey.slots.map((slot) => (
          <SlotRow key={slot.id} slot={slot} isOpen={isOpen} />
        ))}
      </ul>
      {isOpen ? <Additions dataKey={dataKey} /> : <WaysOut dataKey={dataKey} />}
      {isOpen && dataKey.hasFormer && (
        <p className="flex items-center gap-2 text-sm text-ink-2">
          Secrets under a former key are kept.
          <Button small onPress={() => open({ task: 'recover' })}>
            Open a former key
          </Button>
        </p>
      )}
    </Setting>
  )
}
