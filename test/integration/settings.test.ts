import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent } from 'node:http'
import https from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ORPCError, safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EngineOptions } from '#engine/options.ts'
import { newestRow, openEngine, type OpenedEngine, post, until } from './opened-engine.ts'
import { type CertificateFiles, hasOpenssl, selfSignedFiles } from './self-signed.ts'

let dataDir: string
let app: OpenedEngine
const asSettingsSay: Partial<EngineOptions> = {
  listen: { host: null, port: 0, portWasAskedFor: false },
}
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  app = await openEngine(dataDir, asSettingsSay)
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const urlNow = () => app.engine.status().listening?.url ?? ''
const restart = async (options = asSettingsSay) => {
  await app.engine.close()
  app = await openEngine(dataDir, options)
}

async function refusal(call: Promise<unknown>): Promise<string> {
  const { error } = await safe(call)
  if (!(error instanceof ORPCError)) throw new Error('It was not refused.')
  expect(error.code).toBe('BAD_REQUEST')
  return error.message
}

/** Holds a port as another program would; freed with `close`. */
async function holdPort(): Promise<{ port: number; close: () => void }> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, close: () => server.close() }
}

async function freePort(): Promise<number> {
  const { port, close } = await holdPort()
  close()
  return port
}

describe('settings', () => {
  it('have defaults, keep what was changed over a restart, and say that they changed', async () => {
    const first = await app.client.settings.get()
    expect(first).toEqual({
      listener: { host: '127.0.0.1', port: 4100, tls: null, bodyLimitBytes: 26_214_400 },
      retention: { maxCount: null, maxAgeDays: null, maxBytes: null },
      notifications: { enabled: false, rules: [] },
    })
    const stop = new AbortController()
    const changes = await app.client.status.changes(undefined, { signal: stop.signal })
    await changes.next()
    const rules = [{ name: 'Failures', query: 'is:failure', enabled: true }]
    await app.client.settings.update({ retention: { maxCount: 500 } })
    await app.client.settings.update({ notifications: { enabled: true, rules } })
    const next = await changes.next()
    expect(next.value).toMatchObject({ settings: true })
    stop.abort()
    await restart()
    expect(await app.client.settings.get()).toEqual({
      ...first,
      retention: { maxCount: 500, maxAgeDays: null, maxBytes: null },
      notifications: { enabled: true, rules },
    })
  })

  it('that cannot be read are told, and their defaults used', async () => {
    const { default: Database } = await import('better-sqlite3')
    await app.engine.close()
    const db = new Database(join(dataDir, 'countersign.sqlite'))
    db.prepare('INSERT INTO settings (key, value) VALUES (?, ?)').run('retention', '{"maxCount":0')
    db.close()
    app = await openEngine(dataDir, asSettingsSay)
    expect((await app.client.settings.get()).retention.maxCount).toBeNull()
    expect(app.engine.status().problems).toMatchObject([
      { code: 'settings-unreadable', sentence: expect.stringContaining('retention') },
    ])
  })
})

