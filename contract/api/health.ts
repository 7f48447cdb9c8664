import { DataFacts, Diagnosis, MadeBackup } from '#contract/health.ts'
import { z } from 'zod'
import { base } from './base.ts'

export const healthApi = {
  /** Sizes, backups, databases that were set aside; quick. */
  facts: base.route({ method: 'GET', path: '/health' }).output(DataFacts),
  /** Looks through everything that is stored, on a thread of its own; may take minutes. */
  examine: base
    .route({ method: 'POST', path: '/health/examination' })
    .input(z.object({ repair: z.boolean().default(false) }))
    .output(Diagnosis),
  /** One archive in `backups/` of the data directory, consistent while everything goes on. */
  backUp: base.route({ method: 'POST', path: '/health/backups' }).output(MadeBackup),
  /** The person has read what happened to a database; it is not told again. */
  acknowledge: base
    .route({ method: 'POST', path: '/health/set-aside/{id}/acknowledgement' })
    .input(z.object({ id: z.string().max(60) }))
    .output(z.object({})),
}
