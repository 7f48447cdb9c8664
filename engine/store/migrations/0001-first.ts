import type { Migration } from './migration.ts'

/**
 * `messages` is maintained beside the deliveries: `key` is the message id (text), or the digest of
 * the body (blob) for schemes without ids; `endpoint_id` is 0 for the catch-all, which counts by
 * `path`. The first delivery of a message is found through `first_id`; the index of repetitions
 * holds only the others, so that a message that comes once costs no index entry.
 *
 * The two list indexes end in the row id and begin with everything a filter can ask for: every
 * combination is a handful of equal prefixes, each already in order of id.
 */
const sql = `
CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE endpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  scheme_id TEXT,
  tolerance TEXT,
  colour INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX endpoints_by_name ON endpoints (name) WHERE removed_at_ms IS NULL;
CREATE UNIQUE INDEX endpoints_by_path ON endpoints (path) WHERE removed_at_ms IS NULL;

CREATE TABLE secrets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  endpoint_id INTEGER NOT NULL REFERENCES endpoints (id),
  name TEXT NOT NULL,
  sealed BLOB NOT NULL,
  seal_context TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX secrets_by_endpoint ON secrets (endpoint_id);

CREATE TABLE slots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('os', 'passphrase', 'key-file')),
  wrapped BLOB NOT NULL,
  parameters TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  received_at_ms INTEGER NOT NULL,
  endpoint_id INTEGER REFERENCES endpoints (id),
  verdict TEXT NOT NULL,
  verdict_at_receipt TEXT NOT NULL,
  repeated INTEGER NOT NULL,
  judged_revision INTEGER NOT NULL,
  message_ref INTEGER,
  attempt INTEGER,
  duplicate_kind TEXT,
  original_id INTEGER,
  ordinal INTEGER,
  since_original_ms INTEGER,
  replay_id INTEGER,
  signature_digest BLOB,
  body_sha256 BLOB NOT NULL,
  body_byte_length INTEGER NOT NULL,
  body_file TEXT,
  method TEXT NOT NULL,
  target TEXT NOT NULL,
  catch_all_path TEXT,
  scheme_id TEXT,
  event_type TEXT,
  message_id TEXT,
  skew_seconds REAL,
  status_answered INTEGER,
  problem TEXT,
  problem_detail TEXT,
  completed_at_ms INTEGER NOT NULL,
  remote_address TEXT NOT NULL,
  remote_port INTEGER NOT NULL,
  http_version TEXT NOT NULL,
  answer_headers TEXT,
  raw_headers TEXT NOT NULL,
  raw_trailers TEXT,
  verification_at_receipt TEXT NOT NULL,
  verification TEXT
) STRICT;
CREATE INDEX deliveries_by_verdict ON deliveries (verdict, repeated);
CREATE INDEX deliveries_by_endpoint ON deliveries (endpoint_id, verdict, repeated);
CREATE INDEX deliveries_by_revision ON deliveries (endpoint_id, judged_revision)
  WHERE endpoint_id IS NOT NULL;
CREATE INDEX deliveries_repeated ON deliveries (message_ref) WHERE attempt <> 1;
CREATE INDEX deliveries_repeated_signature
  ON deliveries (message_ref, signature_digest, body_sha256) WHERE attempt <> 1;
CREATE INDEX deliveries_by_catch_all_path ON deliveries (catch_all_path)
  WHERE catch_all_path IS NOT NULL;
CREATE INDEX deliveries_by_body_file ON deliveries (body_file) WHERE body_file IS NOT NULL;

CREATE TABLE bodies (
  delivery_id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  endpoint_id INTEGER NOT NULL,
  path TEXT NOT NULL,
  scheme_id TEXT NOT NULL,
  key ANY NOT NULL,
  attempts INTEGER NOT NULL,
  first_id INTEGER,
  newest_id INTEGER,
  newest_right_id INTEGER,
  original_id INTEGER,
  original_right INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_by_key ON messages (key, scheme_id, endpoint_id, path);

CREATE TABLE replays (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_id INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  url TEXT NOT NULL,
  resigned INTEGER NOT NULL,
  message_id TEXT,
  arrived_as_delivery_id INTEGER,
  method TEXT NOT NULL,
  target TEXT NOT NULL,
  raw_headers TEXT NOT NULL,
  body_byte_length INTEGER NOT NULL,
  error TEXT,
  answer_status INTEGER,
  answer_status_message TEXT,
  answer_headers TEXT,
  answer_body_byte_length INTEGER,
  connect_ms REAL,
  first_byte_ms REAL,
  total_ms REAL
) STRICT;
CREATE INDEX replays_by_delivery ON replays (delivery_id);

CREATE TABLE replay_bodies (
  replay_id INTEGER PRIMARY KEY REFERENCES replays (id),
  request BLOB,
  answer BLOB
) STRICT;
`

export const first: Migration = { number: 1, name: 'first', sql }
