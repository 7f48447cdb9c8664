import http from 'node:http'
import { Webhook } from 'svix'
import { afterEach, describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { createReplayPorts } from '#engine/replay/ports.ts'
import { type PreparedReplay, replayOnce } from '#engine/replay/replay-once.ts'
import { svix } from '#engine/signatures/schemes/svix.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import type { PreparedSecret } from '#engine/signatures/types.ts'
import { listen } from './replay-rig.ts'

const secretText = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = Buffer.from('{"type":"a.b", "n": 1.0}')
const rawHeaders: RawHeader[] = [
  ['Host', 'public.test'],
  ['User-Agent', 'Svix-Webhooks/1'],
  ['Content-Length', String(body.length)],
  ['Svix-Id', 'msg_1'],
  ['Svix-Timestamp', '1600000000'],
  ['Svix-Signature', 'v1,c3RhbGU='],
]
const delivery = { method: 'POST', target: '/svix?x=1', httpVersion: '1.1', rawHeaders, body }

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

function secret(): PreparedSecret {
  const made = prepareSecret(svix, { id: 1, name: 'live key', text: secretText })
  if ('problem' in made) throw new Error(made.problem)
  const [prepared] = made.prepared
  if (!prepared) throw new Error('There is no key.')
  return prepared
}

interface Seen {
  request: http.IncomingMessage
  body: Buffer
  replayId: number | null
}

/** A handler that notes what it saw, and which replay our registry takes the sender for. */
async function handler(ports = createReplayPorts(0)): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = http.createServer((request, response) => {
    const { remoteAddress = '', remotePort = 0 } = request.socket
    const replayId = ports.replayIdOf(remoteAddress, remotePort)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(chunks), replayId })
      response.writeHead(202, { 'X-Answer': 'yes' }).end('thanks')
    })
  })
  servers.push(server)
  return { url: `http://localhost:${await listen(server)}`, seen }
}

describe('replayOnce', () => {
  it('sends the delivery as it was and knows its own port while it runs', async () => {
    const ports = createReplayPorts(0)
    const { url, seen } = await handler(ports)
    const begun: PreparedReplay[] = []
    const result = await replayOnce({
      delivery,
      url,
      resign: null,
      ports,
      timeoutMs: 5000,
      begin: (prepared) => {
        expect(seen).toHaveLength(0)
        begun.push(prepared)
        return 42
      },
    })
    expect(result).toMatchObject({
      replayId: 42,
      prepared: { messageId: null, request: { target: '/svix?x=1' } },
      outcome: { answer: { status: 202, statusMessage: 'Accepted', bodyByteLength: 6 } },
    })
    expect(begun).toHaveLength(1)
    expect(seen[0]?.request.url).toBe('/svix?x=1')
    expect(seen[0]?.request.rawHeaders).toEqual(
      rawHeaders.flatMap(([name, value]) => [name, name === 'Host' ? new URL(url).host : value]),
    )
    expect(seen[0]?.body).toEqual(body)
    expect(seen[0]?.replayId).toBe(42)
    const { remoteAddress = '::1', remotePort = 0 } = seen[0]?.request.socket ?? {}
    expect(ports.replayIdOf(remoteAddress, remotePort)).toBeNull()
  })

  it.each([
    [null, 'msg_1'],
    ['msg_new', 'msg_new'],
  ])('signs anew so that the provider’s SDK accepts it (message id %j)', async (given, sent) => {
    const { url, seen } = await handler()
    const result = await replayOnce({
      delivery,
      url: `${url}/handler`,
      resign: { scheme: svix, secret: secret(), timestampMs: Date.now(), messageId: given },
      ports: createReplayPorts(0),
      timeoutMs: 5000,
      begin: () => 1,
    })
    expect(result).toHaveProperty('prepared.messageId', sent)
    const [first] = seen
    const headers = Object.fromEntries(
      Object.entries(first?.request.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    const webhook = new Webhook(secretText)
    const text = first?.body.toString() ?? ''
    expect(() => webhook.verify(text, headers)).not.toThrow()
    expect(() => webhook.verify(`${text} `, headers)).toThrow('No matching signature found')
    expect(first?.request.url).toBe('/handler?x=1')
    expect(first?.request.rawHeaders.filter((_, index) => index % 2 === 0)).toEqual(
      rawHeaders.map(([name]) => name),
    )
  })

  it('resolves with what failed, after it was stored', async () => {
    const { url } = await handler()
    servers.splice(0).forEach((server) => server.close())
    const result = await replayOnce({
      delivery,
      url,
      resign: null,
      ports: createReplayPorts(0),
      timeoutMs: 5000,
      begin: () => Promise.resolve(7),
    })
    expect(result).toMatchObject({ replayId: 7, outcome: { code: 'ECONNREFUSED' } })
  })

  it('stores and sends nothing when there is nothing to send', async () => {
    const begun: number[] = []
    const result = await replayOnce({
      delivery: { ...delivery, method: '' },
      url: 'http://localhost:1',
      resign: null,
      ports: createReplayPorts(0),
      timeoutMs: 5000,
      begin: () => begun.push(1),
    })
    expect(result).toHaveProperty('problem')
    expect(begun).toEqual([])
  })
})
