import http from 'node:http'
import https from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '#engine/replay/send.ts'
import { listen, outgoing } from './replay-rig.ts'
import { hasOpenssl, selfSigned } from './self-signed.ts'

describe.skipIf(!hasOpenssl)('over TLS (skipped where there is no openssl)', () => {
  let secure: https.Server
  let plain: http.Server
  let securePort = 0
  let plainPort = 0
  const seen: { rawHeaders: string[]; remotePort: number | undefined; servername: unknown }[] = []

  beforeAll(async () => {
    secure = https.createServer(selfSigned(), (request, response) => {
      const { socket } = request
      const servername = 'servername' in socket ? socket.servername : null
      seen.push({ rawHeaders: request.rawHeaders, remotePort: socket.remotePort, servername })
      response.end('secret')
    })
    plain = http.createServer((_request, response) => response.end())
    securePort = await listen(secure)
    plainPort = await listen(plain)
  })
  afterAll(() => {
    secure.close()
    plain.close()
  })

  it('refuses a self-signed certificate and sends nothing', async () => {
    const url = `https://localhost:${securePort}`
    expect(await send(outgoing(url), { timeoutMs: 5000 })).toMatchObject({
      error: `The TLS certificate of ${url} is not accepted: it is self-signed.`,
      partialAnswer: null,
    })
    expect(seen).toHaveLength(0)
  })

  it('accepts it when asked to, tells the port first and measures the handshake', async () => {
    let port = 0
    const outcome = await send(outgoing(`https://localhost:${securePort}/x`), {
      timeoutMs: 5000,
      rejectUnauthorized: false,
      onLocalPort: (given) => {
        port = given
      },
    })
    expect(outcome).toMatchObject({ answer: { status: 200, bodyByteLength: 6 } })
    expect(seen).toEqual([{ rawHeaders: ['Host', 'h'], remotePort: port, servername: 'localhost' }])
    expect(outcome.timings.tlsMs).toBeGreaterThan(outcome.timings.connectMs ?? Number.NaN)
  })

  it('connects to an address without a name for SNI', async () => {
    const outcome = await send(outgoing(`https://127.0.0.1:${securePort}`), {
      timeoutMs: 5000,
      rejectUnauthorized: false,
    })
    expect(outcome).toHaveProperty('answer.status', 200)
  })

  it('says when the other side speaks plain HTTP', async () => {
    const url = `https://127.0.0.1:${plainPort}`
    expect(await send(outgoing(url), { timeoutMs: 5000 })).toHaveProperty(
      'error',
      `${url} does not speak TLS as expected; if it is a plain server, use http://.`,
    )
  })

  it('says when a TLS server is asked in plain HTTP', async () => {
    const url = `http://127.0.0.1:${securePort}`
    expect(await send(outgoing(url), { timeoutMs: 5000 })).toHaveProperty(
      'error',
      `${url} closed the connection without an answer.`,
    )
  })
})
