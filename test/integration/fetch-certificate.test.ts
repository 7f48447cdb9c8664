import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchCertificate } from '#engine/keys/fetch-certificate.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const HOST = 'sns.eu-west-1.amazonaws.com'
const url = `https://${HOST}/cert.pem`

function selfSigned(name: string): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
    execFileSync(
      'openssl',
      ['req', '-x509', ...kind, ...subject, '-days', '2', '-keyout', key, '-out', cert],
      { stdio: 'ignore' },
    )
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(!hasOpenssl)('fetching a certificate (skipped without openssl)', () => {
  let server: https.Server
  let port = 0
  let own: { key: string; cert: string }
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  const asked: string[] = []

  beforeAll(async () => {
    own = selfSigned(HOST)
    server = https.createServer(own, (request, response) => {
      asked.push(`${request.method} ${request.headers.host}${request.url}`)
      answer(request, response)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Whatever host is asked, our own server answers, with a certificate that `ca` vouches for. */
  function agentTo(ca: string | undefined): https.Agent {
    const agent = new https.Agent()
    Object.assign(agent, {
      createConnection: () =>
        tls.connect({ host: '127.0.0.1', port, servername: HOST, ...(ca && { ca }) }),
    })
    return agent
  }
  const ask = (options: { nowMs?: number; timeoutMs?: number; ca?: string } = {}) =>
    fetchCertificate(url, {
      nowMs: options.nowMs ?? Date.now(),
      agent: agentTo(options.ca ?? own.cert),
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
    })

  it('gives the first certificate and asks once', async () => {
    asked.length = 0
    answer = (_request, response) => response.end(`junk\n${own.cert}${own.cert}`)
    const fetched = await ask()
    expect(fetched).toMatchObject({ pem: own.cert })
    expect(asked).toEqual([`GET ${HOST}/cert.pem`])
  })

  it('follows no redirect', async () => {
    asked.length = 0
    answer = (_request, response) =>
      response.writeHead(302, { Location: `https://${HOST}/other.pem` }).end(own.cert)
    expect(await ask()).toEqual({ problem: expect.stringContaining('is not followed') })
    expect(asked).toHaveLength(1)
  })

  it('wants a certificate that is valid now', async () => {
    answer = (_request, response) => response.end(own.cert)
    const day = 86_400_000
    expect(await ask({ nowMs: Date.now() + 3 * day })).toEqual({
      problem: expect.stringContaining('ended on'),
    })
    expect(await ask({ nowMs: Date.now() - 3 * day })).toEqual({
      problem: expect.stringContaining('valid only from'),
    })
  })

  it.each([
    ['<html>no</html>', 'sent no certificate'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'sent no certificate'],
    ['x'.repeat(64 * 1024 + 1), 'more than 64 KiB'],
  ])('takes nothing else (%#)', async (body, says) => {
    answer = (_request, response) => response.end(body)
    expect(await ask()).toEqual({ problem: expect.stringContaining(says) })
  })

  it('gives up on errors, on silence, and on endless answers', async () => {
    answer = (_request, response) => response.writeHead(404).end()
    expect(await ask()).toEqual({ problem: `${HOST} answered 404.` })
    answer = () => undefined
    expect(await ask({ timeoutMs: 200 })).toEqual({
      problem: `${HOST} did not answer within 0.2 s.`,
    })
    answer = (_request, response) => response.write(own.cert)
    expect(await ask({ timeoutMs: 200 })).toEqual({
      problem: `${HOST} did not answer within 0.2 s.`,
    })
  })

  it('asks nobody whose certificate it does not trust, and nobody in the clear', async () => {
    asked.length = 0
    expect(await ask({ ca: selfSigned('other').cert })).toEqual({
      problem: expect.stringContaining(`${HOST} cannot be asked`),
    })
    expect(await fetchCertificate(`http://${HOST}/cert.pem`, { nowMs: 0 })).toEqual({
      problem: expect.stringContaining('only asked for over https'),
    })
    expect(asked).toEqual([])
  })
})
