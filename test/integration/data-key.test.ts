/** The ways to open the data key, changed while the engine runs; and what is left of the old ones. */
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as passphrase from '#engine/secrets/passphrase.ts'
import { slotsTable } from '#engine/store/slots-table.ts'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir, until } from './opened-engine.ts'

/** The least that is accepted: deriving at the usual cost takes half a second each time. */
vi.mock('#engine/secrets/passphrase.ts', async (original) => {
  const real = await original<typeof passphrase>()
  return {
    ...real,
    newPassphraseParameters: () => ({ ...real.newPassphraseParameters(), N: 2 ** 14 }),
  }
})

const SECRET = whsec('data key')
const PASSPHRASE = 'correct horse battery staple'
const OTHER = 'another long passphrase'

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

const reopen = async () => {
  await app.engine.close()
  app = await openEngine(dataDir)
}
const addSvix = () =>
  app.client.endpoints.create({
    ...{ name: 'svix', path: '/svix', schemeId: 'svix' },
    secrets: [
      { text: SECRET, name: 'first' },
      { text: `${SECRET}A`, name: 'second' },
    ],
  })
const send = (id: string) => post(`${app.url}/svix`, id, svixHeaders(SECRET, id, { id }))
const verdicts = async () => (await app.client.deliveries.list({})).rows.map((row) => row.verdict)
const judged = () =>
  until(async () => (await app.client.status.get()).judging === null, 'nothing is left to judge')
const refused = async (call: Promise<unknown>) => {
  const { error } = await safe(call)
  if (error === null) throw new Error('It was not refused.')
  return `${'code' in error ? String(error.code) : ''} ${error.message}`
}
const kinds = async () => (await app.client.dataKey.get()).slots.map(({ kind }) => kind)
const slotOf = async (kind: string) => {
  const { slots } = await app.client.dataKey.get()
  const slot = slots.find((one) => one.kind === kind)
  if (!slot) throw new Error(`There is no ${kind}.`)
  return slot
}
/** Read beside the engine, as a backup would. */
const wrappedNow = () => {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  try {
    return slotsTable(db).list()
  } finally {
    db.close()
  }
}
/** Files of the data directory that hold these bytes. */
const filesWith = (bytes: Uint8Array) =>
  readdirSync(dataDir)
    .filter((name) => statSync(join(dataDir, name)).isFile())
    .filter((name) => readFileSync(join(dataDir, name)).includes(Buffer.from(bytes)))

