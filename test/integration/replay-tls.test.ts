import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { send } from '#engine/replay/send.ts'
import { listen, outgoing } from './replay-rig.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

function selfSigned(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    execFileSync(
      'openssl',
      ['req', '-x509', ...kind, ...name, '-days', '2', '-keyout', key, '-out', cert],
      { stdio: 'ignore' },
    )
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

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
