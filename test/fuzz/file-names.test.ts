import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportFormat } from '#contract/transfer.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from '#test/integration/opened-engine.ts'

/** What a sender, or a file from elsewhere, would like a file to be called. */
const NAMES = [
  ...[
    '../../../../tmp/countersign-escaped',
    '/tmp/countersign-escaped',
    '..\\..\\escaped',
    'C:\\escaped',
  ],
  ...[
    'con',
    'NUL',
    'aux.txt',
    'com1',
    'lpt9.webhook.json',
    '.',
    '..',
    '...',
    '~',
    '~root',
    '.bashrc',
  ],
  ...[
    'a\0b',
    'a\nb',
    'a\u202egnp',
    'a\u001b[31m',
    'a:b',
    'a*?',
    '-rf',
    ' ',
    '%2e%2e%2f',
    '\u2215etc',
  ],
  ...['x'.repeat(5000), 'é'.repeat(300), '\ud800', 'a'.repeat(99) + '/..'],
]

/** Threads start slowly on a busy machine. */
const PATIENCE_MS = 15_000

const dataDir = temporaryDataDir()
const parent = mkdtempSync(join(tmpdir(), 'countersign-names-'))
const dir = join(parent, 'fixtures')
let app: OpenedEngine
const ids: number[] = []

beforeAll(async () => {
  app = await openEngine(dataDir)
  const { client, url } = app
  const secrets = [{ text: 'whsec_abc' }]
  await client.endpoints.create({ name: 'one', path: '/one', schemeId: 'stripe', secrets })
  for (const name of NAMES.filter((each) => /^[^\p{Cc}\p{Surrogate}]{3,70}$/u.test(each)).slice(
    0,
    6,
  )) {
    const path = `/n${ids.length}`
    await client.endpoints.create({ name, path, schemeId: 'stripe', secrets })
    await post(`${url}${path}`, '{"id":"evt_1","type":"a"}')
    ids.push((await newestRow(client)).id)
  }
  await Promise.all(
    NAMES.map((name) => {
      const query = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '?')).slice(0, 3000)
      const body = JSON.stringify({ id: name, type: name, object: 'event' })
      return post(`${url}/one?f=${query}`, body, ['Content-Type', 'application/json'])
    }),
  )
  const { rows } = await client.deliveries.list({})
  ids.push(...rows.map(({ id }) => id).filter((id) => !ids.includes(id)))
})
afterAll(async () => {
  await app.engine.close()
  for (const each of [dataDir, parent]) rmSync(each, { recursive: true })
})

/** No part of a path, nothing hidden, no device of Windows, plain characters. */
function expectSafe(name: string): void {
  expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N} ._-]*$/u)
  expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
}

describe('fixtures', () => {
  test('made from deliveries stay in their folder, under safe names', async () => {
    const { files } = await app.client.fixtures.save({ deliveryIds: ids, dir })
    expect(files.length).toBeGreaterThan(NAMES.length / 2)
    expect(readdirSync(parent)).toEqual(['fixtures'])
    const written = readdirSync(dir)
    expect(written.length).toBe(new Set(files).size)
    for (const name of written) expectSafe(name)
  })

  test('with a name that is asked for', async () => {
    for (const name of NAMES.filter(({ length }) => length <= 120)) {
      const { files } = await app.client.fixtures.save({ deliveryIds: ids.slice(0, 1), dir, name })
      for (const file of files) expectSafe(file.slice(dir.length + 1))
    }
    expect(readdirSync(parent)).toEqual(['fixtures'])
    for (const name of readdirSync(dir)) expectSafe(name)
    expect(existsSync('/tmp/countersign-escaped')).toBe(false)
  })

  test.skipIf(process.platform === 'win32')(
    'a link in the folder is not written through',
    async () => {
      const outside = join(parent, 'outside.json')
      writeFileSync(outside, 'untouched')
      symlinkSync(outside, join(dir, 'linked.webhook.json'))
      const saved = await app.client.fixtures.save({
        deliveryIds: ids.slice(0, 1),
        dir,
        name: 'linked',
      })
      expect(saved.files).toEqual([])
      await app.client.fixtures.run({ dir, url: 'http://127.0.0.1:1/', update: true })
      expect(readFileSync(outside, 'utf8')).toBe('untouched')
      rmSync(outside)
    },
  )

  test.each(['relative', '../up', '', 'C:relative', '\0'])(
    'a folder %j is refused',
    async (where) => {
      await expect(app.client.fixtures.list({ dir: where })).rejects.toThrow(/./)
    },
  )
})

async function exported(format: ExportFormat): Promise<Buffer> {
  const { client } = app
  const { id } = await client.transfers.beginExport({
    selection: { ids },
    format,
    ...(format === 'code' && { target: 'shell:curl' }),
  })
  await until(
    async () => (await client.transfers.get({ id })).state !== 'running',
    `${format} is written`,
    PATIENCE_MS,
  )
  const parts: Buffer[] = []
  for (let offset = 0; ;) {
    const blob = await client.transfers.read({ id, offset })
    if (blob.size === 0) break
    parts.push(Buffer.from(await blob.arrayBuffer()))
    offset += blob.size
  }
  expectSafe((await client.transfers.get({ id })).name)
  await client.transfers.cancel({ id })
  return Buffer.concat(parts)
}

/** The paths of the files in a tar. */
function pathsIn(tar: Buffer): string[] {
  const paths: string[] = []
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const text = (from: number, length: number) =>
      tar.toString('latin1', at + from, at + from + length).replace(/\0.*$/s, '')
    paths.push([text(345, 155), text(0, 100)].filter((part) => part !== '').join('/'))
    expect(text(156, 1)).toBe('0')
    at += 512 + Math.ceil(Number.parseInt(text(124, 12), 8) / 512) * 512
  }
  return paths
}

describe('archives', () => {
  test.each(['raw', 'bruno'] as const)(
    '%s holds relative paths of plain names, each once',
    async (format) => {
      const paths = pathsIn(await exported(format))
      expect(paths.length).toBeGreaterThanOrEqual(ids.length)
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
      for (const path of paths) {
        for (const part of path.split('/')) expectSafe(part)
      }
    },
  )

  test('names in a Postman collection and an .http file are one line', async () => {
    const { item }: { item: { name: string }[] } = JSON.parse(
      (await exported('postman')).toString(),
    )
    for (const { name } of item) expect(name).not.toMatch(/\p{Cc}/u)
    const lines = (await exported('http-file')).toString().split('\n')
    expect(lines.filter((line) => line.startsWith('###')).length).toBe(ids.length)
  })
})

describe('paths over the API', () => {
  test('the ids of files are numbers, whatever is asked for', async () => {
    for (const id of ['../1', '1/../2', '%2e%2e', '1\0', '__proto__', 'NaN', '1e3']) {
      const asked: unknown = { id }
      await expect(Reflect.apply(app.client.transfers.read, null, [asked])).rejects.toThrow(/./)
      await expect(Reflect.apply(app.client.deliveries.body, null, [asked])).rejects.toThrow(/./)
    }
  })
})