describe('the port', () => {
  it('moves at once: the new one answers, the old one is closed', async () => {
    const before = urlNow()
    expect((await post(`${before}/a`, 'one')).status).toBe(200)
    const port = await freePort()
    await app.client.settings.update({ listener: { port } })
    expect(urlNow()).toBe(`http://127.0.0.1:${port}`)
    expect((await post(`${urlNow()}/a`, 'two')).status).toBe(200)
    await until(async () => {
      const agent = new Agent()
      const late = await post(`${before}/late`, '', [], { agent }).catch((error: unknown) => error)
      return late instanceof Error && late.message.includes('ECONNREFUSED')
    }, 'the old port is closed')
    // How often the old port was tried until then is not known.
    const { rows } = await app.client.deliveries.list({ filter: { query: 'path:/a' } })
    expect(rows).toHaveLength(2)
    await app.engine.close()
    app = await openEngine(dataDir, { listen: { host: null, port: null, portWasAskedFor: false } })
    expect(urlNow()).toBe(`http://127.0.0.1:${port}`)
  })

  it('that is taken is refused in words, and nothing changes', async () => {
    const before = await app.client.settings.get()
    const url = urlNow()
    const { port } = await holdPort()
    const sentence = await refusal(app.client.settings.update({ listener: { port } }))
    expect(sentence).toContain(`Port ${port} is taken by another program`)
    expect(sentence).not.toContain('--port')
    expect(await app.client.settings.get()).toEqual(before)
    expect(urlNow()).toBe(url)
    expect((await post(`${url}/a`, 'still here')).status).toBe(200)
  })

  it('keeps its number when only the address changes, and comes back when that fails', async () => {
    const { port } = new URL(urlNow())
    await app.client.settings.update({ listener: { port: Number(port) } })
    await app.client.settings.update({ listener: { host: '0.0.0.0' } })
    expect(app.engine.status().listening).toMatchObject({ host: '0.0.0.0', port: Number(port) })
    expect((await post(`http://127.0.0.1:${port}/a`, 'x')).status).toBe(200)
    const sentence = await refusal(app.client.settings.update({ listener: { host: '192.0.2.1' } }))
    expect(sentence).toContain('192.0.2.1 is no address of this machine')
    expect(sentence).not.toContain('--host')
    expect(app.engine.status().listening?.host).toBe('0.0.0.0')
    await app.client.settings.update({ listener: { host: '127.0.0.1' } })
    expect((await post(`http://127.0.0.1:${port}/a`, 'y')).status).toBe(200)
  })

  it('of the command line wins for this start, and the settings are kept for the next', async () => {
    const asked = await freePort()
    const stored = await freePort()
    await restart({ listen: { host: '127.0.0.1', port: asked, portWasAskedFor: true } })
    expect(app.engine.status().given).toEqual({ host: '127.0.0.1', port: asked })
    await app.client.settings.update({ listener: { port: stored } })
    expect(app.engine.status().listening?.port).toBe(asked)
    await restart({ listen: { host: null, port: null, portWasAskedFor: false } })
    expect(app.engine.status()).toMatchObject({
      given: { host: null, port: null },
      listening: { port: stored },
    })
  })

  it('whose stored address is gone leaves the app open, which says so until it is changed', async () => {
    const { default: Database } = await import('better-sqlite3')
    await app.engine.close()
    const listener = { host: '192.0.2.1', port: 0, tls: null, bodyLimitBytes: 2048 }
    const db = new Database(join(dataDir, 'countersign.sqlite'))
    db.prepare('INSERT INTO settings (key, value) VALUES (?, ?)').run(
      'listener',
      JSON.stringify(listener),
    )
    db.close()
    app = await openEngine(dataDir, { listen: { host: null, port: null, portWasAskedFor: false } })
    expect(app.engine.status()).toMatchObject({
      listening: null,
      problems: [{ code: 'listener-not-open', sentence: expect.stringContaining('192.0.2.1') }],
    })
    await app.client.settings.update({ listener: { host: '127.0.0.1' } })
    expect(app.engine.status().problems).toEqual([])
    expect((await post(`${urlNow()}/a`, 'x')).status).toBe(200)
  })
})

describe('under load', () => {
  it('no request is lost while the port moves: answered is stored', async () => {
    const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    let going = true
    let answered = 0
    const unanswered: string[] = []
    const sender = async (agent: Agent, index: number) => {
      for (let n = 0; going; n += 1) {
        try {
          const { status } = await post(`${urlNow()}/s`, `${index} ${n}`, [], { agent })
          if (status === 200) answered += 1
          else unanswered.push(String(status))
        } catch (error) {
          // Whoever comes too late to the old port is refused there, before anything is sent.
          const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
          if (code !== 'ECONNREFUSED') unanswered.push(code)
        }
      }
    }
    const sending = Promise.all(agents.map(sender))
    const someMore = async () => {
      const before = answered
      await until(() => answered >= before + 20, 'twenty more are answered')
    }
    for (let move = 0; move < 6; move += 1) {
      await someMore()
      await app.client.settings.update({ listener: { port: await freePort() } })
    }
    await someMore()
    going = false
    await sending
    for (const agent of agents) agent.destroy()
    expect(unanswered).toEqual([])
    expect(answered).toBeGreaterThan(100)
    expect((await app.client.deliveries.count({})).count).toBe(answered)
  })
})

