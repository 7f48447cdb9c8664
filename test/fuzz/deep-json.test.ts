import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
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

const DEEP = 30_000
const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const objects = (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)
const bodies: Record<string, string> = {
  'lists in lists': lists(DEEP),
  'objects in objects': objects(DEEP),
  '1 MiB of [': '['.repeat(1 << 20),
  'depth behind members that are read': `{"id":"evt_1","type":"a","data":${objects(DEEP)},"a":${lists(DEEP)}}`,
  'JSON in a text': JSON.stringify({ Message: lists(DEEP), payload: objects(DEEP) }),
}
const LONGEST_BLOCK_MS = 1000

const dataDir = temporaryDataDir()
const folder = mkdtempSync(join(tmpdir(), 'countersign-deep-'))
let app: OpenedEngine
const ids: number[] = []
const delay = monitorEventLoopDelay({ resolution: 10 })

beforeAll(async () => {
  app = await openEngine(dataDir)
  const { client, url } = app
  delay.enable()
  const answers = [{ status: 200, body: '{{json $.a}} {{json $.data.a.a.a}}' }]
  for (const schemeId of ['stripe', 'aws-sns', 'orb', 'svix', null]) {
    const path = `/${schemeId ?? 'none'}`
    const secrets =
      schemeId === null || schemeId === 'aws-sns' ? [] : [{ text: 'whsec_c2VjcmV0c2VjcmV0' }]
    const answering = { mode: 'canned' as const, answers }
    await client.endpoints.create({ name: path, path, schemeId, secrets, answering })
    for (const body of Object.values(bodies)) {
      const answer = await post(`${url}${path}`, body, [
        'Content-Type',
        'application/json',
        'Stripe-Signature',
        't=1,v1=ab',
      ])
      if (answer.status !== 200) throw new Error(`It was answered ${answer.status}.`)
      ids.push((await newestRow(client)).id)
    }
  }
})
afterAll(async () => {
  delay.disable()
  await app.engine.close()
  for (const each of [dataDir, folder]) rmSync(each, { recursive: true })
})

test('deliveries of deep JSON are looked at in every way', async () => {
  const { client } = app
  for (const id of ids) {
    await client.deliveries.get({ id })
    for (const as of ['receipt', 'now'] as const) await client.deliveries.explain({ id, as })
    await client.deliveries.diagnose({ id })
    await client.deliveries.hygiene({ id })
    await client.deliveries.suggestEndpoint({ id })
    await client.deliveries.keyOffer({ id })
  }
  for (const query of ['json:a.a.a=1', 'json:data.a=1', `json:a${'.a'.repeat(400)}=1`]) {
    await client.deliveries.list({ filter: { query } })
    await client.deliveries.count({ filter: { query } })
  }
  expect(delay.max / 1e6).toBeLessThan(LONGEST_BLOCK_MS)
})

async function exported(format: ExportFormat): Promise<string> {
  const { client } = app
  const { id } = await client.transfers.beginExport({
    ...{ selection: { ids }, format, ...(format === 'code' && { target: 'shell:curl' }) },
    redaction: { jsonPaths: ['$.a[*][*]', '$.data.a.a', '$[*]'], headers: ['Stripe-Signature'] },
  })
  await until(async () => (await client.transfers.get({ id })).state !== 'running', format)
  const { state, problem } = await client.transfers.get({ id })
  expect(problem).toBeNull()
  expect(state).toBe('done')
  const text = await (await client.transfers.read({ id })).text()
  await client.transfers.cancel({ id })
  return text
}

test('a redacted export leaves out what it cannot tell apart', async () => {
  for (const format of ['ndjson', 'har', 'raw', 'postman', 'bruno', 'curl-bash'] as const) {
    const text = await exported(format)
    expect(text).not.toContain('{"a":{"a":{"a":1')
    expect(text).not.toContain('['.repeat(1000))
  }
})

test('settings, schemes and pasted requests', async () => {
  const { client } = app
  for (const text of Object.values(bodies)) {
    await expect(client.settings.import({ json: text })).rejects.toThrow(/\w/)
    const refusal = client.verifying.parse({ text }).then(
      () => 400,
      (error: { status?: number }) => error.status,
    )
    expect(await refusal).toBe(400)
    const parsed: unknown = text.endsWith('[') ? null : JSON.parse(text)
    expect(await client.schemes.check({ scheme: parsed })).not.toEqual([])
  }
})

const fixture = (accepted: string) =>
  `{"countersignFixture":1,"request":{"method":"POST","target":"/","rawHeaders":[],"body":{"text":"{}"}},"signing":null,"accepted":{"status":200,"json":${accepted}}}`

describe('fixtures', () => {
  let handler: http.Server
  let answer = ''
  beforeAll(async () => {
    handler = http.createServer((request, response) =>
      request.resume().on('end', () => response.end(answer)),
    )
    await new Promise<void>((resolve) => handler.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => handler.close())

  test('whose handler answers deep JSON', async () => {
    const dir = join(folder, 'answers')
    mkdirSync(dir)
    writeFileSync(join(dir, 'one.webhook.json'), fixture('{"$.a":1,"$[*]":[]}'))
    const url = `http://127.0.0.1:${(handler.address() as AddressInfo).port}`
    for (const body of Object.values(bodies)) {
      answer = body
      for (const update of [false, true]) {
        const [ran] = await app.client.fixtures.run({ dir, url, update })
        expect(ran?.outcome).toMatch(/passed|failed/)
      }
    }
  })

  test('that are deep JSON themselves are unreadable, and the others are listed', async () => {
    const dir = join(folder, 'deep')
    mkdirSync(dir)
    for (const [name, body] of Object.entries(bodies)) {
      writeFileSync(join(dir, `${name.replace(/\W/g, '-')}.webhook.json`), body)
    }
    writeFileSync(join(dir, 'accepted.webhook.json'), fixture(`{"$.a":${lists(DEEP)}}`))
    writeFileSync(join(dir, 'good.webhook.json'), fixture('{}'))
    const listed = await app.client.fixtures.list({ dir })
    expect(listed.filter(({ problem }) => problem === null).map(({ name }) => name)).toEqual([
      'good',
    ])
  })
})

test('imports', async () => {
  const { client } = app
  const entry = `{"startedDateTime":"2026-01-01T00:00:00Z","request":{"method":"POST","url":"http://a/","headers":[],"postData":{"text":"x"},"deep":${lists(DEEP)}}}`
  for (const [name, text] of [
    ['a.har', `{"log":{"entries":[${entry},${lists(DEEP)}]}}`],
    ['b.har', '['.repeat(1 << 20)],
    ['c.har', lists(1 << 19)],
    ['d.ndjson', `${lists(DEEP)}\n${objects(DEEP)}\n`],
    ['e.ndjson', `{"countersign":1,"type":"delivery","x":${lists(DEEP)}}\n`],
  ] as const) {
    const { id } = await client.transfers.beginImport({ name })
    for (let offset = 0; offset < text.length; offset += 1 << 20) {
      const piece = new Blob([text.slice(offset, offset + (1 << 20))])
      const { state } = await client.transfers.write({ id, offset, piece })
      if (state !== 'running') break
    }
    const { state } = await client.transfers
      .finish({ id })
      .catch(() => client.transfers.get({ id }))
    expect(`${name}: ${state}`).toMatch(/: (?:done|failed)$/)
  }
})
