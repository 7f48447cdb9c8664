import type { Migration } from './migration.ts'

/**
 * Which secret produced the signature, of the current verification: so that rotation can be
 * counted from an index. Deliveries of before are filled from their packed verification, which
 * only a right signature gives a secret; our own replays say nothing of what a provider signs with.
 */
const sql = `
ALTER TABLE deliveries ADD COLUMN matched_secret_id INTEGER;
UPDATE deliveries
  SET matched_secret_id = coalesce(verification, verification_at_receipt) ->> '$.matchedSecretId'
  WHERE endpoint_id IS NOT NULL AND verdict IN ('valid', 'stale');
CREATE INDEX deliveries_by_matched_secret ON deliveries (matched_secret_id, received_at_ms)
  WHERE matched_secret_id IS NOT NULL AND replay_id IS NULL;
`

export const matchedSecret: Migration = { number: 2, name: 'matched-secret', sql }
