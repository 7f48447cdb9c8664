import { rmSync } from 'node:fs'
import http from 'node:http'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CameThrough } from '#contract/tunnel.ts'
import { newestRow, openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'

/** An address of this machine that is not loopback: what comes from there is another machine's. */
const afar = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

const dataDir = temporaryDataDir()
let app: OpenedEngine

beforeAll(async () => {
  app = await openEngine(dataDir, { listen: { host: '0.0.0.0', port: 0, portWasAskedFor: true } })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Posts from an address to the listener on it, and tells how that is seen. */
async function posted(from: string, headers: Record<string, string>): Promise<Seen> {
  const { port } = new URL(app.url)
  await new Promise<void>((resolve, reject) => {
    const request = http.request(
      { host: from, localAddress: from, port, path: '/hook', method: 'POST', headers },
      (response) => response.resume().on('end', resolve),
    )
    request.on('error', reject)
    request.end('x')
  })
  const { id } = await newestRow(app.client)
  const delivery = await app.client.deliveries.get({ id })
  const { plainHttp } = await app.client.deliveries.hygiene({ id })
  return { came: delivery.cameThrough ?? null, remoteAddress: delivery.remoteAddress, plainHttp }
}

interface Seen {
  came: CameThrough | null
  remoteAddress: string
  plainHttp: string | null
}

const INVALID = /validation failed/i

const CLAIMS = {
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'hooks.example',
}

describe('headers of proxies', () => {
  test('count from this machine', async () => {
    expect((await posted('127.0.0.1', CLAIMS)).came).toEqual({
      ...{ base: 'https://hooks.example', by: 'proxy', address: '203.0.113.9', ignored: null },
    })
    const standard = { Forwarded: 'for="[2001:db8::7]:99";proto=https;host=hooks.example' }
    expect((await posted('127.0.0.1', standard)).came).toMatchObject({ address: '2001:db8::7' })
  })

  test.skipIf(afar === undefined)(
    'change nothing from another machine, until it is named',
    async () => {
      const from = afar ?? ''
      const before = await posted(from, CLAIMS)
      expect(before.remoteAddress).toBe(from)
      expect(before.came).toMatchObject({ by: 'listener', address: null, ignored: 'not-named' })
      expect(before.came?.base).toMatch(/^http:\/\/(?!hooks)/)
      expect(before.plainHttp).toContain('over plain http')
      await app.client.settings.update({ listener: { proxies: [`${from}/32`] } })
      const after = await posted(from, CLAIMS)
      expect(after.came).toMatchObject({ base: 'https://hooks.example', address: '203.0.113.9' })
      expect(after.plainHttp).toBeNull()
      await app.client.settings.update({ listener: { proxies: [] } })
      expect((await posted(from, CLAIMS)).came).toMatchObject({ ignored: 'not-named' })
    },
  )

  test('change nothing from a web page', async () => {
    const page = { ...CLAIMS, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await posted('127.0.0.1', page)).came).toMatchObject({
      by: 'listener',
      ignored: 'web-page',
    })
  })

  test('are refused to a page before it can send them: no preflight is allowed', async () => {
    const answer = await fetch(app.url.replace('0.0.0.0', '127.0.0.1'), {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Headers': 'x-forwarded-host' },
    })
    expect(answer.headers.get('access-control-allow-headers')).toBeNull()
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

test('the public URL of the settings is bounded, and is what a silent proxy was called by', async () => {
  const { client } = app
  for (const publicUrl of [
    'hooks.example',
    'https://a?b',
    'https://u:p@a',
    `https://${'a'.repeat(2000)}`,
  ]) {
    await expect(client.settings.update({ listener: { publicUrl } })).rejects.toThrow(INVALID)
  }
  for (const destination of ['-oProxyCommand=touch x', 'a b', '']) {
    const sshTunnel = { destination, remotePort: 80 }
    await expect(client.settings.update({ listener: { sshTunnel } })).rejects.toThrow(INVALID)
  }
  const proxies = ['10.0.0.0/40']
  await expect(client.settings.update({ listener: { proxies } })).rejects.toThrow(INVALID)
  await client.settings.update({ listener: { publicUrl: 'https://hooks.example' } })
  expect((await client.status.get()).publicAddress).toEqual({
    ...{ url: 'https://hooks.example', source: 'setting' },
  })
  expect((await posted('127.0.0.1', {})).came).toMatchObject({
    ...{ base: 'https://hooks.example', by: 'public-url' },
  })
  await client.settings.update({ listener: { publicUrl: null } })
  expect((await client.status.get()).publicAddress).toBeNull()
})
