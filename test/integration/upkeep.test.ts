import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

const SECRET = whsec('upkeep')
let dataDir: string
let app: OpenedEngine
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir)
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function read<T>(sql: string, ...values: unknown[]): T[] {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  try {
    return db.prepare<unknown[], T>(sql).all(...values)
  } finally {
    db.close()
  }
}
const indexedTo = () => read<{ at: number }>('SELECT indexed_to AS at FROM search_state')[0]?.at
const newest = () => read<{ id: number }>('SELECT max(id) AS id FROM deliveries')[0]?.id
const indexed = () => until(() => indexedTo() === newest(), 'everything is indexed')
const found = (words: string) =>
  read<{ id: number }>('SELECT rowid AS id FROM search WHERE search MATCH ?', words).map(
    ({ id }) => id,
  )
const send = (body: string, id: string) =>
  post(`${app.url}/svix`, body, svixHeaders(SECRET, body, { id }))

describe('the search index', () => {
  it('holds url, headers and body of what arrived, soon after it did', async () => {
    await post(`${app.url}/here?who=J%C3%BCrgen`, '{"text":"first\\nsecond caf\\u00e9"}', [
      'X-Thing',
      'peculiar',
    ])
    await indexed()
    expect(found('peculiar')).toEqual([1])
    expect(found('headers : "x thing peculiar"')).toEqual([1])
    expect(found('url : jurgen')).toEqual([1])
    expect(found('body : "first second cafe"')).toEqual([1])
    expect(found('body : peculiar')).toEqual([])
  })
})
