import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
  until,
} from '#test/integration/opened-engine.ts'
import { exchange } from './http/exchange.ts'

/** What a delivery could make Countersign ask for would be asked for here: nothing ever may be. */
let trap: Receiver
/** Sends everybody on to the trap. */
let redirecting: Receiver
let app: OpenedEngine
const dataDir = temporaryDataDir()
const folder = mkdtempSync(join(tmpdir(), 'countersign-fixtures-'))

interface Receiver {
  url: string
  asked: string[]
  close(): void
}

async function receiver(answer: (response: http.ServerResponse) => void): Promise<Receiver> {
  const asked: string[] = []
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => answer(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

beforeAll(async () => {
  trap = await receiver((response) => response.end())
  redirecting = await receiver((response) =>
    response
      .writeHead(307, { Location: `${trap.url}/trapped`, Refresh: `0;url=${trap.url}/` })
      .end(),
  )
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  trap.close()
  redirecting.close()
  for (const each of [dataDir, folder]) rmSync(each, { recursive: true })
})
beforeEach(() => {
  trap.asked.length = 0
  redirecting.asked.length = 0
})

const SECRET = 'whsec_c2VjcmV0c2VjcmV0c2VjcmV0'

test('a target that redirects is an answer, whoever asks: replay, batch, compose, check, fixture, forward', async () => {
  const { client } = app
  const { url } = redirecting
  const forwarding = { targets: [{ url: `${url}/forward` }], when: 'before-answer' as const }
  const endpoint = await client.endpoints.create({
    ...{
      name: 'forwards',
      path: '/forwards',
      schemeId: 'svix',
      secrets: [{ text: SECRET }],
      forwarding,
    },
    answering: { mode: 'forward', answers: [{ status: 200 }] },
  })
  const forwarded = await post(`${app.url}/forwards`, '{}')
  expect(forwarded.status).toBe(307)
  const { id: deliveryId } = await newestRow(client)

  const replay = await client.replays.create({ deliveryId, url: `${url}/replay`, resign: false })
  expect(replay.answer?.status).toBe(307)

  const batch = await client.batches.create({
    ...{ selection: { ids: [deliveryId] }, url: `${url}/batch`, resign: false },
  })
  await until(async () => (await client.batches.get({ id: batch.id })).endedAtMs !== null, 'batch')

  const composed = await client.compose.send({
    draft: { schemeId: null, body: { kind: 'template', text: '{}' } },
    ...{ url: `${url}/compose`, resign: false },
  })
  expect(composed.replays[0]?.answer?.status).toBe(307)

  const check = await client.checks.start({
    ...{ url: `${url}/check`, schemeId: 'svix', endpointId: endpoint.id },
    only: ['accepts'],
  })
  await until(async () => (await client.checks.get({ id: check.id })).endedAtMs !== null, 'check')

  await client.fixtures.save({ deliveryIds: [deliveryId], dir: folder, name: 'one' })
  const [ran] = await client.fixtures.run({
    dir: folder,
    url: `${url}/fixture`,
    secretTexts: [SECRET],
  })
  expect(ran?.status).toBe(307)

  const asked = redirecting.asked.join('\n')
  for (const path of ['forward', 'replay', 'batch', 'compose', 'check', 'fixture']) {
    expect(asked).toContain(`POST /${path}`)
  }
  await delay(200)
  expect(trap.asked).toEqual([])
})

test('URLs in a delivery are asked by nobody: handshakes, certificates, links; captured and looked at', async () => {
  const { client } = app
  const at = `${trap.url}/asked`
  const bodies: Record<string, unknown> = {
    'aws-sns': {
      ...{
        Type: 'SubscriptionConfirmation',
        MessageId: '1',
        Token: 't',
        TopicArn: 'arn:aws:sns:a:1:b',
      },
      ...{
        Message: 'm',
        SubscribeURL: at,
        UnsubscribeURL: at,
        SigningCertURL: at,
        Signature: 'AA==',
      },
      ...{ SignatureVersion: '1', Timestamp: new Date().toISOString() },
    },
    paypal: { id: 'WH-1', event_type: 'A', links: [{ href: at, rel: 'self' }], cert_url: at },
    slack: { type: 'url_verification', challenge: at, response_url: at, token: 't' },
    zoom: { event: 'endpoint.url_validation', payload: { plainToken: at } },
    stripe: { id: 'evt_1', type: 'a', data: { object: { url: at, receipt_url: at } } },
  }
  const known = new Set((await client.schemes.list()).map(({ id }) => id))
  for (const [schemeId, body] of Object.entries(bodies)) {
    if (!known.has(schemeId)) continue
    await client.endpoints.create({
      ...{ name: schemeId, path: `/${schemeId}`, schemeId, settings: settingsOf(schemeId) },
      secrets:
        schemeId === 'aws-sns' || schemeId === 'paypal' ? [] : [{ text: 'secretsecretsecret' }],
    })
    await post(`${app.url}/${schemeId}`, JSON.stringify(body), [
      ...['Content-Type', 'application/json', 'x-amz-sns-message-type', 'SubscriptionConfirmation'],
      ...[
        'paypal-cert-url',
        at,
        'paypal-auth-algo',
        'SHA256withRSA',
        'paypal-transmission-id',
        '1',
      ],
      ...['paypal-transmission-sig', 'AA==', 'paypal-transmission-time', new Date().toISOString()],
      ...['Link', `<${at}>; rel="preload"`, 'Referer', at, 'Origin', trap.url, 'Location', at],
    ])
    const { id } = await newestRow(client)
    await client.deliveries.get({ id })
    for (const as of ['receipt', 'now'] as const) await client.deliveries.explain({ id, as })
    await client.deliveries.diagnose({ id })
    await client.deliveries.hygiene({ id })
    await client.deliveries.suggestEndpoint({ id })
    const offer = await client.deliveries.keyOffer({ id })
    expect(offer?.host ?? null).toBeNull()
    await expect(client.deliveries.fetchKey({ id, host: '127.0.0.1' })).rejects.toThrow(/./)
  }
  await delay(200)
  expect(trap.asked).toEqual([])
})

function settingsOf(schemeId: string): Record<string, string> {
  return schemeId === 'paypal' ? { webhookId: 'WH-ID' } : {}
}

test('a request target that names a host does not lead a replay or a forward there', async () => {
  const { client } = app
  const handler = await receiver((response) => response.end())
  const host = new URL(trap.url).host
  await client.endpoints.create({
    ...{ name: 'all', path: '/*', schemeId: null },
    forwarding: {
      targets: [{ url: handler.url }, { url: `${handler.url}/named`, keepHost: true }],
    },
  })
  const targets = [
    ...[`http://${host}/t`, `https://${host}/t`, `//${host}/t`, `/\\${host}/t`, `/..//${host}/t`],
    ...[`/@${host}/t`, `/%2f%2f${host}/t`, `/?url=${trap.url}`, `/#@${host}/`, `/;@${host}:1/t`],
  ]
  for (const target of targets) {
    const text = `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nForwarded: host=${host}\r\nX-Forwarded-Host: ${host}\r\nX-Original-URL: ${trap.url}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`
    const input = { text, cuts: [], ending: 'end' as const }
    const { statuses } = await exchange(Number(new URL(app.url).port), input, '127.0.0.1')
    expect(statuses).toHaveLength(1)
    const { id: deliveryId } = await newestRow(client)
    await client.replays.create({ deliveryId, url: handler.url, resign: false })
    await client.replays.create({ deliveryId, url: `${handler.url}/named`, resign: false })
  }
  await until(() => handler.asked.length >= 3 * targets.length, 'everything went to the handler')
  handler.close()
  expect(trap.asked).toEqual([])
})

/** An entry of a HAR. */
const entry = (change: object) => ({
  startedDateTime: new Date().toISOString(),
  request: {
    ...{
      method: 'POST',
      url: 'http://a/x',
      httpVersion: 'HTTP/1.1',
      queryString: [],
      cookies: [],
    },
    ...{ headers: [{ name: 'Host', value: 'a' }], headersSize: -1, bodySize: 0 },
    ...change,
  },
})

test('a file that is imported makes no request of two: line breaks in names, values, methods, targets', async () => {
  const { client } = app
  const split = `x\r\nX-Injected: 1\r\n\r\nGET ${trap.url}/split HTTP/1.1\r\nHost: a\r\n\r\n`
  const har = {
    log: {
      entries: [
        entry({ method: `GET ${split}` }),
        entry({ url: `http://a/${split}` }),
        entry({ headers: [{ name: 'X', value: split }] }),
        entry({ headers: [{ name: split, value: 'x' }] }),
        entry({ httpVersion: `HTTP/1.1${split}` }),
        { ...entry({}), _countersign: { target: split, rawTrailers: [['X', split]] } },
        entry({ headers: [{ name: 'Content-Length', value: '1000000000' }] }),
      ],
    },
  }
  const bytes = Buffer.from(
    JSON.stringify(har).replace('"log"', '"__proto__":{"polluted":1},"log"'),
  )
  const { id } = await client.transfers.beginImport({ name: '../\u001b[31mx\u202e.har' })
  await client.transfers.write({ id, offset: 0, piece: new Blob([bytes]) })
  const imported = await client.transfers.finish({ id })
  expect(imported.name).toBe('[31mx.har')
  const handler = await receiver((response) => response.end())
  const { rows } = await client.deliveries.list({ limit: imported.added || 1 })
  for (const { id: deliveryId } of rows) {
    const { rawHeaders, method, target } = await client.deliveries.get({ id: deliveryId })
    expect(JSON.stringify([rawHeaders, method, target])).not.toMatch(/\\r|\\n/)
    await client.replays.create({ deliveryId, url: handler.url, resign: false })
  }
  expect(handler.asked).toHaveLength(rows.length)
  handler.close()
  expect(trap.asked).toEqual([])
  expect('polluted' in {}).toBe(false)
})

test('what is pasted reads no file', async () => {
  const file = join(folder, 'private.txt')
  writeFileSync(file, 'private words')
  for (const text of [
    `curl -d @${file} http://a/`,
    `curl --data-binary @${file} http://a/`,
    `curl --json @${file} http://a/`,
    `curl --data-urlencode x@${file} http://a/`,
    `curl -F 'x=@${file}' http://a/`,
    `curl -T ${file} http://a/`,
    `curl -K ${file} http://a/`,
    `curl -H @${file} http://a/`,
    `curl -b ${file} http://a/`,
    `curl --variable x@${file} http://a/`,
    `curl --cert ${file} http://a/`,
    `curl file://${file}`,
    `curl http://a/ -d "$(cat ${file})"`,
    `curl http://a/ -d \`cat ${file}\``,
  ]) {
    const read = await app.client.verifying.parse({ text }).catch((error: unknown) => String(error))
    expect(JSON.stringify(read)).not.toContain('private words')
    const body = typeof read === 'string' ? '' : Buffer.from(read.bodyBase64, 'base64').toString()
    expect(body).not.toContain('private words')
  }
})
