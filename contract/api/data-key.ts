import { DataKey, NewDataKeySlot, NewPassphrase, Passphrase } from '#contract/data-key.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'

const keeping = base.errors({
  WRONG_PASSPHRASE: { status: 403, message: 'This passphrase is not the one.' },
})

/** After a change: whether what was replaced is in no file any more. */
const Changed = z.object({
  dataKey: DataKey,
  /** False: somebody read the database meanwhile; its log is emptied at the next start. */
  erased: z.boolean(),
})

export const dataKeyApi = {
  get: base.route({ method: 'GET', path: '/data-key' }).output(DataKey),
  /** Tries the slots that need no person again; with a passphrase, that. */
  unlock: keeping
    .route({ method: 'POST', path: '/data-key/unlock' })
    .input(z.object({ passphrase: Passphrase.optional() }))
    .output(DataKey),
  addSlot: keeping
    .route({ method: 'POST', path: '/data-key/slots' })
    .input(NewDataKeySlot)
    .output(DataKey),
  changePassphrase: keeping
    .route({ method: 'PUT', path: '/data-key/passphrase' })
    .input(z.object({ current: Passphrase, next: NewPassphrase }))
    .output(Changed),
  /** Never the last one; `passphrase` where only that would be left. */
  removeSlot: keeping
    .route({ method: 'POST', path: '/data-key/slots/{id}/remove' })
    .input(Id.extend({ passphrase: Passphrase.nullable().default(null) }))
    .output(Changed),
  /** A new data key; every secret is sealed anew in one transaction. */
  rotate: keeping
    .route({ method: 'POST', path: '/data-key/rotate' })
    .input(z.object({ passphrase: Passphrase.nullable().default(null) }))
    .output(Changed.extend({ resealed: z.number(), left: z.number() })),
  /** While locked: begins with a new data key; what is sealed stays until it is entered again. */
  beginAnew: keeping
    .route({ method: 'POST', path: '/data-key/begin-anew' })
    .input(z.object({}))
    .output(DataKey),
  /** Opens a former data key: with its passphrase, the text of its key file, or what is at hand. */
  recover: keeping
    .route({ method: 'POST', path: '/data-key/recover' })
    .input(
      z.object({ passphrase: Passphrase.optional(), keyFileText: z.string().max(1000).optional() }),
    )
    .output(DataKey.extend({ recovered: z.number() })),
}
