import { FOLLOWING_TRIGGERS, SEARCH_TABLES } from './search-tables.ts'
import type { Migration } from './migration.ts'

/**
 * What searching needs, filled behind and in order of id up to `search_state.indexed_to`, so that
 * capture pays for none of it; newer rows are looked at one by one.
 * `facets` holds what filters and pictures compare, in narrow rows. `receipt_hours` bounds the ids
 * of an hour: clocks may step back, so ids say nothing of time by themselves. `search` indexes text
 * that stands elsewhere (bodies may be compressed or lie in files): its content view only lends
 * it ids, and whoever deletes gives it the same text again, which `text_check` recognises.
 * `search_ids` finds parts of ids.
 *
 * Segments are merged by the upkeep thread alone, in small steps: a merge inside of an insert would
 * hold the lock for as long as it takes. Of prefixes, those of three letters serve two as well; a
 * second list would make filling and deleting half as fast again. `leftovers` counts deleted rows
 * whose words still lie in the index, until they are merged away; `deliveries` and `bytes` (bodies
 * and headers) sum up what is indexed.
 *
 * The triggers keep indexed rows as their deliveries are; a delivery that is only being inserted
 * costs nothing.
 */
const sql = `
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  indexed_to INTEGER NOT NULL,
  text_version INTEGER NOT NULL,
  deliveries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  leftovers INTEGER NOT NULL
) STRICT;
INSERT INTO search_state VALUES (1, 0, 1, 0, 0, 0);

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
  path TEXT NOT NULL,
  text_check INTEGER NOT NULL
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
${SEARCH_TABLES}
${FOLLOWING_TRIGGERS}
`

export const search: Migration = { number: 6, name: 'search', sql }
