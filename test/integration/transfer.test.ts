import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { ApiClient } from '#contract/client.ts'
import type { NewExport, Transfer } from '#contract/transfer.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir } from './opened-engine.ts'

const opened: OpenedEngine[] = []
async function open(dataDir = temporaryDataDir()): Promise<OpenedEngine> {
  const one = await openEngine(dataDir)
  opened.push(one)
  return one
}
afterEach(async () => {
  for (const { engine } of opened.splice(0)) await engine.close()
})

async function ended(client: ApiClient, id: number): Promise<Transfer> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const transfer = await client.transfers.get({ id })
    if (transfer.state !== 'running') return transfer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The transfer did not end within ten seconds.')
}

async function exported(
  client: ApiClient,
  request: Partial<NewExport> = {},
): Promise<{ bytes: Buffer; transfer: Transfer }> {
  const begun = await client.transfers.beginExport({
    selection: { filter: {}, upToId: Number.MAX_SAFE_INTEGER, exceptIds: [] },
    format: 'ndjson',
    ...request,
  })
  const transfer = await ended(client, begun.id)
  const parts: Buffer[] = []
  for (let offset = 0; ;) {
    const blob = await client.transfers.read({ id: begun.id, offset })
    if (blob.size === 0) break
    parts.push(Buffer.from(await blob.arrayBuffer()))
    offset += blob.size
  }
  await client.transfers.cancel({ id: begun.id })
  return { bytes: Buffer.concat(parts), transfer }
}

async function imported(
  client: ApiClient,
  bytes: Uint8Array,
  name = 'deliveries.ndjson',
  pieceBytes = 256 * 1024,
): Promise<Transfer> {
  const { id } = await client.transfers.beginImport({ name, byteLength: bytes.byteLength })
  for (let offset = 0; offset < bytes.byteLength; offset += pieceBytes) {
    const piece = new Blob([new Uint8Array(bytes.subarray(offset, offset + pieceBytes))])
    const { state } = await client.transfers.write({ id, offset, piece })
    if (state !== 'running') break
  }
  return client.transfers.finish({ id })
}

interface Line {
  type?: string
  [key: string]: unknown
}

/** The facts of an export, without what belongs to the data directory that it is from. */
function factsOf(bytes: Buffer): Line[] {
  return bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line))
    .filter(({ type }) => type !== undefined)
    .map((line) => {
      const { id, replayId, verification, endpoint, answer, ...facts } = line
      void [id, replayId, verification, endpoint]
      const told = answer && { ...answer, replayId: null }
      return JSON.parse(
        JSON.stringify({ ...facts, answer: told }, (key, value: unknown) => {
          if (key === 'notices' && Array.isArray(value)) {
            return value.filter((notice: { code: string }) => notice.code !== 'imported')
          }
          return key === 'matchedSecretId' ? null : value
        }),
      )
    })
}

async function seeded(): Promise<OpenedEngine> {
  const from = await open()
  await from.client.endpoints.create({
    name: 'Stripe',
    path: '/stripe',
    schemeId: 'stripe',
    secrets: [{ name: 'live key', text: 'whsec_test_1' }],
  })
  await from.client.tools.sendTest({ endpointId: 1 })
  await post(`${from.url}/hooks?a=1`, '{"hello":"wörld"}', ['X-One', 'a', 'x-one', 'b'])
  await post(`${from.url}/big`, Buffer.alloc(3_000_001, 'abc'), [])
  await post(`${from.url}/empty`, '', [])
  await from.client.deliveries.note({ id: 2, text: 'look at *this*' })
  await from.client.deliveries.mark({
    selection: { ids: [3] },
    change: { pinned: true, addTags: ['ask-stripe', 'Ünicode'], removeTags: [] },
  })
  return from
}

