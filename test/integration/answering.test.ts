import { rmSync } from 'node:fs'
import http from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint, NewEndpoint } from '#contract/endpoint.ts'
import { createRandom } from '#contract/template/random.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from './opened-engine.ts'
import { exchangeWith } from './raw-exchange.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  const random = createRandom('answers')
  app = await openEngine(dataDir, { random: () => random.next() })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

let made = 0
type Answering = NonNullable<
  Parameters<OpenedEngine['client']['endpoints']['create']>[0]['answering']
>
function endpointWith(
  answering: Partial<Answering>,
  change: Partial<NewEndpoint> = {},
): Promise<Endpoint> {
  made += 1
  return app.client.endpoints.create({
    name: `answers ${made}`,
    path: `/answers-${made}`,
    schemeId: null,
    answering: { mode: 'canned', answers: [{ status: 200 }], ...answering },
    ...change,
  })
}
const deliver = (endpoint: Endpoint, body = '{}', headers: readonly string[] = []) =>
  post(`${app.url}${endpoint.path}`, body, headers)
const newest = async () => app.client.deliveries.get({ id: (await newestRow(app.client)).id })
const STANDARD = { schemeId: 'standard-webhooks' }
const id = (text: string) => ['webhook-id', text]

async function statuses(endpoint: Endpoint, ids: readonly string[]): Promise<number[]> {
  const heard: number[] = []
  for (const each of ids) heard.push((await deliver(endpoint, '{}', id(each))).status)
  return heard
}

describe('sequences', () => {
  const answers = [{ status: 500 }, { status: 503 }, { status: 200 }]

  it('go through each message on its own, and stay', async () => {
    const endpoint = await endpointWith({ answers }, STANDARD)
    expect(await statuses(endpoint, ['a', 'a', 'b', 'a', 'a', 'b'])).toEqual([
      500, 503, 500, 200, 200, 503,
    ])
    expect(await newest()).toMatchObject({ statusAnswered: 503, answer: { by: 'canned' } })
  })

  it('go through whatever comes, and begin again', async () => {
    const endpoint = await endpointWith(
      { answers, countPer: 'endpoint', afterLast: 'restart' },
      STANDARD,
    )
    expect(await statuses(endpoint, ['a', 'b', 'a', 'c'])).toEqual([500, 503, 200, 500])
  })

  it('know messages without an id by their body', async () => {
    const endpoint = await endpointWith({ answers })
    const heard = []
    for (const body of ['1', '2', '1']) heard.push((await deliver(endpoint, body)).status)
    expect(heard).toEqual([500, 500, 503])
  })

  it('count anew when the answers change, and only then', async () => {
    const endpoint = await endpointWith({ answers, countPer: 'endpoint' })
    const first = await deliver(endpoint)
    const other = await endpointWith({})
    const second = await deliver(endpoint)
    await app.client.endpoints.update({ id: endpoint.id, name: `${other.name} renamed` })
    const third = await deliver(endpoint)
    const answering = { mode: 'canned' as const, answers: [{ status: 418 }, { status: 200 }] }
    await app.client.endpoints.update({ id: endpoint.id, answering })
    const fourth = await deliver(endpoint)
    const heard = [first, second, third, fourth].map(({ status }) => status)
    expect(heard).toEqual([500, 503, 200, 418])
  })
})

describe('failures by chance', () => {
  it('come about as often as was said, and take no turn', async () => {
    const endpoint = await endpointWith({
      answers: [{ status: 201 }, { status: 202 }],
      countPer: 'endpoint',
      failure: { probability: 0.3, answer: { status: 503, rawHeaders: [['Retry-After', '1']] } },
    })
    const heard: number[] = []
    for (let index = 0; index < 60; index += 1) heard.push((await deliver(endpoint)).status)
    const failed = heard.filter((status) => status === 503).length
    expect(failed).toBeGreaterThan(9)
    expect(failed).toBeLessThan(28)
    expect(heard.filter((status) => status === 201)).toHaveLength(1)
    expect(new Set(heard)).toEqual(new Set([201, 202, 503]))
    const rows = (await app.client.deliveries.list({ limit: 60 })).rows
    const refused = rows.find(({ statusAnswered }) => statusAnswered === 503)
    const { answer } = await app.client.deliveries.get({ id: refused?.id ?? 0 })
    expect(answer).toMatchObject({ by: 'failure', rawHeaders: [['Retry-After', '1']] })
  })
})

