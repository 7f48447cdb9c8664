import type { Migration } from './migration.ts'

/**
 * What searching needs, filled behind and in order of id up to `search_state.indexed_to`, so that
 * capture pays for none of it; newer rows are looked at one by one.
 * `facets` holds what filters and pictures compare, in narrow rows. `receipt_hours` bounds the ids
 * of an hour: clocks may step back, so ids say nothing of time by themselves. `search` indexes text
 * that stands elsewhere (bodies may be compressed or lie in files): its content view only lends
 * it ids, and whoever deletes gives it the same text again. `search_ids` finds parts of ids.
 */
const sql = `
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  indexed_to INTEGER NOT NULL,
  text_version INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0, 1);

CREATE TABLE facets (
  id INTEGER PRIMARY KEY,
  received_at_ms INTEGER NOT NULL,
  endpoint_id INTEGER,
  verdict TEXT NOT NULL,
  repeated INTEGER NOT NULL,
  replay INTEGER NOT NULL,
  text_cut INTEGER NOT NULL,
  status INTEGER,
  size INTEGER NOT NULL,
  skew REAL,
  duration REAL,
  scheme_id TEXT,
  event_type TEXT,
  method TEXT NOT NULL,
  path TEXT NOT NULL
) STRICT;
CREATE INDEX facets_by_size ON facets (size);
CREATE INDEX facets_by_duration ON facets (duration);
CREATE INDEX facets_by_skew ON facets (skew);
CREATE INDEX facets_by_status ON facets (status);
CREATE INDEX facets_by_type ON facets (event_type);

CREATE TABLE receipt_hours (
  hour INTEGER PRIMARY KEY,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL
) STRICT;

CREATE VIEW searched AS
  SELECT id, '' AS url, '' AS headers, '' AS body FROM deliveries;
CREATE VIRTUAL TABLE search USING fts5 (
  url, headers, body, content = 'searched', content_rowid = 'id',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
CREATE VIRTUAL TABLE search_ids USING fts5 (
  message_id, content = 'deliveries', content_rowid = 'id', tokenize = 'trigram'
);
INSERT INTO search_ids (search_ids, rank) VALUES ('secure-delete', 1);
`

export const search: Migration = { number: 6, name: 'search', sql }
