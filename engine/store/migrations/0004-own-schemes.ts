import type { Migration } from './migration.ts'

/** Schemes that people describe themselves: the model of contract/scheme.ts as JSON, by its id. */
const sql = `
CREATE TABLE own_schemes (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

export const ownSchemes: Migration = { number: 4, name: 'own-schemes', sql }
