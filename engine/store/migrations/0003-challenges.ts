import type { Migration } from './migration.ts'

/**
 * What a scheme needs beside the secret, by endpoint: as text, or sealed where it is a secret. And
 * handshakes: whether the endpoint's are answered (endpoints of before go on answering as they
 * did), which one a delivery was, why it was not answered as such, and the body of the answer.
 */
const sql = `
CREATE TABLE endpoint_settings (
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  name TEXT NOT NULL,
  value TEXT,
  sealed BLOB,
  seal_context TEXT,
  PRIMARY KEY (endpoint_id, name),
  CHECK ((value IS NULL) = (sealed IS NOT NULL) AND (sealed IS NULL) = (seal_context IS NULL))
) STRICT, WITHOUT ROWID;
ALTER TABLE endpoints ADD COLUMN answer_challenges INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN challenge TEXT;
ALTER TABLE deliveries ADD COLUMN challenge_note TEXT;
ALTER TABLE deliveries ADD COLUMN answer_body BLOB;
`

export const challenges: Migration = { number: 3, name: 'challenges', sql }