describe('an NDJSON export, imported into an empty data directory', () => {
  it('holds the same facts there, and importing it again adds nothing', async () => {
    const from = await seeded()
    await from.client.replays.create({ deliveryId: 2, url: from.url, resign: false })
    const { bytes, transfer } = await exported(from.client)
    expect(transfer).toMatchObject({ state: 'done', done: 5, problem: null, warnings: [] })

    const to = await open()
    const first = await imported(to.client, bytes)
    expect(first).toMatchObject({ state: 'done', added: 5, alreadyHere: 0, warnings: [] })
    const again = await exported(to.client)
    expect(factsOf(again.bytes)).toEqual(factsOf(bytes))

    const second = await imported(to.client, gzipSync(bytes), 'x.ndjson.gz', 1_000)
    expect(second).toMatchObject({ state: 'done', added: 0, alreadyHere: 5, warnings: [] })
    const own = await imported(from.client, bytes)
    expect(own).toMatchObject({ state: 'done', added: 0, alreadyHere: 5, warnings: [] })
    // What went by another data directory is known by its time and bytes.
    const back = await imported(from.client, again.bytes)
    expect(back).toMatchObject({ state: 'done', added: 0, alreadyHere: 5, warnings: [] })
  })
})

describe('other files', () => {
  it('come in from HAR, raw HTTP in a tar and cURL, once each', async () => {
    const from = await seeded()
    const to = await open()
    const selection = { ids: [2, 4] }
    for (const format of ['har', 'raw', 'curl-bash'] as const) {
      const { bytes, transfer } = await exported(from.client, { selection, format, url: from.url })
      expect(transfer).toMatchObject({ state: 'done', done: 2 })
      const first = await imported(to.client, bytes, transfer.name)
      expect(first).toMatchObject({ state: 'done', problem: null })
      expect(first.added + first.alreadyHere).toBe(2)
      const second = await imported(to.client, bytes, transfer.name)
      expect(second).toMatchObject({ added: 0, alreadyHere: 2 })
    }
    const { rows } = await to.client.deliveries.list({ limit: 10 })
    const hello = rows.filter(({ target }) => target.startsWith('/hooks'))
    const body = await to.client.deliveries.body({ id: hello[0]?.id ?? 0 })
    expect(await body.text()).toBe('{"hello":"wörld"}')
    // A HAR knows the time: its own data directory knows the delivery by it.
    const har = await exported(from.client, { selection, format: 'har' })
    expect(await imported(from.client, har.bytes, 'x.har')).toMatchObject({ alreadyHere: 2 })
  })

  it('of no format are refused in words, and gzip that is cut keeps what came before', async () => {
    const { client } = await open()
    const picture = await imported(client, Buffer.from('\x89PNG\r\n\x1a\n0000'), 'a.png')
    expect(picture).toMatchObject({ state: 'failed', added: 0 })
    expect(picture.problem).toContain('none of the formats')
    const empty = await imported(client, Buffer.alloc(0), 'nothing.ndjson')
    expect(empty).toMatchObject({ state: 'failed' })
    const from = await seeded()
    const { bytes } = await exported(from.client)
    const packed = gzipSync(bytes)
    const cut = await imported(client, packed.subarray(0, packed.byteLength - 20), 'x.gz')
    expect(cut.state).toBe('failed')
    expect(cut.problem).toContain('gzip')
    expect(cut.added).toBeGreaterThan(0)
  })
})

