/** electron-updater as the app uses it, against a feed on loopback, up to a replaced AppImage. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openUpdateSource, type UpdateSource } from '#electron/updates/update-source.ts'

const NEW_APP = Buffer.from('#!/bin/sh\nexit 0\n')
const keys = generateKeyPairSync('ed25519')
const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

let folder: string
let server: Server
let files: Map<string, Buffer>
let asked: { url: string; headers: string }[]
let base: string
let ended: boolean

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-updates-'))
  files = new Map()
  asked = []
  ended = false
  server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1)
    asked.push({ url: name, headers: JSON.stringify(request.headers).toLowerCase() })
    const file = files.get(name)
    if (name === 'away') response.writeHead(302, { location: 'http://192.0.2.1/x' }).end()
    else if (name.startsWith('moved/')) {
      response.writeHead(302, { location: `/${name.slice('moved/'.length)}` }).end()
    } else if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Length': file.length }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = addressOf(server)
  mkdirSync(path.join(folder, 'user'))
  writeFileSync(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: fetched\n')
  writeFileSync(path.join(folder, 'Countersign.AppImage'), 'the old one')
  process.env['APPIMAGE'] = path.join(folder, 'Countersign.AppImage')
})
afterEach(() => {
  delete process.env['APPIMAGE']
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

function addressOf(listening: Server): string {
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('It does not listen.')
  return `http://127.0.0.1:${address.port}/`
}

interface Offer {
  version?: string
  app?: Buffer
  staging?: number
  key?: KeyObject
  /** The file whose digest stands in the feed. */
  named?: Buffer
}

/** Lays a feed out as electron-builder and build/feed-key.ts write it. */
function offer(given: Offer = {}) {
  const { version = '9.0.0', app = NEW_APP, staging, key = keys.privateKey } = given
  const named = given.named ?? NEW_APP
  const sha512 = createHash('sha512').update(named).digest('base64')
  const feed = [
    `version: ${version}`,
    'files:',
    '  - url: Countersign-x64.AppImage',
    `    sha512: ${sha512}`,
    `    size: ${named.length}`,
    'path: Countersign-x64.AppImage',
    `sha512: ${sha512}`,
    'releaseNotes: |\n  - It does <b>more</b>.',
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    ...(staging === undefined ? [] : [`stagingPercentage: ${staging}`]),
    '',
  ].join('\n')
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  const name = `latest-linux${suffix}.yml`
  files.set(name, Buffer.from(feed))
  files.set(`${name}.sig`, Buffer.from(sign(null, Buffer.from(feed), key).toString('base64')))
  files.set('Countersign-x64.AppImage', app)
  return name
}

function open(url = base, replacesItself = true): UpdateSource {
  const adapter = {
    version: '1.0.0',
    name: 'Countersign',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: path.join(folder, 'user'),
    baseCachePath: path.join(folder, 'updates'),
    whenReady: async () => undefined,
    relaunch: () => undefined,
    quit: () => (ended = true),
    onQuit: () => undefined,
  }
  return openUpdateSource({
    feed: { url, publicKey, page: null },
    app: adapter,
    platform: 'linux',
    replacesItself,
    log: () => undefined,
  })
}

describe.runIf(process.platform === 'linux')('the feed of updates', () => {
  it('tells of a newer version with its notes, and fetches it whole', async () => {
    offer()
    const source = open()
    expect(await source.check()).toEqual({ version: '9.0.0', notes: '- It does <b>more</b>.\n' })
    const percents: number[] = []
    await source.download((percent) => percents.push(percent))
    expect(percents.at(-1)).toBe(100)
    const fetched = path.join(folder, 'updates/fetched/pending/Countersign-x64.AppImage')
    expect(readFileSync(fetched)).toEqual(NEW_APP)
    expect(readFileSync(path.join(folder, 'Countersign.AppImage'), 'utf8')).toBe('the old one')
  })

  it('learns nothing of who asks', async () => {
    offer()
    const source = open()
    await source.check()
    await source.download(() => undefined)
    expect(asked).toHaveLength(3)
    const userId = readFileSync(path.join(folder, 'user/.updaterId'), 'utf8')
    for (const { headers } of asked) {
      expect(Object.keys(JSON.parse(headers)).sort()).toEqual(['accept', 'connection', 'host'])
      expect(headers).not.toContain(userId)
    }
  })

  it('is not believed without our signature', async () => {
    const other = generateKeyPairSync('ed25519').privateKey
    offer({ key: other })
    await expect(open().check()).rejects.toThrow(/not signed by Countersign/)
    const name = offer()
    files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), Buffer.from('#\n')]))
    await expect(open().check()).rejects.toThrow(/not signed by Countersign/)
    files.set(`${name}.sig`, Buffer.from('no signature'))
    await expect(open().check()).rejects.toThrow(/not signed by Countersign/)
    files.delete(`${name}.sig`)
    await expect(open().check()).rejects.toThrow(/answered 404/)
  })

  it('brings no file but the one that it names', async () => {
    offer({ app: Buffer.from('#!/bin/sh\nexit 1\n') })
    const source = open()
    await source.check()
    await expect(source.download(() => undefined)).rejects.toThrow(/not the file/)
    const kept = path.join(folder, 'updates/fetched/pending/Countersign-x64.AppImage')
    expect(existsSync(kept)).toBe(false)
  })

  it.each(['1.0.0', '0.9.9'])('never leads back to %s', async (version) => {
    offer({ version })
    expect(await open().check()).toBeNull()
  })

  it('reaches only the copies that its stage names', async () => {
    offer({ staging: 0 })
    expect(await open().check()).toBeNull()
    offer({ staging: 100 })
    expect(await open().check()).toMatchObject({ version: '9.0.0' })
  })

  it('may be moved, but not off https', async () => {
    offer()
    expect(await open(`${base}moved/`).check()).toMatchObject({ version: '9.0.0' })
    const name = offer()
    files.delete(name)
    const away = createServer((_, response) =>
      response.writeHead(302, { location: `${base}away` }).end(),
    )
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve))
    await expect(open(addressOf(away)).check()).rejects.toThrow(/https only/)
    away.close()
    away.closeAllConnections()
  })

  it('puts the new AppImage in the place of the old one, starts it and ends', async () => {
    const proof = path.join(folder, 'started')
    const app = Buffer.from(`#!/bin/sh\necho yes > '${proof}'\n`)
    offer({ app, named: app })
    const source = open()
    await source.check()
    await source.download(() => undefined)
    source.install()
    const file = path.join(folder, 'Countersign.AppImage')
    expect(readFileSync(file)).toEqual(app)
    expect(statSync(file).mode & 0o111).not.toBe(0)
    expect(ended).toBe(true)
    await expect.poll(() => existsSync(proof)).toBe(true)
  })

  it('says when the file could not be replaced', async () => {
    offer()
    const source = open()
    await source.check()
    await source.download(() => undefined)
    rmSync(path.join(folder, 'Countersign.AppImage'))
    expect(() => source.install()).toThrow(/ENOENT/)
    expect(ended).toBe(false)
  })

  it('is asked where a package manager installs, too', async () => {
    offer()
    delete process.env['APPIMAGE']
    expect(await open(base, false).check()).toMatchObject({ version: '9.0.0' })
  })
})
