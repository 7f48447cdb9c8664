import fs from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFile } from './database-file.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import { temporaryDataDir } from './new-delivery.fixture.ts'
import { openStore, type Store } from './open-store.ts'

let store: Store
let dataDir: string
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
})
afterEach(() => store.close())

function create(name: string) {
  const made = store.endpoints.create({ name, path: `/${name}`, schemeId: null, tolerance: null })
  if ('conflict' in made) throw new Error(`It clashed by ${made.conflict}.`)
  return made
}
const plain = (name: string, value: string) => ({ name, to: { value } })
const sealed = { sealed: Buffer.from([1, 2]), sealContext: 'context' }

describe('settings of endpoints', () => {
  it('are set, replaced and taken away; the revision rises only when one is another', () => {
    const { id, revision } = create('a')
    create('b')
    const settings = [plain('url', 'x'), { name: 'key', to: sealed }]
    expect(store.endpoints.update(id, { settings })).toMatchObject({ revision: revision + 1 })
    expect(store.endpointSettings.list(id)).toEqual([
      { endpointId: id, name: 'key', value: null, ...sealed },
      { endpointId: id, name: 'url', value: 'x', sealed: null, sealContext: null },
    ])
    expect(store.endpointSettings.list()).toHaveLength(2)
    const same = { settings: [plain('url', 'x'), { name: 'nothing', to: null }] }
    expect(store.endpoints.update(id, same)).toMatchObject({ revision: revision + 1 })
    const change = { settings: [plain('url', 'y'), { name: 'key', to: null }] }
    expect(store.endpoints.update(id, change)).toMatchObject({ revision: revision + 2 })
    expect(store.endpointSettings.list(id).map(({ value }) => value)).toEqual(['y'])
  })

  it('go with their endpoint', () => {
    const { id } = create('a')
    store.endpoints.update(id, { settings: [plain('url', 'x')] })
    store.endpoints.remove(id)
    expect(store.endpointSettings.list()).toEqual([])
  })
})

describe('whether handshakes are answered', () => {
  it('is yes for new endpoints, can be changed, and judges nothing anew', () => {
    const { id, revision, answerChallenges } = create('a')
    expect(answerChallenges).toBe(true)
    const changed = store.endpoints.update(id, { answerChallenges: false })
    expect(changed).toMatchObject({ answerChallenges: false, revision })
  })

  it('is no for endpoints of before: they go on answering as they did', () => {
    const older = temporaryDataDir()
    fs.mkdirSync(older, { recursive: true })
    const file = databaseFile(older)
    const db = new Database(file)
    migrate(db, migrations.slice(0, 2), file)
    db.exec(
      `INSERT INTO endpoints (name, path, colour, created_at_ms) VALUES ('old', '/old', 0, 0)`,
    )
    db.close()
    const opened = openStore(older)
    expect(opened.endpoints.list()).toMatchObject([{ name: 'old', answerChallenges: false }])
    opened.close()
  })
})