describe('a redacted export', () => {
  it('hides values, signs again with a secret that is told, and verifies with it', async () => {
    const from = await seeded()
    const { bytes, transfer } = await exported(from.client, {
      selection: { ids: [1] },
      redaction: { jsonPaths: ['$.id'], headers: ['User-Agent'], resign: true },
    })
    const [secret] = transfer.throwawaySecrets
    expect(secret).toMatchObject({ endpoint: 'Stripe', schemeId: 'stripe' })
    expect(bytes.toString()).not.toContain('whsec_test_1')
    const to = await open()
    await to.client.endpoints.create({
      name: 'Shared',
      path: '/stripe',
      schemeId: 'stripe',
      secrets: [{ name: 'throwaway', text: secret?.text ?? '' }],
    })
    expect(await imported(to.client, bytes)).toMatchObject({ added: 1 })
    expect((await to.client.deliveries.get({ id: 1 })).verdict).toBe('valid')
    const body = await (await to.client.deliveries.body({ id: 1 })).text()
    expect(JSON.parse(body).id).toBe('redacted')
  })

  it('says in words which path cannot be read', async () => {
    const { client } = await open()
    await expect(
      exported(client, {
        selection: { ids: [1] },
        redaction: { jsonPaths: ['$..['], headers: [], resign: true },
      }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

async function lineOf(): Promise<{ header: string; line: Line; end: string }> {
  const from = await seeded()
  const { bytes } = await exported(from.client, { selection: { ids: [2] } })
  const [header = '', line = '{}', end = ''] = bytes.toString().split('\n')
  return { header, line: JSON.parse(line), end }
}

describe('hostile lines', () => {
  it('are left out with their place, and the rest goes on', async () => {
    const { header, line, end } = await lineOf()
    const absurd: Partial<Line>[] = [
      { receivedAtMs: 253_402_300_799_999 },
      { receivedAtMs: -1 },
      { receivedAtMs: 2 ** 53 },
      { receivedAtMs: 1.5 },
      { id: -4 },
      { id: 1e300 },
      { remotePort: 70_000 },
      { replays: -1 },
      { method: 'GET / HTTP/1.1\r\nX: y' },
      { rawHeaders: [['X-A', 'b\r\nX-Evil: 1']] },
      { rawHeaders: [['X-A\n', 'b']] },
      { rawHeaders: 'none' },
      { body: { byteLength: 3, sha256: '0'.repeat(64), base64: '!!!!' } },
      { body: { byteLength: 1, sha256: '0'.repeat(64), base64: 'AAAA' } },
      { body: { byteLength: 3, sha256: '0'.repeat(64), base64: 'AAAA' } },
      { body: { byteLength: 2 ** 53, sha256: '0'.repeat(64), base64: 'AAAA' } },
      { marks: { pinned: true, note: '', tags: ['../../x'] } },
      { problem: 'made-up' },
    ]
    const lines = [
      header,
      ...absurd.map((change, index) => JSON.stringify({ ...line, id: 1_000 + index, ...change })),
      'null',
      '[]',
      '{"type":"piece","base64":"AAAA"}',
      '{"type":"replay"}',
      '{"__proto__":{"type":"delivery"},"constructor":{"type":"delivery"}}',
      '{',
      'x'.repeat(5 * 1024 * 1024),
      `{"__proto__":{"polluted":1},${JSON.stringify(line).slice(1)}`,
      end,
    ]
    const { client } = await open()
    const done = await imported(client, Buffer.from(lines.join('\n')))
    expect(done).toMatchObject({ state: 'done', added: 1 })
    expect(done.warnings.join('\n')).toContain('Line 2 was left out: receivedAtMs')
    expect(done.warnings.length).toBeGreaterThanOrEqual(absurd.length)
    expect({}).not.toHaveProperty('polluted')
    const row = await client.deliveries.get({ id: 1 })
    expect(row).toMatchObject({ target: '/hooks?a=1', note: 'look at *this*' })
  })

  it('cannot make a verdict: it is judged here, and what the file says is marked', async () => {
    const { header, line } = await lineOf()
    const forged = { verdict: 'valid', schemeId: 'stripe', matchedSecretId: 1 }
    const verificationAtReceipt = { ...(line['verification'] as object), ...forged }
    const lines = [
      header,
      JSON.stringify({ ...line, target: '/stripe', verificationAtReceipt, verification: forged }),
      JSON.stringify({ ...line, target: '/stripe', verificationAtReceipt, id: 77 }),
    ]
    const { client } = await open()
    await client.endpoints.create({
      name: 'Stripe',
      path: '/stripe',
      schemeId: 'stripe',
      secrets: [{ name: 'live key', text: 'whsec_test_1' }],
    })
    const done = await imported(client, Buffer.from(lines.join('\n')))
    expect(done.added).toBe(1)
    const delivery = await client.deliveries.get({ id: 1 })
    expect(delivery.verdict).toBe('unsigned')
    expect(delivery.verificationAtReceipt).toMatchObject({
      verdict: 'valid',
      matchedSecretId: null,
      notices: [{ code: 'imported' }],
    })
  })

  it('a small file that unpacks to very much of nothing is given up', async () => {
    const { header } = await lineOf()
    const zeros = Buffer.alloc(64 * 1024 * 1024)
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${header}\n`), zeros]))
    const many = Buffer.concat(Array.from({ length: 10 }, () => bomb))
    const { client } = await open()
    const done = await imported(client, many, '../../etc/bomb.ndjson.gz')
    expect(done).toMatchObject({ state: 'failed', added: 0, name: 'bomb.ndjson.gz' })
    expect(done.problem).toContain('without a single delivery')
  }, 60_000)
})
