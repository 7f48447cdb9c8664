import { oc } from '@orpc/contract'
import { z } from 'zod'

/** The errors that callers are expected to tell apart; messages say what to do. */
export const base = oc.errors({
  NOT_FOUND: { status: 404, message: 'There is no such thing here.' },
  CONFLICT: { status: 409, message: 'That name or path is taken.' },
  BAD_REQUEST: { status: 400, message: 'The request cannot be carried out.' },
  LOCKED: { status: 423, message: 'Secrets are sealed with a key that is not available here.' },
  UNAVAILABLE: { status: 503, message: 'The database cannot be written.' },
})

export const Id = z.object({ id: z.coerce.number().int().positive() })
