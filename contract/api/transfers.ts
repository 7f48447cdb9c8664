import { Piece } from '#contract/bounds.ts'
import { MAX_RANGE_BYTES } from '#contract/http.ts'
import { CodeTarget, NewExport, Transfer } from '#contract/transfer.ts'
import { z } from 'zod'
import { base, Id } from './base.ts'

/** Imports and exports: they stream through files of the data directory, in pieces of at most 1 MiB. */
export const transfersApi = {
  list: base.route({ method: 'GET', path: '/transfers' }).output(z.array(Transfer)),
  get: base.route({ method: 'GET', path: '/transfers/{id}' }).input(Id).output(Transfer),
  /** Begins an export; read it as it grows, or when it is done. */
  beginExport: base.route({ method: 'POST', path: '/exports' }).input(NewExport).output(Transfer),
  /** A range of what is written so far; empty at its end, or while nothing more is there yet. */
  read: base
    .route({ method: 'GET', path: '/exports/{id}/bytes' })
    .input(
      Id.extend({
        offset: z.coerce.number().int().min(0).default(0),
        length: z.coerce.number().int().min(1).max(MAX_RANGE_BYTES).default(MAX_RANGE_BYTES),
      }),
    )
    .output(z.instanceof(Blob)),
  /** Begins an import; the format is told from what comes, and from the name. */
  beginImport: base
    .route({ method: 'POST', path: '/imports' })
    .input(
      z.object({
        name: z.string().max(500),
        byteLength: z.number().int().min(0).nullable().default(null),
      }),
    )
    .output(Transfer),
  /** The next piece; resolves when it is taken, so that one who waits never floods the engine. */
  write: base
    .route({ method: 'POST', path: '/imports/{id}/bytes' })
    .input(Id.extend({ offset: z.coerce.number().int().min(0), piece: Piece }))
    .output(Transfer),
  /** All pieces were written; resolves when everything is stored. */
  finish: base.route({ method: 'POST', path: '/imports/{id}/finish' }).input(Id).output(Transfer),
  /** Stops it; what an import stored stays. Forgets it when it has ended. */
  cancel: base.route({ method: 'DELETE', path: '/transfers/{id}' }).input(Id).output(z.object({})),
  codeTargets: base.route({ method: 'GET', path: '/code-targets' }).output(z.array(CodeTarget)),
}
