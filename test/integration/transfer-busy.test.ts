import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { databaseFile } from '#engine/store/database-file.ts'
import { ndjsonPieces } from './ndjson-file.ts'
import { openEngine, temporaryDataDir } from './opened-engine.ts'

/** Several times what a single write waits for another writer. */
const HELD_MS = 1_500

it('an import outlasts another writer that holds the database for a while', async () => {
  const dataDir = temporaryDataDir()
  const { engine, client } = await openEngine(dataDir)
  const other = new Database(databaseFile(dataDir))
  try {
    const firstAtMs = Date.now() - 86_400_000
    const file = { deliveries: 3, bodyBytes: () => 50_000, firstAtMs }
    const bytes = Buffer.concat([...ndjsonPieces(file, 500_000)])
    const { id } = await client.transfers.beginImport({ name: 'a.ndjson', byteLength: null })
    // One is stored before the end of the file comes: the reader has been loaded.
    const offset = bytes.byteLength - 100
    const first = new Blob([new Uint8Array(bytes.subarray(0, offset))])
    expect(await client.transfers.write({ id, offset: 0, piece: first })).toMatchObject({
      added: 1,
    })
    other.exec('BEGIN IMMEDIATE')
    const held = new Promise((resolve) => setTimeout(resolve, HELD_MS)).then(() =>
      other.exec('ROLLBACK'),
    )
    const rest = new Blob([new Uint8Array(bytes.subarray(offset))])
    const written = client.transfers.write({ id, offset, piece: rest })
    await held
    await written
    const done = await client.transfers.finish({ id })
    expect(done).toMatchObject({ state: 'done', added: 3, problem: null, warnings: [] })
  } finally {
    other.close()
    await engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 60_000)
