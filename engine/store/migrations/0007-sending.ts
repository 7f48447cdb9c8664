import type { Migration } from './migration.ts'

/**
 * How endpoints answer and where they forward to (JSON of the contract), what was answered by whom,
 * the queue of forwards, and what else is sent: bulk replays, composed webhooks (`delivery_id` 0 of
 * their replays: they are no delivery's), endpoint checks. `allowed_hosts` are those beside
 * loopback that a person let us send to. `imported` knows by its fingerprint what was imported, so
 * that importing twice adds nothing (`source`: the instance that exported it, or nothing); what was
 * captured here is recognised by its time, in an index that only an expression finds, so that no
 * search mistakes it for one of its own.
 */
const sql = `
ALTER TABLE endpoints ADD COLUMN answering TEXT;
ALTER TABLE endpoints ADD COLUMN forwarding TEXT;
ALTER TABLE deliveries ADD COLUMN answered_by TEXT;
ALTER TABLE deliveries ADD COLUMN answer_fault TEXT;
ALTER TABLE deliveries ADD COLUMN answer_delay_ms INTEGER;
ALTER TABLE deliveries ADD COLUMN answer_replay_id INTEGER;

ALTER TABLE replays ADD COLUMN origin TEXT NOT NULL DEFAULT 'replay';
ALTER TABLE replays ADD COLUMN batch_id INTEGER;
ALTER TABLE replays ADD COLUMN composed_id INTEGER;
ALTER TABLE replays ADD COLUMN forward_id INTEGER;
ALTER TABLE replays ADD COLUMN changed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE replays ADD COLUMN dns_ms REAL;
ALTER TABLE replays ADD COLUMN tls_ms REAL;
CREATE INDEX replays_by_origin ON replays (origin);
CREATE INDEX replays_by_batch ON replays (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX replays_by_composed ON replays (composed_id) WHERE composed_id IS NOT NULL;
CREATE INDEX replays_single ON replays (origin) WHERE batch_id IS NULL;

CREATE TABLE forwards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  delivery_id INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'failed', 'dropped')),
  before_answer INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at_ms INTEGER,
  last_replay_id INTEGER,
  detail TEXT
) STRICT;
CREATE INDEX forwards_by_delivery ON forwards (delivery_id);
CREATE INDEX forwards_waiting ON forwards (endpoint_id, url, next_at_ms, id)
  WHERE state = 'waiting';
CREATE INDEX forwards_sending ON forwards (id) WHERE state = 'sending';
CREATE INDEX forwards_open ON forwards (id) WHERE state IN ('waiting', 'sending', 'failed');
CREATE INDEX forwards_failed ON forwards (endpoint_id, id) WHERE state = 'failed';

CREATE TABLE batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  state TEXT NOT NULL
    CHECK (state IN ('running', 'done', 'stopped', 'cancelled', 'interrupted')),
  sentence TEXT NOT NULL,
  url TEXT NOT NULL,
  total INTEGER NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  outcomes TEXT NOT NULL DEFAULT '[]',
  latency_ms TEXT,
  detail TEXT
) STRICT;

CREATE TABLE composed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  composed_at_ms INTEGER NOT NULL,
  draft TEXT NOT NULL,
  url TEXT NOT NULL,
  signing TEXT NOT NULL
) STRICT;

CREATE TABLE checks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at_ms INTEGER NOT NULL,
  summary TEXT NOT NULL,
  results TEXT NOT NULL
) STRICT;

CREATE TABLE replay_targets (
  endpoint_id INTEGER NOT NULL,
  url TEXT NOT NULL,
  verify_tls INTEGER NOT NULL,
  last_used_at_ms INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE allowed_hosts (
  host TEXT PRIMARY KEY,
  allowed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE imported (
  fingerprint BLOB PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  imported_at_ms INTEGER NOT NULL,
  source TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_by_delivery ON imported (delivery_id, imported_at_ms, source);
CREATE INDEX facets_by_receipt ON facets (received_at_ms + 0);
`

export const sending: Migration = { number: 7, name: 'sending', sql }
