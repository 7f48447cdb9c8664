import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { TunnelId, TunnelState } from '#contract/tunnel.ts'
import {
  type Behaviour,
  fakeTunnels,
  type FakeTunnels,
  isAlive,
} from '#test/fake-tunnel/fake-tunnel.ts'
import { SECRET, signedFor } from '#test/fake-tunnel/signed-for.ts'
import {
  newestRow,
  openEngine,
  type OpenedEngine,
  temporaryDataDir,
  until,
} from './opened-engine.ts'

const PUBLIC = 'https://shy-dog-river-nine.trycloudflare.com'
const FORM = 'AccountSid=AC1&Body=Hello&From=%2B15550001042&SmsStatus=received'

let fake: FakeTunnels
let app: OpenedEngine
let dataDir = ''

beforeAll(async () => {
  fake = fakeTunnels(['cloudflared', 'ngrok', 'tailscale', 'ssh'])
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir, { tunnelPrograms: { searchPath: fake.folder } })
  const secrets = [{ text: SECRET }]
  await app.client.endpoints.create({
    ...{ name: 'Twilio', path: '/twilio', schemeId: 'twilio', secrets },
  })
})
afterEach(async () => {
  await app.client.tunnels.stop({})
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
  fake.remove()
})

const state = async () => (await app.client.status.get()).tunnel

async function settled(): Promise<TunnelState> {
  await until(async () => (await state()).state !== 'starting', 'the tunnel is open or has failed')
  return state()
}

async function opened(program: TunnelId, behaviour: Behaviour = { url: PUBLIC }) {
  fake.behave(behaviour)
  await app.client.tunnels.start({ program })
  const tunnel = await settled()
  if (tunnel.state !== 'open') throw new Error(JSON.stringify(tunnel))
  return tunnel
}

const problems = async () => (await app.client.status.get()).problems.map(({ code }) => code)