describe('slots', () => {
  it('a passphrase beside the key file, then alone: asked for at the start, judged once unlocked', async () => {
    await addSvix()
    await send('msg_1')
    const { client } = app
    expect(await client.dataKey.get()).toMatchObject({
      ...{ state: 'open', osKeyStorage: false, hasFormer: false },
      slots: [{ kind: 'key-file', state: 'opens', problem: null }],
    })
    const short = client.dataKey.addSlot({ kind: 'passphrase', passphrase: 'short' })
    expect(await refused(short)).toMatch(/BAD_REQUEST/)
    await client.dataKey.addSlot({ kind: 'passphrase', passphrase: PASSPHRASE })
    expect(
      await refused(client.dataKey.addSlot({ kind: 'passphrase', passphrase: OTHER })),
    ).toMatch(/already/)
    expect(await refused(client.dataKey.addSlot({ kind: 'os' }))).toMatch(/no OS key storage/)

    const file = await slotOf('key-file')
    const old = wrappedNow().find(({ id }) => id === file.id)?.wrapped ?? new Uint8Array(1)
    expect(filesWith(old)).not.toEqual([])
    expect(await client.dataKey.removeSlot({ id: file.id })).toMatchObject({ erased: true })
    expect(filesWith(old)).toEqual([])
    expect(existsSync(join(dataDir, 'data.key'))).toBe(false)
    const last = await slotOf('passphrase')
    expect(await refused(client.dataKey.removeSlot({ id: last.id }))).toMatch(/last slot/)

    await reopen()
    expect((await app.client.status.get()).secrets).toMatchObject({ state: 'locked' })
    await send('msg_2')
    expect(await verdicts()).toEqual(['locked', 'valid'])
    const wrong = await refused(app.client.dataKey.unlock({ passphrase: OTHER }))
    expect(wrong).toMatch(/WRONG_PASSPHRASE.*opens nothing/)
    const add = app.client.dataKey.addSlot({ kind: 'key-file' })
    expect(await refused(add)).toMatch(/LOCKED.*Unlock/)
    expect(await app.client.dataKey.unlock({ passphrase: PASSPHRASE })).toMatchObject({
      state: 'open',
    })
    await judged()
    expect(await verdicts()).toEqual(['valid', 'valid'])
  }, 60_000)

  it('a slot is not removed while the only other one was not seen to open', async () => {
    await app.client.dataKey.addSlot({ kind: 'passphrase', passphrase: PASSPHRASE })
    await reopen()
    const file = await slotOf('key-file')
    expect(await slotOf('passphrase')).toMatchObject({ state: 'not-tried' })
    const { client } = app
    expect(await refused(client.dataKey.removeSlot({ id: file.id }))).toMatch(/Only the passphrase/)
    const wrong = client.dataKey.removeSlot({ id: file.id, passphrase: OTHER })
    expect(await refused(wrong)).toMatch(/WRONG_PASSPHRASE/)
    expect(await kinds()).toEqual(['key-file', 'passphrase'])
    // A key file that is gone opens nothing, so the passphrase must stay.
    rmSync(join(dataDir, 'data.key'))
    const passphrase = await slotOf('passphrase')
    expect(await slotOf('key-file')).toMatchObject({ state: 'does-not-open' })
    const gone = client.dataKey.removeSlot({ id: passphrase.id, passphrase: PASSPHRASE })
    expect(await refused(gone)).toMatch(/no other one opens/)
    await client.dataKey.removeSlot({ id: file.id, passphrase: PASSPHRASE })
    expect(await kinds()).toEqual(['passphrase'])
    await client.dataKey.addSlot({ kind: 'key-file' })
    expect(await slotOf('key-file')).toMatchObject({ state: 'opens' })
  }, 60_000)

  it('a changed passphrase: the old one opens nothing, and what it wrapped is in no file', async () => {
    const { client } = app
    await client.dataKey.addSlot({ kind: 'passphrase', passphrase: PASSPHRASE })
    const old = wrappedNow().find(({ kind }) => kind === 'passphrase')?.wrapped
    const wrong = client.dataKey.changePassphrase({ current: OTHER, next: OTHER })
    expect(await refused(wrong)).toMatch(/WRONG_PASSPHRASE/)
    await client.dataKey.changePassphrase({ current: PASSPHRASE, next: OTHER })
    expect(filesWith(old ?? new Uint8Array(1))).toEqual([])
    const again = client.dataKey.changePassphrase({ current: PASSPHRASE, next: OTHER })
    expect(await refused(again)).toMatch(/WRONG_PASSPHRASE/)
    const file = await slotOf('key-file')
    await client.dataKey.removeSlot({ id: file.id })
    await reopen()
    const unlocked = await app.client.dataKey.unlock({ passphrase: OTHER })
    expect(unlocked.state).toBe('open')
  }, 60_000)
})

describe('a new data key', () => {
  it('seals every secret anew in one transaction; a copy of the old key file opens nothing', async () => {
    const { id, secrets } = await addSvix()
    await app.client.endpoints.update({ id, name: 'kept' })
    await send('msg_1')
    const oldFile = readFileSync(join(dataDir, 'data.key'))
    const [oldSlot] = wrappedNow()
    const sealedBefore = sealed()
    expect(await app.client.dataKey.rotate({})).toMatchObject({
      resealed: 2,
      left: 0,
      erased: true,
    })
    for (const bytes of [oldSlot?.wrapped ?? new Uint8Array(1), ...sealedBefore]) {
      expect(filesWith(bytes)).toEqual([])
    }
    expect(readFileSync(join(dataDir, 'data.key')).equals(oldFile)).toBe(false)
    expect(existsSync(join(dataDir, 'data.key.new'))).toBe(false)
    const [endpoint] = await app.client.endpoints.list()
    expect(endpoint?.secrets.map(({ name, state }) => [name, state])).toEqual([
      ['first', 'usable'],
      ['second', 'usable'],
    ])
    await reopen()
    await send('msg_2')
    expect(await verdicts()).toEqual(['valid', 'valid'])
    const first = secrets[0]?.id ?? 0
    expect(await app.client.secrets.reveal({ id: first })).toEqual({ text: SECRET })
  }, 30_000)

  it('needs the passphrase where there is one, and changes nothing without it', async () => {
    const { client } = app
    await client.dataKey.addSlot({ kind: 'passphrase', passphrase: PASSPHRASE })
    const before = wrappedNow()
    expect(await refused(client.dataKey.rotate({}))).toMatch(/Give the passphrase/)
    expect(await refused(client.dataKey.rotate({ passphrase: OTHER }))).toMatch(/WRONG_PASSPHRASE/)
    expect(wrappedNow()).toEqual(before)
    await client.dataKey.rotate({ passphrase: PASSPHRASE })
    rmSync(join(dataDir, 'data.key'))
    await reopen()
    expect((await app.client.status.get()).secrets.state).toBe('locked')
    expect(await app.client.dataKey.unlock({ passphrase: PASSPHRASE })).toMatchObject({
      state: 'open',
    })
  }, 60_000)

  it('a crash between the database and the key file is made good at the next start', async () => {
    await addSvix()
    const oldFile = readFileSync(join(dataDir, 'data.key'))
    await app.client.dataKey.rotate({})
    await app.engine.close()
    renameSync(join(dataDir, 'data.key'), join(dataDir, 'data.key.new'))
    writeFileSync(join(dataDir, 'data.key'), oldFile, { mode: 0o600 })
    app = await openEngine(dataDir)
    expect((await app.client.status.get()).secrets.state).toBe('open')
    expect(existsSync(join(dataDir, 'data.key.new'))).toBe(false)
    await send('msg_1')
    expect(await verdicts()).toEqual(['valid'])
  }, 30_000)
})

