import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeWorld } from '#engine/replay/check/world.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import type { Store } from '#engine/store/open-store.ts'
import { createChangeFeed } from './changes.ts'
import { openCheckRuns } from './check-runs.ts'

const unhandled: unknown[] = []
const note = (reason: unknown) => unhandled.push(reason)
beforeEach(() => void process.on('unhandledRejection', note))
afterEach(() => void process.off('unhandledRejection', note))

const refuse = () => {
  throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
}

it('ends though the database refuses its end, takes nobody along, and is still told', async () => {
  const row = { id: 1, startedAtMs: 0, summary: '', results: '[]' }
  const checks: Store['checks'] = {
    insert(startedAtMs, summary) {
      Object.assign(row, { startedAtMs, summary })
      return 1
    },
    update: refuse,
    finish: refuse,
    get: () => row,
    list: () => (row.summary === '' ? [] : [row]),
    remove: () => true,
  }
  const runs = openCheckRuns({ store: { checks }, feed: createChangeFeed(), version: 'test' })
  const scheme = findScheme('standard-webhooks')
  if (!scheme) throw new Error('The scheme is gone.')
  const secrets = [{ id: null, name: 'a', text: 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0' }]
  const world = await makeWorld({ scheme, url: 'http://127.0.0.1:9/', secrets })
  if ('problem' in world) throw new Error(world.problem)
  runs.start({ world, only: [], timeoutMs: 1_000, verifyTls: true })
  await runs.close()
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).toEqual([])
  expect(runs.get(1)).toMatchObject({ state: 'cancelled' })
  expect(runs.list(1)).toMatchObject([{ id: 1, state: 'cancelled' }])
})