describe('delays', () => {
  it('hold back one answer and nothing else', async () => {
    const slow = await endpointWith({ answers: [{ status: 200, body: 'late', delayMs: 1_200 }] })
    const fast = await endpointWith({ answers: [{ status: 202 }] })
    let over = false
    const waiting = deliver(slow).finally(() => (over = true))
    await until(async () => (await newestRow(app.client)).endpointId === slow.id, 'it is stored')
    expect((await deliver(fast)).status).toBe(202)
    expect(over).toBe(false)
    const late = await waiting
    expect(late).toMatchObject({ status: 200, text: 'late' })
    expect(late.tookMs).toBeGreaterThan(1_190)
    await until(
      async () => (await app.client.deliveries.list({})).rows[1]?.durationMs != null,
      'its time is stored',
    )
    const [, row] = (await app.client.deliveries.list({})).rows
    expect(row?.durationMs).toBeGreaterThan(1_190)
    expect((await app.client.deliveries.get({ id: row?.id ?? 0 })).answer?.delayMs).toBe(1_200)
  })
})

describe('faults', () => {
  it('reset the connection', async () => {
    const endpoint = await endpointWith({ answers: [{ status: 200, fault: 'reset' }] })
    await expect(deliver(endpoint)).rejects.toMatchObject({ code: 'ECONNRESET' })
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    const error = new Promise<Error & { code?: string }>((resolve) => socket.on('error', resolve))
    socket.write(`POST ${endpoint.path} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n`)
    // An orderly end would be 'end' without an error.
    expect(await error).toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
    expect(await newest()).toMatchObject({ answer: { by: 'canned', fault: 'reset' } })
  })

  it('hang until the sender leaves, and do not hold the others', async () => {
    const endpoint = await endpointWith({
      answers: [{ status: 200, fault: 'hang' }, { status: 200 }],
      countPer: 'endpoint',
    })
    const agent = new http.Agent({ keepAlive: true })
    const request = http.request(`${app.url}${endpoint.path}`, { method: 'POST', agent })
    const answered = new Promise((resolve) => request.on('response', resolve))
    const left = new Promise((resolve) => request.on('error', resolve))
    request.end('{}')
    await until(async () => (await newestRow(app.client)).endpointId === endpoint.id, 'stored')
    expect((await deliver(endpoint)).status).toBe(200)
    const patient = new Promise((resolve) => setTimeout(resolve, 200, 'nothing'))
    expect(await Promise.race([answered, patient])).toBe('nothing')
    request.destroy()
    await left
    agent.destroy()
    const [, hung] = (await app.client.deliveries.list({})).rows
    expect(hung).toMatchObject({ endpointId: endpoint.id, durationMs: null })
  })
})

