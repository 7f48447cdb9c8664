import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authority, answered, hasCurl, http2Session, localCredentials, run } from './tls-rig.ts'
import { exchangeRaw, type Rig, startRig } from './listener-rig.ts'
import { hasOpenssl } from './self-signed.ts'

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' })

const post = (rig: Rig, options: object) =>
  new Promise<number>((resolve, reject) => {
    const request = https.request(
      {
        ...{ port: rig.listener.port, host: '127.0.0.1', method: 'POST' },
        ca: authority.certificate,
        agent: false,
        ...options,
      },
      (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)),
    )
    request.on('error', reject).end('x')
  })

/** Mutual TLS with certificates that openssl made. */
describe.skipIf(!hasOpenssl)('client certificates (skipped without openssl)', () => {
  let folder = ''
  const file = (name: string) => join(folder, name)
  const newKey = (name: string) =>
    openssl(...'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out'.split(' '), file(name))

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-mtls-'))
    for (const ca of ['ca', 'other']) {
      newKey(`${ca}.key`)
      const out = ['-days', '2', '-out', file(`${ca}.pem`)]
      openssl(
        'req',
        '-x509',
        '-key',
        file(`${ca}.key`),
        '-subj',
        `/O=Provider ${ca}/CN=${ca}`,
        ...out,
      )
    }
    for (const [name, ca] of [
      ['good', 'ca'],
      ['foreign', 'other'],
    ] as const) {
      newKey(`${name}.key`)
      const request = file(`${name}.csr`)
      openssl(
        'req',
        '-new',
        '-key',
        file(`${name}.key`),
        '-subj',
        `/CN=hooks ${name}`,
        '-out',
        request,
      )
      const by = ['-CA', file(`${ca}.pem`), '-CAkey', file(`${ca}.key`), '-CAcreateserial']
      openssl('x509', '-req', '-in', request, ...by, '-days', '1', '-out', file(`${name}.pem`))
    }
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const shows = (name: string) => ({
    cert: readFileSync(file(`${name}.pem`)),
    key: readFileSync(file(`${name}.key`)),
  })
  const startAsking = (required: boolean): Promise<Rig> => {
    const clients = { required, ca: [readFileSync(file('ca.pem'))] }
    return startRig({ tls: { ...localCredentials(), clients } })
  }
  test('what is presented is recorded, and whether it is good', async () => {
    const rig = await startAsking(false)
    expect(await post(rig, shows('good'))).toBe(200)
    expect(await post(rig, shows('foreign'))).toBe(200)
    expect(await post(rig, {})).toBe(200)
    const [good, foreign, none] = rig.recorded
    expect(good?.head.clientCertificate).toMatchObject({
      ...{ subject: 'CN=hooks good', issuer: 'O=Provider ca, CN=ca' },
      ...{ authorized: true, problem: null },
      fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    })
    expect(foreign?.head.clientCertificate).toMatchObject({
      ...{ authorized: false, problem: 'no authority of this listener signed it' },
    })
    expect(none?.head).not.toHaveProperty('clientCertificate')
    expect(rig.recorded.map(({ problem }) => problem)).toEqual([null, null, null])
  })

  test('who is required to show one and does not is refused with 403, and recorded', async () => {
    const rig = await startAsking(true)
    expect(await post(rig, shows('good'))).toBe(200)
    expect(await post(rig, shows('foreign'))).toBe(403)
    expect(await post(rig, {})).toBe(403)
    const [, foreign, none] = rig.recorded
    expect(foreign).toMatchObject({ problem: 'client-certificate', requiredStatus: 403 })
    expect(foreign?.problemDetail).toContain('CN=hooks foreign')
    expect(none?.problemDetail).toContain('presented no client certificate')
  })

  test('the same over HTTP/2', async () => {
    const rig = await startAsking(true)
    const good = http2Session(rig, shows('good'))
    expect((await answered(good.request({ ':method': 'POST' }).end('x'))).status).toBe(200)
    const none = http2Session(rig)
    expect((await answered(none.request({ ':method': 'POST' }).end('x'))).status).toBe(403)
    expect(rig.recorded[0]?.head.clientCertificate?.subject).toBe('CN=hooks good')
  })

  test('one that plain HTTP is spoken to still says so', async () => {
    const rig = await startAsking(true)
    expect(
      await exchangeRaw(rig, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 400/)
    expect(rig.recorded[0]?.problem).toBe('plain-on-tls')
  })

  test.skipIf(!hasCurl)('curl --cert (skipped without curl)', async () => {
    const rig = await startAsking(true)
    const ca = file('server-ca.pem')
    writeFileSync(ca, authority.certificate)
    const url = `https://127.0.0.1:${rig.listener.port}/`
    const shown = ['--cert', file('good.pem'), '--key', file('good.key')]
    const said = ['-sS', '--cacert', ca, '-o', '/dev/null', '-w', '%{http_code}', url]
    expect(await run('curl', [...shown, ...said])).toEqual({ code: 0, out: '200', err: '' })
    expect((await run('curl', said)).out).toBe('403')
  })
})
