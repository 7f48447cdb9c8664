import { useMutation } from '@tanstack/react-query'
import { type DataKeySlot, slotWords } from '#contract/data-key.ts'
import { api } from '#renderer/app/api.ts'
import { showToast } from '#renderer/status/toast-store.ts'
import { PassphraseForm } from './passphrase-form.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { dataKeyChanged, useDataKey } from './use-data-key.ts'

export type DataKeyTask =
  | { task: 'unlock' }
  | { task: 'add-passphrase' }
  | { task: 'change-passphrase' }
  | { task: 'remove'; slot: DataKeySlot }
  | { task: 'rotate' }
  | { task: 'begin-anew' }
  | { task: 'recover' }

type Props = { onClose: () => void }

/** What is done to the data key, a dialog each. */
export function DataKeyDialog({ onClose, ...what }: DataKeyTask & Props) {
  switch (what.task) {
    case 'unlock':
      return <Unlock onClose={onClose} />
    case 'add-passphrase':
      return <AddPassphrase onClose={onClose} />
    case 'change-passphrase':
      return <ChangePassphrase onClose={onClose} />
    case 'remove':
      return <RemoveSlot slot={what.slot} onClose={onClose} />
    case 'rotate':
      return <Rotate onClose={onClose} />
    case 'begin-anew':
      return <BeginAnew onClose={onClose} />
    case 'recover':
      break
  }
  return <RecoverDialog onClose={onClose} />
}

const NOT_ERASED = 'The database was read meanwhile: old copies go from its log at the next start.'

/** Closes the dialog and says what was done. */
function useDone(onClose: () => void) {
  return (sentence: string, erased = true) => {
    showToast({ tone: 'good', sentence: erased ? sentence : `${sentence} ${NOT_ERASED}` })
    onClose()
  }
}

function Unlock({ onClose }: Props) {
  const done = useDone(onClose)
  const unlock = useMutation(
    api.dataKey.unlock.mutationOptions({
      onSuccess: async (dataKey) => {
        await dataKeyChanged(dataKey)
        done('Unlocked. What waited is judged now.')
      },
    }),
  )
  return (
    <PassphraseForm
      title="Unlock secrets"
      current="Passphrase"
      action="Unlock"
      cancel="Not now"
      busy={unlock.isPending}
      error={unlock.error}
      onSubmit={({ current }) => unlock.mutate({ passphrase: current })}
      onClose={onClose}
    >
      <p>
        Deliveries are kept meanwhile. Their verdicts say “locked” and follow once this is open.
      </p>
    </PassphraseForm>
  )
}

function AddPassphrase({ onClose }: Props) {
  const done = useDone(onClose)
  const add = useMutation(
    api.dataKey.addSlot.mutationOptions({
      onSuccess: async (dataKey) => {
        await dataKeyChanged(dataKey)
        done('The passphrase is added; it was seen to open the key.')
      },
    }),
  )
  return (
    <PassphraseForm
      title="Add a passphrase"
      next
      action="Add passphrase"
      busy={add.isPending}
      error={add.error}
      onSubmit={({ next }) => add.mutate({ kind: 'passphrase', passphrase: next })}
      onClose={onClose}
    >
      <p>{slotWords.passphrase.holds} Nobody can tell it to you when it is forgotten.</p>
      <p>As long as another way stays, that one opens the key too. Remove it afterwards.</p>
    </PassphraseForm>
  )
}

function ChangePassphrase({ onClose }: Props) {
  const done = useDone(onClose)
  const change = useMutation(
    api.dataKey.changePassphrase.mutationOptions({
      onSuccess: async ({ dataKey, erased }) => {
        await dataKeyChanged(dataKey)
        done('The passphrase is changed. The old one opens nothing any more.', erased)
      },
    }),
  )
  return (
    <PassphraseForm
      title="Change the passphrase"
      current="Current passphrase"
      next
      action="Change passphrase"
      busy={change.isPending}
      error={change.error}
      onSubmit={(typed) => change.mutate(typed)}
      onClose={onClose}
    >
      <p>Copies of the data directory made before still open with the old one.</p>
    </PassphraseForm>
  )
}

function RemoveSlot({ slot, onClose }: Props & { slot: DataKeySlot }) {
  const done = useDone(onClose)
  const { name } = slotWords[slot.kind]
  const others = useDataKey()?.slots.filter(({ id }) => id !== slot.id) ?? []
  const onlyPassphrase = others.length > 0 && others.every(({ kind }) => kind === 'passphrase')
  const remove = useMutation(
    api.dataKey.removeSlot.mutationOptions({
      onSuccess: async ({ dataKey, erased }) => {
        await dataKeyChanged(dataKey)
        done(`${name}: removed.`, erased)
      },
    }),
  )
  return (
    <PassphraseForm
      title={`Remove: ${name}`}
      {...(onlyPassphrase && { current: 'Passphrase' })}
      action="Remove"
      danger
      busy={remove.isPending}
      error={remove.error}
      onSubmit={({ current }) =>
        remove.mutate({ id: slot.id, passphrase: onlyPassphrase ? current : null })
      }
      onClose={onClose}
    >
      {onlyPassphrase && (
        <p>Only the passphrase is left then. Enter it, so that it is certain that it opens.</p>
      )}
      {slot.kind === 'key-file' && <p>The file data.key is deleted with it.</p>}
      <p>
        Copies of the data directory made before keep this way in. Make a new key afterwards if
        somebody may have one.
      </p>
    </PassphraseForm>
  )
}

function Rotate({ onClose }: Props) {
  const done = useDone(onClose)
  const slots = useDataKey()?.slots ?? []
  const needed = slots.some(({ kind }) => kind === 'passphrase')
  const rotate = useMutation(
    api.dataKey.rotate.mutationOptions({
      onSuccess: async ({ dataKey, resealed, left, erased }) => {
        await dataKeyChanged(dataKey)
        const rest = left > 0 ? ` ${left} could not be unsealed before and stay locked.` : ''
        done(`A new key; ${resealed} sealed anew.${rest}`, erased)
      },
    }),
  )
  return (
    <PassphraseForm
      title="Make a new key"
      {...(needed && { current: 'Passphrase' })}
      action="Make a new key"
      busy={rotate.isPending}
      error={rotate.error}
      onSubmit={({ current }) => rotate.mutate({ passphrase: needed ? current : null })}
      onClose={onClose}
    >
      <p>
        Every secret is sealed anew, in one step. The old key opens nothing that is written here
        from then on, and a copy of the old key file neither.
      </p>
    </PassphraseForm>
  )
}

function BeginAnew({ onClose }: Props) {
  const done = useDone(onClose)
  const begin = useMutation(
    api.dataKey.beginAnew.mutationOptions({
      onSuccess: async (dataKey) => {
        await dataKeyChanged(dataKey)
        done('There is a new key. Enter the locked secrets again.')
      },
    }),
  )
  return (
    <PassphraseForm
      title="Begin with a new key"
      action="Begin with a new key"
      danger
      busy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate({})}
      onClose={onClose}
    >
      <p>
        For when the old key is lost. Secrets that are sealed with it stay locked until you enter
        them again; their names, order and what they verified are kept.
      </p>
      <p>Nothing is deleted: should the old key come back, it opens them.</p>
    </PassphraseForm>
  )
}
