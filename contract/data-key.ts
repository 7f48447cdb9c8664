import { z } from 'zod'
import { SlotKind } from './status.ts'

/** One way to open the data key, without anything of what it holds. */
export const DataKeySlot = z.object({
  id: z.number(),
  kind: SlotKind,
  createdAtMs: z.number(),
  /** `opens`: just seen to; `not-tried`: a passphrase that nobody gave since the start. */
  state: z.enum(['opens', 'not-tried', 'does-not-open']),
  /** Why it does not open here. */
  problem: z.string().nullable(),
})
export type DataKeySlot = z.infer<typeof DataKeySlot>

export const DataKey = z.object({
  state: z.enum(['open', 'locked']),
  /** Where the data key lies, or why it is not available and what to do. */
  sentence: z.string(),
  slots: z.array(DataKeySlot),
  /** Whether this engine can reach an OS key storage at all: the desktop app alone can. */
  osKeyStorage: z.boolean(),
  /** Slots of a former data key are kept: what lies under it can come back. */
  hasFormer: z.boolean(),
})
export type DataKey = z.infer<typeof DataKey>

export const SHORTEST_PASSPHRASE = 8

/** Characters as they are typed; compared in Unicode's composed form. */
export const NewPassphrase = z
  .string()
  .min(SHORTEST_PASSPHRASE, `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.`)
  .max(1024, 'A passphrase has at most 1024 characters.')

/** One that is there already. */
export const Passphrase = z.string().min(1, 'The passphrase is empty.').max(1024)

export const NewDataKeySlot = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('os') }),
  z.object({ kind: z.literal('key-file') }),
  z.object({ kind: z.literal('passphrase'), passphrase: NewPassphrase }),
])
export type NewDataKeySlot = z.infer<typeof NewDataKeySlot>

/** What each kind of slot keeps out, and what it does not; for people. */
export const slotWords: Readonly<Record<SlotKind, { name: string; holds: string; fails: string }>> =
  {
    os: {
      name: 'OS key storage',
      holds: 'A copied data directory opens nothing on another machine or for another user.',
      fails: 'Programs that run as you, while you are logged in, can ask for the key.',
    },
    passphrase: {
      name: 'Passphrase',
      holds: 'Neither a copied data directory nor a stolen disk opens without it.',
      fails: 'A short one can be guessed. It is asked for at each start.',
    },
    'key-file': {
      name: 'Key file',
      holds: 'Other users of this machine, and a copy of the database alone, open nothing.',
      fails: 'It lies beside the database: whoever copies the whole folder has both.',
    },
  }