describe.skipIf(!hasOpenssl)('HTTPS (skipped where there is no openssl)', () => {
  let folder: string
  let files: CertificateFiles
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'countersign-tls-'))
    files = selfSignedFiles(folder)
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const postSecurely = (path: string, body: string, agent?: https.Agent) =>
    new Promise<number>((resolve, reject) => {
      const request = https.request(
        urlNow() + path,
        {
          method: 'POST',
          ca: readFileSync(files.certificateFile),
          headers: ['Host', 'hooks', 'X-CaSe', 'a', 'x-case', 'b'],
          ...(agent && { agent }),
        },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode ?? 0))
        },
      )
      request.on('error', reject)
      request.end(body)
    })

  it('keeps bytes, order and case; the status says https, and it lasts over a restart', async () => {
    await app.client.settings.update({ listener: { tls: files } })
    expect(urlNow()).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const body = 'x'.repeat(300_000) + '\u00e4'
    expect(await postSecurely('/over/tls?q=1', body)).toBe(200)
    const row = await newestRow(app.client)
    const delivery = await app.client.deliveries.get({ id: row.id })
    expect(delivery.target).toBe('/over/tls?q=1')
    expect(delivery.rawHeaders.slice(0, 3)).toEqual([
      ['Host', 'hooks'],
      ['X-CaSe', 'a'],
      ['x-case', 'b'],
    ])
    expect(delivery.remoteAddress).toBe('127.0.0.1')
    expect(await (await app.client.deliveries.body({ id: row.id })).text()).toBe(body)
    const { deliveryId } = await app.client.tools.sendTest({ endpointId: null })
    expect(deliveryId).toBe(row.id + 1)
    const replay = await app.client.replays.create({ deliveryId, url: urlNow(), resign: false })
    expect(replay.answer?.status).toBe(200)
    await restart()
    expect(await postSecurely('/again', 'y')).toBe(200)
    await app.client.settings.update({ listener: { tls: null } })
    expect((await post(`${urlNow()}/plain`, 'z')).status).toBe(200)
  })

  it('on the port that is open already: no connection is refused while it changes', async () => {
    await app.client.settings.update({ listener: { port: Number(new URL(urlNow()).port) } })
    const port = urlNow().replace('http:', '')
    const codes: string[] = []
    let going = true
    const knock = async () => {
      while (going) {
        // Either side of the change it is one of the two, and each answers plain HTTP.
        const answer = await post(`http:${port}/k`, 'k').catch((error: unknown) => error)
        if (answer instanceof Error) codes.push(answer.message)
      }
    }
    const knocking = Promise.all([knock(), knock(), knock()])
    for (const tls of [files, null, files]) {
      await delay(100)
      await app.client.settings.update({ listener: { tls } })
    }
    await delay(100)
    going = false
    await knocking
    expect(codes).toEqual([])
    expect(await postSecurely('/done', 'x')).toBe(200)
  })

  it('tells a plain request in HTTP, and records it', async () => {
    await app.client.settings.update({ listener: { tls: files } })
    const answer = await post(`${urlNow().replace('https', 'http')}/plain`, '{"a":1}')
    expect(answer.status).toBe(400)
    const row = await newestRow(app.client)
    expect(row).toMatchObject({ problem: 'plain-on-tls', target: '/plain', statusAnswered: 400 })
    expect(await (await app.client.deliveries.body({ id: row.id })).text()).toBe('{"a":1}')
  })

  it('refuses files that do not serve, says which and why, and goes on as before', async () => {
    const other = selfSignedFiles(folder, 'other')
    const garbage = join(folder, 'garbage.pem')
    writeFileSync(garbage, 'no certificate')
    const cases: [Partial<CertificateFiles>, RegExp][] = [
      [{ keyFile: other.keyFile }, /does not belong to the certificate/],
      [{ certificateFile: join(folder, 'none.pem') }, /There is no such file/],
      [{ certificateFile: garbage }, /garbage\.pem holds no certificate/],
      [{ keyFile: garbage }, /garbage\.pem holds no private key/],
      [{ keyFile: folder }, /cannot be read/],
    ]
    const url = urlNow()
    for (const [wrong, sentence] of cases) {
      const tls = { ...files, ...wrong }
      expect(await refusal(app.client.settings.update({ listener: { tls } }))).toMatch(sentence)
    }
    expect((await app.client.settings.get()).listener.tls).toBeNull()
    expect((await post(`${url}/a`, 'x')).status).toBe(200)
  })

  it('reads the certificate again when it is set again, without a restart', async () => {
    await app.client.settings.update({ listener: { tls: files } })
    const old = readFileSync(files.certificateFile)
    selfSignedFiles(folder)
    await app.client.settings.update({ listener: { tls: files } })
    expect(await postSecurely('/renewed', 'x', new https.Agent())).toBe(200)
    expect(readFileSync(files.certificateFile).equals(old)).toBe(false)
  })

  it('that cannot be read at the start is told in the app instead of listening openly', async () => {
    await app.client.settings.update({ listener: { tls: files } })
    rmSync(files.keyFile)
    await restart()
    expect(app.engine.status()).toMatchObject({
      listening: null,
      problems: [{ code: 'listener-not-open', sentence: expect.stringContaining('key.pem') }],
    })
  })
})

describe('keymap.json', () => {
  it('is written whole, read anew, and told when it cannot be used', async () => {
    const { client } = app
    const file = join(dataDir, 'keymap.json')
    expect(await client.settings.keymap()).toEqual({ file, keymap: {}, problem: null })
    await client.settings.setKeymap({ keymap: { 'delivery.replay': ['Mod+R'], unknown: [] } })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      'delivery.replay': ['Mod+R'],
      unknown: [],
    })
    expect(readdirSync(dataDir).filter((name) => name.startsWith('keymap'))).toEqual([
      'keymap.json',
    ])
    writeFileSync(file, '\uFEFF{"go.all": "a", "list.next": ["j", "Down"]}')
    expect(await client.settings.keymap()).toMatchObject({
      keymap: { 'go.all': ['a'], 'list.next': ['j', 'Down'] },
      problem: null,
    })
    for (const [text, why] of [
      ['{"go.all": ', 'not valid JSON'],
      ['["a"]', 'not an object'],
      ['{"go.all": 3}', '“go.all” has no list'],
      ['{"go.all": ["1","2","3","4","5"]}', '“go.all” has no list'],
    ] as const) {
      writeFileSync(file, text)
      const read = await client.settings.keymap()
      expect(read.keymap).toEqual({})
      expect(read.problem).toContain(why)
    }
  })
})