describe('secrets that do not open', () => {
  it('a damaged one is locked, is entered again in its place, and keeps what it verified', async () => {
    const { secrets } = await addSvix()
    const first = secrets[0]?.id ?? 0
    await send('msg_1')
    await app.engine.close()
    const db = new Database(join(dataDir, 'countersign.sqlite'))
    db.prepare(`UPDATE secrets SET sealed = zeroblob(length(sealed)) WHERE id = ?`).run(first)
    db.close()
    app = await openEngine(dataDir)
    const list = async () => (await app.client.endpoints.list())[0]?.secrets ?? []
    expect((await list()).map(({ name, state }) => [name, state])).toEqual([
      ['first', 'unreadable'],
      ['second', 'usable'],
    ])
    expect(await refused(app.client.secrets.reveal({ id: first }))).toMatch(/LOCKED.*again/)
    await send('msg_2')
    expect(await verdicts()).toEqual(['locked', 'valid'])
    await app.client.secrets.replace({ id: first, text: SECRET })
    await judged()
    expect(await verdicts()).toEqual(['valid', 'valid'])
    expect((await list()).map(({ id, name, state }) => [id, name, state])).toEqual([
      [first, 'first', 'usable'],
      [secrets[1]?.id, 'second', 'usable'],
    ])
    const [usage] = await app.client.endpoints.secretUsage({ id: 1 })
    expect(usage).toMatchObject({ secretId: first, verifiedCount: 2 })
  }, 30_000)

  it('a lost key: begun anew nothing is dropped, and what comes back opens again', async () => {
    const { secrets } = await addSvix()
    const [first, second] = secrets.map(({ id }) => id)
    await app.engine.close()
    const keyFile = readFileSync(join(dataDir, 'data.key'), 'utf8')
    rmSync(join(dataDir, 'data.key'))
    app = await openEngine(dataDir)
    expect((await app.client.dataKey.get()).slots).toMatchObject([{ state: 'does-not-open' }])
    expect(await app.client.dataKey.beginAnew({})).toMatchObject({
      ...{ state: 'open', hasFormer: true },
      slots: [{ kind: 'key-file', state: 'opens' }],
    })
    const states = async () =>
      (await app.client.endpoints.list())[0]?.secrets.map(({ id, state }) => [id, state])
    expect(await states()).toEqual([
      [first, 'unreadable'],
      [second, 'unreadable'],
    ])
    await app.client.secrets.replace({ id: first ?? 0, text: SECRET })
    await reopen()
    await send('msg_1')
    expect(await verdicts()).toEqual(['valid'])
    const other = `countersign-key-file-1:${Buffer.alloc(32).toString('base64')}\n`
    const recover = (keyFileText: string) => app.client.dataKey.recover({ keyFileText })
    expect(await refused(recover(other))).toMatch(/opens no former key/)
    expect(await refused(recover('rubbish'))).toMatch(/not a key file/)
    expect(await recover(keyFile)).toMatchObject({ recovered: 1, hasFormer: false })
    expect(await states()).toEqual([
      [first, 'usable'],
      [second, 'usable'],
    ])
    expect(await app.client.secrets.reveal({ id: second ?? 0 })).toEqual({ text: `${SECRET}A` })
  }, 30_000)
})

it('a key file that others could read is closed, and said', async () => {
  await app.engine.close()
  chmodSync(join(dataDir, 'data.key'), 0o644)
  app = await openEngine(dataDir)
  expect((await app.client.dataKey.get()).sentence).toContain('Other users could read')
})

function sealed(): Uint8Array[] {
  const db = new Database(join(dataDir, 'countersign.sqlite'), { readonly: true })
  const rows = db.prepare<[], Uint8Array>('SELECT sealed FROM secrets').pluck().all()
  db.close()
  return rows
}
