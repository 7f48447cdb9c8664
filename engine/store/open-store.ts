import Database from 'better-sqlite3'
import { EngineStartError } from '#engine/options.ts'
import { adoptDeliveries } from './adoption.ts'
import { allowedHostsTable, type AllowedHostsTable } from './allowed-hosts-table.ts'
import { batchesTable, type BatchesTable } from './batches-table.ts'
import { sweepOrphanedBodies } from './body-files.ts'
import { databaseFile, inspectDatabase, prepareDataDir, refuseForeign } from './database-file.ts'
import { isDatabaseFailure } from './describe-write-failure.ts'
import { checksTable, type ChecksTable } from './checks-table.ts'
import { composedTable, type ComposedTable } from './composed-table.ts'
import { deliveriesWriter, type CommitDeliveries } from './deliveries-writer.ts'
import { durableLog, type DurableLog } from './durable-log.ts'
import { endpointSettingsTable, type EndpointSettingsTable } from './endpoint-settings-table.ts'
import { endpointsTable, type EndpointsTable } from './endpoints-table.ts'
import { forwardsTable, type ForwardsTable } from './forwards-table.ts'
import { importsWriter, type ImportsWriter } from './imports-writer.ts'
import { judgingWriter, type JudgingWriter } from './judging-writer.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { backUpBeforeMigration } from './backup/before-migration.ts'
import { recovering } from './salvage/opening.ts'
import { ownSchemesTable, type OwnSchemesTable } from './own-schemes-table.ts'
import { refusedDeliveries } from './refused-deliveries.ts'
import { replayTargetsTable, type ReplayTargetsTable } from './replay-targets-table.ts'
import { replaysTable, type ReplaysTable } from './replays-table.ts'
import { savedFiltersTable, type SavedFiltersTable } from './saved-filters-table.ts'
import { secretsTable, type SecretsTable } from './secrets-table.ts'
import { settingsTable, type SettingsTable } from './settings-table.ts'
import { slotsTable, type SlotsTable } from './slots-table.ts'
import { marksWriter, type MarksWriter } from './upkeep/marks-writer.ts'
import { createWriteTurns, type WriteTurns } from './write-turns.ts'

/** How long a write waits for another writer: the capture thread stands still meanwhile. */
const BUSY_TIMEOUT_MS = 250

/** 64 MiB: the checkpointer writes back earlier, off the capture thread; this is the net below. */
const LOG_LIMIT_PAGES = 16_384
/**
 * The upper pages of every tree. SQLite walks through the whole table of cached pages at the end of
 * a transaction, so that more costs every batch; what is below lies in the system's cache.
 */
const CACHE_KIB = 8 * 1024

export interface AdoptingEndpoints extends EndpointsTable {
  /** Takes over deliveries of the catch-all, one short transaction per `next()`. */
  adopt(endpointId: number, path: string): Generator<number, number>
}

/** The one writer of a data directory. Synchronous: it lives on the capture thread. */
export interface Store extends Pick<DurableLog, 'softly' | 'sync'> {
  turns: WriteTurns
  readonly dataDir: string
  commit: CommitDeliveries
  /** Deliveries that `commit` wrote and `sync` refused: their senders heard 503. */
  markRefused(ids: readonly number[]): void
  endpoints: AdoptingEndpoints
  endpointSettings: EndpointSettingsTable
  secrets: SecretsTable
  slots: SlotsTable
  settings: SettingsTable
  ownSchemes: OwnSchemesTable
  replays: ReplaysTable
  forwards: ForwardsTable
  allowedHosts: AllowedHostsTable
  replayTargets: ReplayTargetsTable
  batches: BatchesTable
  composed: ComposedTable
  checks: ChecksTable
  savedFilters: SavedFiltersTable
  judging: JudgingWriter
  imports: ImportsWriter
  /** For a few deliveries at a time; the upkeep thread does many. */
  marks: MarksWriter
  /** Run it once per start, by whoever holds the data directory, before anything is captured. */
  sweepOrphanedBodies(): { removed: number; complete: boolean }
  /** Writes the log back into the database and closes it. */
  close(): void
}