describe('a tunnel', () => {
  test('opens, leads deliveries here, verifies schemes that sign the URL without a setting, and ends', async () => {
    const { client } = app
    const tunnel = await opened('cloudflared')
    expect(tunnel.url).toBe(PUBLIC)
    expect((await client.status.get()).publicAddress).toEqual({ url: PUBLIC, source: 'tunnel' })
    expect(await problems()).toContain('open-to-internet')

    const twilio = `${PUBLIC}/twilio?from=sms`
    expect(await fake.send(twilio, FORM, signedFor('twilio', twilio, FORM))).toBe(200)
    const row = await newestRow(client)
    expect(row.verdict).toBe('valid')
    const delivery = await client.deliveries.get({ id: row.id })
    expect(delivery.cameThrough).toEqual({
      ...{ base: PUBLIC, by: 'tunnel', address: '203.0.113.9', ignored: null },
    })
    const secrets = [{ text: SECRET }]
    await client.endpoints.create({
      ...{ name: 'Square', path: '/square', schemeId: 'square', secrets },
    })
    const square = `${PUBLIC}/square`
    await fake.send(square, '{"type":"a"}', signedFor('square', square, '{"type":"a"}'))
    expect(await newestRow(client)).toMatchObject({ verdict: 'valid', schemeId: 'square' })

    await client.tunnels.stop({})
    await fake.gone(tunnel.pid)
    expect(await client.status.get()).toMatchObject({
      ...{ tunnel: { state: 'off' }, publicAddress: null },
    })
    expect(await problems()).not.toContain('open-to-internet')
  })

  test('of another URL is still diagnosed, whatever a sender claims through it', async () => {
    const { client } = app
    await opened('cloudflared')
    await fake.send(`${PUBLIC}/twilio`, FORM, {
      ...signedFor('twilio', 'https://shop.example/twilio', FORM),
      'X-Forwarded-Host': 'shop.example',
      'X-Forwarded-For': '198.51.100.1',
    })
    const row = await newestRow(client)
    expect(row.verdict).toBe('invalid')
    const { cameThrough } = await client.deliveries.get({ id: row.id })
    expect(cameThrough).toMatchObject({ base: PUBLIC, address: '203.0.113.9' })
    // The search ends when its time is over, which a busy machine makes short.
    const cause = async () => (await client.deliveries.diagnose({ id: row.id })).causes[0]
    await until(async () => (await cause())?.code === 'url-mismatch', 'the URL is found')
  })

  test('has the path token in its URL where one is required, and it is signed with that', async () => {
    const { client } = app
    await client.settings.update({ listener: { pathToken: true } })
    try {
      await opened('cloudflared')
      const { publicAddress, listening } = await client.status.get()
      const token = new URL(listening?.url ?? '').pathname
      expect(publicAddress?.url).toBe(PUBLIC + token)
      expect(await problems()).not.toContain('open-to-internet')
      expect(await fake.send(`${PUBLIC}/twilio`, FORM)).toBe(404)
      const url = `${PUBLIC}${token}/twilio`
      expect(await fake.send(url, FORM, signedFor('twilio', url, FORM))).toBe(200)
      expect((await newestRow(client)).verdict).toBe('valid')
    } finally {
      await client.settings.update({ listener: { pathToken: false } })
    }
    expect(await problems()).toContain('open-to-internet')
  })

  test.each([
    ['ngrok', 'https://shy-dog.ngrok-free.app', /^http http:\/\/127\.0\.0\.1:\d+ --log stdout/],
    ['tailscale', 'https://box.tail1234.ts.net', /^funnel http:\/\/127\.0\.0\.1:\d+$/],
    ['ssh', 'https://9b82a2f075fcd6.lhr.life', /-R 80:127\.0\.0\.1:\d+ nokey@localhost\.run$/],
  ] as const)('by %s is read from its own words', async (program, url, args) => {
    expect(await opened(program, { url })).toMatchObject({ url, program })
    expect(fake.ran().args.join(' ')).toMatch(args)
    const { programs } = await app.client.tunnels.list()
    const here = programs.find(({ id }) => id === program)
    expect(here).toMatchObject({ problem: null, version: expect.any(String) })
  })

  test('through a server of one’s own has the URL that the settings name', async () => {
    const sshTunnel = { destination: 'me@server.example', remotePort: 8080 }
    const publicUrl = 'https://hooks.example'
    await app.client.settings.update({ listener: { sshTunnel, publicUrl } })
    expect(await opened('ssh', {})).toMatchObject({ url: publicUrl })
    expect(fake.ran().args.join(' ')).toMatch(/-N .*-R 8080:127\.0\.0\.1:\d+ me@server\.example$/)
    await app.client.settings.update({ listener: { sshTunnel: null, publicUrl: null } })
  })

  test('gets no secret of ours: neither by its arguments nor by its environment', async () => {
    process.env['STRIPE_SECRET'] = SECRET
    process.env['NGROK_AUTHTOKEN'] = 'for-ngrok-alone'
    try {
      await opened('cloudflared')
    } finally {
      delete process.env['STRIPE_SECRET']
      delete process.env['NGROK_AUTHTOKEN']
    }
    const ran = JSON.stringify(fake.ran())
    expect(ran).not.toContain(SECRET)
    expect(ran).not.toContain('for-ngrok-alone')
    expect(fake.ran().env['PATH']).toBe(process.env['PATH'])
  })

  test.each([
    ['cloudflared', 'does not reach its service', 'no such host'],
    ['ngrok', 'ngrok config add-authtoken', 'ERR_NGROK_105'],
    ['tailscale', 'tailscale set --operator', 'serve config denied'],
    ['ssh', 'accept its key', 'Host key verification failed'],
  ] as const)(
    'by %s that fails says so in its words, and what to do',
    async (program, remedy, words) => {
      fake.behave({ mode: 'refuse' })
      await app.client.tunnels.start({ program })
      const tunnel = await settled()
      expect(tunnel).toMatchObject({
        ...{ state: 'failed', program, remedy: expect.stringContaining(remedy) },
        lastWords: expect.arrayContaining([expect.stringContaining(words)]),
      })
      expect(JSON.stringify(tunnel)).not.toContain('2NotARealTokenButLong')
      expect(await problems()).toContain('tunnel-ended')
      await fake.gone(fake.ran().pid)
    },
  )

  test('that ends by itself is not started again until it is asked for', async () => {
    fake.behave({ mode: 'dies', url: PUBLIC })
    await app.client.tunnels.start({ program: 'cloudflared' })
    await until(async () => (await state()).state === 'failed', 'it has failed')
    const { pid } = fake.ran()
    expect(await state()).toMatchObject({
      sentence: expect.stringContaining('ended (exit code 3)'),
      lastWords: expect.arrayContaining(['the edge closed the connection']),
    })
    await fake.gone(pid)
    expect((await app.client.status.get()).publicAddress).toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(fake.ran().pid).toBe(pid)
    expect(await opened('cloudflared')).toMatchObject({ url: PUBLIC })
  })

  test('that does not listen to SIGTERM is ended all the same', async () => {
    const { pid } = await opened('cloudflared', { mode: 'stubborn', url: PUBLIC })
    await app.client.tunnels.stop({})
    expect(isAlive(pid)).toBe(false)
  })

  test('is refused where it cannot be, in words', async () => {
    const { client } = app
    await opened('cloudflared')
    await expect(client.tunnels.start({ program: 'ngrok' })).rejects.toThrow(/runs already/)
    await client.tunnels.stop({})
    const both = await Promise.allSettled([
      client.tunnels.start({ program: 'cloudflared' }),
      client.tunnels.start({ program: 'cloudflared' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await settled()
  })

  test('leads nowhere but to where the listener is, over TLS too', async () => {
    const { client } = app
    const { pid } = await opened('cloudflared')
    await client.listener.makeAuthority({})
    await client.settings.update({ listener: { tls: { hostNames: [] } } })
    await until(
      async () => (await client.status.get()).tunnel.state === 'failed',
      'the tunnel to the old address is ended',
    )
    await fake.gone(pid)
    await opened('cloudflared')
    expect(fake.ran().args).toContain('--no-tls-verify')
    expect(await fake.send(`${PUBLIC}/over-tls`, 'x')).toBe(200)
    expect(await newestRow(client)).toMatchObject({ target: '/over-tls' })
    await client.tunnels.stop({})
    await expect(client.tunnels.start({ program: 'ssh' })).rejects.toThrow(/speaks HTTPS/)
  })
})

test('a tunnel is not started while nothing listens or the program is not there, and ends with the engine', async () => {
  const own = fakeTunnels(['cloudflared'], { url: PUBLIC })
  const folder = temporaryDataDir()
  const tunnelPrograms = { searchPath: own.folder }
  try {
    const silent = await openEngine(folder, { listen: null, tunnelPrograms })
    const started = silent.client.tunnels.start({ program: 'cloudflared' })
    await expect(started).rejects.toThrow(/Nothing listens/)
    expect(() => own.ran()).toThrow(/ENOENT/)
    await silent.engine.close()
    const { client, engine } = await openEngine(folder, { tunnelPrograms })
    await expect(client.tunnels.start({ program: 'ngrok' })).rejects.toThrow(/not installed/)
    await client.tunnels.start({ program: 'cloudflared' })
    await until(async () => (await client.status.get()).tunnel.state === 'open', 'it is open')
    const { pid } = own.ran()
    await engine.close()
    expect(isAlive(pid)).toBe(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    own.remove()
  }
})
