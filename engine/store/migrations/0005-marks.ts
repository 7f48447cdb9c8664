import type { Migration } from './migration.ts'

/**
 * What people add to deliveries (pins, notes, tags, filters they saved), moments that are known
 * only after a delivery is stored, and removals that can still be undone: `removed` hides rows
 * from every list until its job takes them out of the file. A job's `work` is what is left to do
 * (the selection and the change, as JSON); NULL once it is all in rows.
 */
const sql = `
CREATE TABLE marks (
  delivery_id INTEGER PRIMARY KEY,
  pinned INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX marks_pinned ON marks (delivery_id) WHERE pinned = 1;
CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;
CREATE TABLE delivery_tags (
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  delivery_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, delivery_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_tags_by_delivery ON delivery_tags (delivery_id);

CREATE TABLE delivery_times (
  delivery_id INTEGER PRIMARY KEY,
  connected_at_ms REAL,
  committed_at_ms REAL,
  answered_at_ms REAL
) STRICT;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('remove', 'mark')),
  state TEXT NOT NULL CHECK (state IN ('running', 'undoable', 'purging', 'undoing')),
  sentence TEXT NOT NULL,
  work TEXT,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  undo_until_ms INTEGER
) STRICT;
CREATE TABLE removed (
  delivery_id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs (id)
) STRICT;
CREATE INDEX removed_by_job ON removed (job_id);

CREATE TABLE saved_filters (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  query TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;
`

export const marks: Migration = { number: 5, name: 'marks', sql }