/**
 * Opens, and where needed creates and migrates, the database of a data directory.
 * @throws EngineStartError `data-dir-unusable`, `not-a-database` or `database-newer`
 */
export function openStore(dataDir: string): Store {
  return startError(dataDir, () => recovering(dataDir, (torn) => openOnce(dataDir, torn)))
}

function openOnce(dataDir: string, torn: boolean): Store {
  const file = databaseFile(dataDir)
  const applied = inspectDatabase(file, migrations)
  prepareDataDir(dataDir)
  const backup = backUpBeforeMigration(dataDir, applied, migrations.length)
  if (backup !== null) console.error(`Before the database is brought up to date: ${backup}`)
  const db = openWriter(file)
  try {
    return tablesOf(db, dataDir, torn)
  } catch (error) {
    db.close()
    throw error
  }
}

function tablesOf(db: Database.Database, dataDir: string, torn: boolean): Store {
  const log = durableLog(db, databaseFile(dataDir))
  return {
    dataDir,
    softly: log.softly,
    sync: log.sync,
    turns: createWriteTurns(),
    commit: deliveriesWriter(db),
    markRefused: refusedDeliveries(db),
    endpoints: {
      ...endpointsTable(db),
      adopt: (endpointId, path) => adoptDeliveries(db, endpointId, path),
    },
    endpointSettings: endpointSettingsTable(db),
    secrets: secretsTable(db),
    slots: slotsTable(db),
    settings: settingsTable(db),
    ownSchemes: ownSchemesTable(db),
    replays: replaysTable(db),
    forwards: forwardsTable(db),
    allowedHosts: allowedHostsTable(db),
    replayTargets: replayTargetsTable(db),
    batches: batchesTable(db),
    composed: composedTable(db),
    checks: checksTable(db),
    savedFilters: savedFiltersTable(db),
    judging: judgingWriter(db),
    imports: importsWriter(db),
    marks: marksWriter(db),
    sweepOrphanedBodies: () => sweepOrphanedBodies(db, dataDir, { keep: torn }),
    close: () => {
      try {
        db.pragma('wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // No room to write it back: the log stays beside the database, and the next start reads it.
        if (!isDatabaseFailure(error)) throw error
      } finally {
        log.close()
        db.close()
      }
    },
  }
}

function openWriter(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    // Before the first table, or it has no effect: https://sqlite.org/pragma.html#pragma_auto_vacuum
    db.pragma('auto_vacuum = INCREMENTAL')
    refuseForeign(db, file)
    db.pragma('secure_delete = ON')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma(`wal_autocheckpoint = ${LOG_LIMIT_PAGES}`)
    db.pragma(`cache_size = -${CACHE_KIB}`)
    if (process.platform === 'darwin') {
      // There fsync does not reach the platter: https://sqlite.org/pragma.html#pragma_fullfsync
      db.pragma('fullfsync = ON')
      db.pragma('checkpoint_fullfsync = ON')
    }
    db.pragma('foreign_keys = ON')
    db.pragma('trusted_schema = OFF')
    migrate(db, migrations, file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Turns what the file system and SQLite say into an error that tells what to do. */
function startError<T>(dataDir: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (error instanceof EngineStartError) throw error
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw new EngineStartError(
        'not-a-database',
        `${databaseFile(dataDir)} is damaged or not a database (${error.message}) and was left ` +
          'untouched. Move it away, or choose another data directory.',
        { cause: error },
      )
    }
    const detail = error instanceof Error ? error.message : String(error)
    throw new EngineStartError(
      'data-dir-unusable',
      `The data directory ${dataDir} cannot be used: ${detail}. ` +
        'Make it writable, or choose another one with --data-dir.',
      { cause: error },
    )
  }
}
