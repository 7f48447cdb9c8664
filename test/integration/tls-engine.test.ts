import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkServerIdentity } from 'node:tls'
import type { ApiClient } from '#contract/client.ts'
import type { EngineOptions } from '#engine/options.ts'
import { newestRow, openEngine, post, temporaryDataDir, until } from './opened-engine.ts'
import { hasOpenssl, selfSignedFiles } from './self-signed.ts'
import { answered, http2Session } from './tls-rig.ts'

async function open(options: Partial<EngineOptions> = {}, dataDir = temporaryDataDir()) {
  const opened = await openEngine(dataDir, options)
  onTestFinished(async () => {
    await opened.engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...opened, dataDir }
}

const urlOf = async (client: ApiClient) => (await client.status.get()).listening?.url ?? ''

/** Posts, and tells the status and who the server says it is. */
function postTls(url: string, ca: string | Buffer, host = 'localhost') {
  return new Promise<{ status: number; fingerprint: string }>((resolve, reject) => {
    const request = https.request(
      url,
      {
        ...{ method: 'POST', ca, agent: false },
        checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      },
      (response) => {
        const { socket } = response
        const fingerprint =
          'getPeerCertificate' in socket && typeof socket.getPeerCertificate === 'function'
            ? String(socket.getPeerCertificate().fingerprint256)
            : ''
        response
          .resume()
          .on('end', () => resolve({ status: response.statusCode ?? 0, fingerprint }))
      },
    )
    request.on('error', reject).end('x')
  })
}

test('the local authority: made on request, its key sealed, its certificate for chosen names', async () => {
  const { client, dataDir } = await open()
  expect((await client.listener.authority()).authority).toBeNull()
  await expect(client.settings.update({ listener: { tls: { hostNames: [] } } })).rejects.toThrow(
    /no local authority/,
  )
  const { authority, trust } = await client.listener.makeAuthority({})
  if (!authority) throw new Error('None was made.')
  expect(authority).toMatchObject({ keyIsSealed: true })
  expect(trust.map(({ id }) => id)).toContain('node')
  expect(trust.flatMap(({ commands }) => commands).join()).toContain(authority.certificateFile)
  expect(statSync(join(dataDir, 'tls')).mode & 0o077).toBe(0)
  await client.settings.update({ listener: { tls: { hostNames: ['hooks.test'] } } })
  const url = await urlOf(client)
  expect(url).toMatch(/^https:/)
  for (const host of ['localhost', '127.0.0.1', 'hooks.test']) {
    expect((await postTls(url, authority.certificate, host)).status).toBe(200)
  }
  await expect(postTls(url, authority.certificate, 'other.test')).rejects.toThrow(/altname/i)
  await expect(
    client.settings.update({ listener: { tls: { hostNames: ['example.com'] } } }),
  ).rejects.toThrow(/may not sign for example.com/)
  await expect(client.listener.makeAuthority({})).rejects.toThrow(/already/)
  const anew = await client.listener.makeAuthority({ replace: true, allowed: ['example.com'] })
  expect(anew.authority?.fingerprint256).not.toBe(authority.fingerprint256)
  await expect(postTls(url, authority.certificate)).rejects.toThrow(/certificate|signature/i)
  expect((await postTls(url, anew.authority?.certificate ?? '')).status).toBe(200)
  expect(await holdsPrivateKey(dataDir)).toBe(false)
})

/** Whether the key of the authority lies anywhere in the clear. */
async function holdsPrivateKey(dataDir: string): Promise<boolean> {
  const database = readFileSync(join(dataDir, 'countersign.sqlite'))
  const log = readFileSync(join(dataDir, 'countersign.sqlite-wal'))
  return [database, log].some((bytes) => bytes.includes('BEGIN PRIVATE KEY'))
}

test('a delivery of HTTP/2 is shown, exported and sent again', async () => {
  const { client } = await open()
  const { authority } = await client.listener.makeAuthority({})
  await client.settings.update({ listener: { tls: { hostNames: [] } } })
  const port = Number(new URL(await urlOf(client)).port)
  const session = http2Session({ listener: { port } } as never, { ca: authority?.certificate })
  const stream = session.request({ ':method': 'POST', ':path': '/h2', 'x-a': '1' }).end('hello')
  expect((await answered(stream)).status).toBe(200)
  const row = await newestRow(client)
  const delivery = await client.deliveries.get({ id: row.id })
  expect(delivery).toMatchObject({ httpVersion: '2', target: '/h2', clientCertificate: null })
  expect(delivery.rawHeaders).toContainEqual([':authority', `127.0.0.1:${port}`])
})

test('the path token: without it 404 and nothing stored, but counted; with it as ever', async () => {
  const { client, url } = await open()
  await client.settings.update({ listener: { pathToken: true } })
  const withToken = await urlOf(client)
  const token = new URL(withToken).pathname.slice(1)
  expect(token).toMatch(/^[\w-]{24}$/)
  const wrong = [`${url}/`, `${url}/stripe`, `${url}/${token.slice(1)}/x`, `${url}/${token}x/y`]
  for (const each of wrong) expect((await post(each, 'x')).status).toBe(404)
  expect((await client.deliveries.list({ limit: 10 })).rows).toHaveLength(0)
  await until(
    async () =>
      (await client.status.get()).problems.some(
        ({ code, sentence }) => code === 'path-token-missing' && /4 requests/.test(sentence),
      ),
    'the count is told',
  )
  expect((await post(`${withToken}/stripe?x=1`, 'x')).status).toBe(200)
  expect((await newestRow(client)).target).toBe('/stripe?x=1')
  await client.listener.newPathToken({})
  expect((await post(`${withToken}/stripe`, 'x')).status).toBe(404)
  expect((await post(`${await urlOf(client)}/stripe`, 'x')).status).toBe(200)
  await client.settings.update({ listener: { pathToken: false } })
  expect((await post(`${url}/plain`, 'x')).status).toBe(200)
  expect((await client.settings.export()).json).not.toContain(token)
})

test('listening for a whole network is warned of, until a path token is required', async () => {
  const { client } = await open({ listen: { host: '0.0.0.0', port: 0, portWasAskedFor: true } })
  const codes = async () => (await client.status.get()).problems.map(({ code }) => code)
  expect(await codes()).toContain('open-to-network')
  await client.settings.update({ listener: { pathToken: true } })
  expect(await codes()).not.toContain('open-to-network')
})

test('a certificate by the local authority is renewed by itself, and stays when secrets are locked', async () => {
  const dataDir = temporaryDataDir()
  const first = await openEngine(dataDir)
  const { authority } = await first.client.listener.makeAuthority({})
  await first.client.settings.update({ listener: { tls: { hostNames: [] } } })
  const ca = authority?.certificate ?? ''
  const before = (await postTls(await urlOf(first.client), ca)).fingerprint
  await first.engine.close()
  rmSync(join(dataDir, 'data.key'))
  const locked = await open({}, dataDir)
  expect((await locked.client.status.get()).secrets.state).toBe('locked')
  expect((await postTls(await urlOf(locked.client), ca)).fingerprint).toBe(before)
})

test.skipIf(!hasOpenssl)(
  'a certificate of one’s own is read again when its files change; a bad one is told (needs openssl)',
  async () => {
    const { client, dataDir } = await open()
    const files = selfSignedFiles(dataDir)
    await client.settings.update({ listener: { tls: files } })
    const url = await urlOf(client)
    const first = await postTls(url, readFileSync(files.certificateFile))
    writeFileSync(files.keyFile, 'half a file')
    const problems = async () => (await client.status.get()).problems
    await until(
      async () => (await problems()).some(({ code }) => code === 'certificate-unusable'),
      'the broken key is told',
    )
    expect((await postTls(url, readFileSync(files.certificateFile))).status).toBe(200)
    selfSignedFiles(dataDir)
    await until(
      async () => !(await problems()).some(({ code }) => code === 'certificate-unusable'),
      'the new pair is used',
    )
    const second = await postTls(url, readFileSync(files.certificateFile))
    expect(second.fingerprint).not.toBe(first.fingerprint)
  },
)
