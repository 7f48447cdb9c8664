/**
 * Writes the populated database of every earlier version beside this file:
 *
 *   node test/integration/health-fixtures/make.ts
 *
 * A fixture never changes; only versions that have none are made. The newest version gets its own
 * when there is a newer one.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { migrate } from '#engine/store/migrate.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { ownSchemeOfFixtures } from './own-scheme.ts'
import { populate } from './populate.ts'

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'countersign-fixtures-'))
const FIRST_MADE = 7
for (let version = 1; version <= Math.max(FIRST_MADE, migrations.length - 1); version += 1) {
  const target = path.join(import.meta.dirname, `v${version}.sqlite.gz`)
  if (fs.existsSync(target)) continue
  const file = path.join(work, `v${version}.sqlite`)
  const db = new Database(file)
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('secure_delete = ON')
  db.pragma('journal_mode = WAL')
  db.pragma('foreign_keys = ON')
  migrate(db, migrations.slice(0, version), file)
  populate(db, version, ownSchemeOfFixtures)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  fs.writeFileSync(target, gzipSync(fs.readFileSync(file), { level: 9 }))
  console.log(`${target}: ${fs.statSync(target).size} bytes`)
}
fs.rmSync(work, { recursive: true })