describe('templates', () => {
  it('say what the request said', async () => {
    const endpoint = await endpointWith(
      {
        answers: [
          {
            status: 200,
            rawHeaders: [
              ['X-Request-ID', '{{header x-trace}}'],
              ['content-TYPE', 'application/json'],
            ],
            body: '{"echo":{{json $.challenge|json}},"q":"{{query q}}","try":{{attempt}},"id":"{{messageId}}","verdict":"{{verdict}}"}',
          },
        ],
      },
      STANDARD,
    )
    const sent = {
      method: 'POST',
      target: `${endpoint.path}?q=two%20words`,
      headers: [
        ['Host', 'h'],
        ['X-Trace', 'abc'],
        ['webhook-id', 'msg_7'],
      ] as [string, string][],
      body: '{"challenge":"say \\"hi\\""}',
    }
    const heard = await exchangeWith(app.url, sent)
    expect(heard.headers['x-request-id']).toBe('abc')
    expect(JSON.parse(heard.body)).toEqual({
      echo: 'say "hi"',
      q: 'two words',
      try: 1,
      id: 'msg_7',
      verdict: 'unsigned',
    })
    expect(await newest()).toMatchObject({
      answer: {
        bodyText: heard.body,
        rawHeaders: [
          ['X-Request-ID', 'abc'],
          ['content-TYPE', 'application/json'],
        ],
      },
    })
    expect((await exchangeWith(app.url, sent)).body).toContain('"try":2')
  })

  it('cannot smuggle a header line or an answer', async () => {
    const endpoint = await endpointWith({
      answers: [
        {
          status: 200,
          rawHeaders: [['X-Echo', '{{json $.a}}{{query a}}']],
          body: '{{json $.b}}',
        },
      ],
    })
    const attacks = [
      'x\r\nSet-Cookie: stolen=1',
      'x\nSet-Cookie: stolen=1',
      'x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
      'x\u0000y',
      '\u560d\u560aSet-Cookie: stolen=1',
    ]
    for (const a of attacks) {
      for (const [target, body] of [
        [endpoint.path, JSON.stringify({ a })],
        [`${endpoint.path}?a=${encodeURIComponent(a)}`, '{}'],
      ] as const) {
        const raw = await rawAnswer(`POST ${target} HTTP/1.1`, body)
        expect(raw).toMatch(/^HTTP\/1\.1 500 /)
        expect(raw).not.toMatch(/set-cookie/i)
        expect(raw.match(/HTTP\/1\.1/g)).toHaveLength(1)
        const { answer } = await newest()
        expect(answer?.status).toBe(500)
        expect(raw.endsWith(`\r\n\r\n${answer?.bodyText}`)).toBe(true)
        expect(answer?.bodyText).toContain('The header X-Echo')
      }
    }
    const raw = await rawAnswer(`POST ${endpoint.path} HTTP/1.1`, '{"b":"<script>"}')
    expect(raw).toMatch(/^HTTP\/1\.1 200 /)
    expect(raw).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/)
    expect(raw).toMatch(/\r\nContent-Type: text\/plain/)
  })

  it('are looked at when they are saved', async () => {
    const cases: [object, string][] = [
      [{ body: 'ok {{nope}}' }, 'Answer 2, body, character 6: There is no value “nope”.'],
      [{ rawHeaders: [['X-A', '{{query}}']] }, 'Answer 2, header X-A, character 3'],
      [{ rawHeaders: [['X A', '']] }, 'letters, digits and hyphens'],
      [{ rawHeaders: [['X-A', 'a\r\nb']] }, 'no line breaks'],
      [{ rawHeaders: [['content-length', '5']] }, 'follows the body'],
    ]
    for (const [answer, message] of cases) {
      const saved = endpointWith({ answers: [{ status: 200 }, { status: 200, ...answer }] })
      const refused = await saved.catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: 'BAD_REQUEST' })
      expect(String(refused)).toContain(message)
    }
    await expect(endpointWith({ answers: [{ status: 100 }] })).rejects.toThrow('validation')
  })
})

function rawAnswer(requestLine: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', (part) => parts.push(part))
    socket.on('end', () => resolve(Buffer.concat(parts).toString()))
    const length = Buffer.byteLength(body)
    socket.end(
      `${requestLine}\r\nHost: h\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
    )
  })
}

describe('what HTTP demands', () => {
  it('wins over the answers of the endpoint', async () => {
    const endpoint = await endpointWith({ answers: [{ status: 200, body: 'yes' }] })
    const raw = await rawAnswer(`POST ${endpoint.path} HTTP/1.1\r\nHost: another`, '{}')
    expect(raw).toMatch(/^HTTP\/1\.1 400 /)
    expect((await newest()).answer?.by).toBe('http')
  })
})

describe('closing', () => {
  it('ends waits at once: what is held back goes out, what hangs is cut', async () => {
    const ownDir = temporaryDataDir()
    const own = await openEngine(ownDir)
    const answers = [
      { status: 200, body: 'late', delayMs: 60_000 },
      { status: 200, fault: 'hang' as const },
    ]
    const answering = { mode: 'canned' as const, answers, countPer: 'endpoint' as const }
    const { id: endpointId } = await own.client.endpoints.create({
      name: 'slow',
      path: '/slow',
      schemeId: null,
      answering,
    })
    const delayed = post(`${own.url}/slow`, '1')
    await until(async () => (await own.client.deliveries.list({})).rows.length === 1, 'stored')
    const hung = post(`${own.url}/slow`, '2')
    const cut = hung.catch((error: unknown) => String(error))
    await until(async () => (await own.client.deliveries.list({})).rows.length === 2, 'stored')
    const startedAt = performance.now()
    await own.engine.close()
    // The drain would take nine seconds, the delay a minute.
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(await delayed).toMatchObject({ status: 200, text: 'late' })
    expect(await cut).toMatch(/socket hang up|ECONNRESET/)
    const again = await openEngine(ownDir)
    const [endpoint] = await again.client.endpoints.list()
    expect(endpoint).toMatchObject({ id: endpointId, answering: { answers } })
    expect((await again.client.deliveries.list({})).rows).toHaveLength(2)
    await again.engine.close()
    rmSync(ownDir, { recursive: true, force: true })
  })
})
