import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { Webhook } from 'svix'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cliSource, jsonLines, runCli, startListening, type Listening } from './cli-process.ts'

const SECRET = `whsec_${Buffer.from('an example secret of 32 bytes ..').toString('base64')}`

let dataDir: string
const running: Listening[] = []

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-cli-'))
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function listening(args?: readonly string[]): Promise<Listening> {
  const started = await startListening(dataDir, args)
  running.push(started)
  return started
}

function signed(body: string, id = 'msg_1'): Record<string, string> {
  const date = new Date()
  return {
    'svix-id': id,
    'svix-timestamp': String(Math.floor(date.getTime() / 1000)),
    'svix-signature': new Webhook(SECRET).sign(id, date, body),
    'content-type': 'application/json',
  }
}

const addSvix = () =>
  runCli(
    ['endpoints', 'add', 'Svix', '--path', '/svix', '--scheme', 'svix'].concat([
      '--secret-env',
      'SVIX_SECRET',
      '--data-dir',
      dataDir,
    ]),
    { env: { SVIX_SECRET: SECRET } },
  )

describe('listen --json', () => {
  it('says where it listens, then tells of each delivery, and drains on SIGTERM', async () => {
    expect((await addSvix()).code).toBe(0)
    const listener = await listening()
    expect(listener.first).toMatchObject({ event: 'listening', dataDir })
    const body = '{"type":"user.created"}'
    for (const headers of [signed(body), signed(body)]) {
      const answer = await fetch(`${listener.url}/svix`, { method: 'POST', headers, body })
      expect(answer.status).toBe(200)
    }
    await fetch(`${listener.url}/elsewhere?x=1`)
    const [first, second, third] = await listener.deliveries(3)
    expect(first).toMatchObject({
      event: 'delivery',
      id: 1,
      endpoint: 'Svix',
      method: 'POST',
      path: '/svix',
      bodyByteLength: body.length,
      messageId: 'msg_1',
      eventType: 'user.created',
      duplicate: null,
      verdict: 'valid',
      scheme: 'svix',
    })
    expect(Math.abs(Number(first?.['skewSeconds']))).toBeLessThan(10)
    expect(second?.['duplicate']).not.toBeNull()
    expect(third).toMatchObject({ endpoint: null, path: '/elsewhere', verdict: 'no-scheme' })
    expect(await listener.stop()).toBe(0)
    expect(
      jsonLines((await runCli(['list', '--json', '--data-dir', dataDir])).stdout),
    ).toHaveLength(3)
  }, 60_000)

  it('finishes a request that is on its way when SIGINT comes', async () => {
    const listener = await listening()
    const socket = connect(Number(new URL(listener.url).port), '127.0.0.1')
    const asked = 'Content-Length: 4\r\nExpect: 100-continue'
    socket.write(`POST /late HTTP/1.1\r\nHost: a\r\n${asked}\r\n\r\n`)
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 100 /)
    socket.write('ab')
    const stopped = listener.stop('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const answered = once(socket, 'data')
    socket.write('cd')
    expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 200 /)
    socket.destroy()
    expect(await stopped).toBe(0)
    const rows = jsonLines((await runCli(['list', '--json', '--data-dir', dataDir])).stdout)
    expect(rows[0]).toMatchObject({ path: '/late', bodyByteLength: 4 })
  }, 60_000)

  it('follows the one that runs, and refuses another port', async () => {
    const owner = await listening()
    const follower = await listening(['--no-ui'])
    expect(follower.first).toMatchObject({ url: owner.url, attached: true })
    await fetch(`${owner.url}/a`)
    expect(await follower.deliveries(1)).toHaveLength(1)
    const refused = await runCli(['listen', '--port', '1', '--data-dir', dataDir])
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(owner.url)])
    expect(await owner.stop()).toBe(0)
    expect(await follower.exited).toBe(1)
    expect(follower.stderr()).toContain('has ended')
  }, 60_000)

  it('ends quietly when nobody reads any more', async () => {
    const run = promisify(execFile)
    const script = `"${process.execPath}" "${cliSource}" listen --port 0 --no-ui --json --data-dir "${dataDir}" | head -n 1`
    const reader = run('sh', ['-c', script], { timeout: 20_000 })
    const waiter = runCli(['wait', '--timeout', '15', '--data-dir', dataDir])
    let status: Array<Record<string, unknown>> = []
    for (let attempt = 0; attempt < 50 && status.length === 0; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      status = []
      const { connectControlSocket } = await import('#engine/rpc/control-client.ts')
      const connection = await connectControlSocket(dataDir)
      if (connection === null) continue
      const { listening: where } = await connection.client.status.get()
      connection.close()
      if (where) {
        await fetch(where.url).catch(() => undefined)
        status = [where]
      }
    }
    const { stdout, stderr } = await reader
    expect(jsonLines(stdout)[0]).toMatchObject({ event: 'listening' })
    expect(stderr).toBe('')
    await waiter
  }, 60_000)
})

describe('endpoints', () => {
  it('adds from the environment and from standard input, lists without secrets, removes', async () => {
    const common = ['--data-dir', dataDir]
    expect((await addSvix()).stderr).toBe('')
    const both = await runCli(
      ['endpoints', 'add', 'Both', '--path', '/b/*', '--scheme', 'stripe', '--secret-stdin'].concat(
        ['--secret-env', 'OTHER', '--json', ...common],
      ),
      { stdin: 'whsec_one\n', env: { OTHER: 'whsec_two' } },
    )
    const secrets = jsonLines(both.stdout)[0]?.['secrets']
    expect(secrets).toMatchObject([{ name: 'standard input' }, { name: 'OTHER' }])
    const listed = await runCli(['endpoints', 'list', '--json', ...common])
    expect(jsonLines(listed.stdout).map(({ name }) => name)).toEqual(['Svix', 'Both'])
    expect(String(listed.stdout)).not.toContain('whsec_')
    const taken = await addSvix()
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('endpoints remove')])
    expect((await runCli(['endpoints', 'remove', 'Svix', ...common])).code).toBe(0)
    const gone = await runCli(['endpoints', 'remove', 'Svix', ...common])
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('There are: Both')])
  }, 60_000)

  it.each([
    ['an absent variable', ['--secret-env', 'NOT_THERE'], 'not set'],
    ['an empty variable', ['--secret-env', 'EMPTY'], 'empty'],
    ['a secret instead of a variable', ['--secret-env', 'whsec_+/='], 'name of an environment'],
    ['an unknown option', ['--secret', 'x'], '--help'],
    ['an unknown scheme', ['--scheme', 'nope'], 'There are: '],
  ])(
    'exits 2 for %s',
    async (_, args, said) => {
      const outcome = await runCli(
        ['endpoints', 'add', 'X', '--path', '/x', ...args, '--data-dir', dataDir],
        { env: { EMPTY: '' } },
      )
      expect([outcome.code, outcome.stderr]).toEqual([2, expect.stringContaining(said)])
      expect(outcome.stderr).not.toContain('whsec_+/=')
    },
    30_000,
  )
})

describe('show, replay and wait', () => {
  it('gives back the bytes, sends them again, and waits for what fits', async () => {
    expect((await addSvix()).code).toBe(0)
    const listener = await listening()
    const common = ['--data-dir', dataDir]
    const body = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x1b, 0x80])
    const waiting = runCli(['wait', '--verdict', 'unsigned', '--timeout', '20', ...common])
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const json = '{"type":"a"}'
    await fetch(`${listener.url}/svix`, { method: 'POST', headers: signed(json), body: json })
    await fetch(`${listener.url}/svix`, { method: 'POST', body })
    const waited = await waiting
    expect(jsonLines(waited.stdout)).toMatchObject([
      { id: 2, verdict: 'unsigned', endpoint: 'Svix' },
    ])

    const { stdout } = await runCli(['show', '2', '--raw', ...common])
    const end = stdout.indexOf('\r\n\r\n')
    expect(stdout.subarray(end + 4).equals(body)).toBe(true)
    expect(String(stdout)).toMatch(/^POST \/svix HTTP\/1\.1\r\n/)
    const people = await runCli(['show', '2', ...common])
    expect(people.stdout.includes(0x1b)).toBe(false)
    expect(String(people.stdout)).toContain('unsigned')
    const shown = jsonLines((await runCli(['show', '1', '--json', ...common])).stdout)[0]
    expect(shown).toMatchObject({ id: 1, bodyBase64: Buffer.from(json).toString('base64') })

    const raw = await runCli(['show', '1', '--raw', ...common])
    const verified = await runCli(['verify', '-', '--scheme', 'svix', '--secret-env', 'S'], {
      stdin: raw.stdout,
      env: { S: SECRET },
    })
    expect([verified.code, String(verified.stdout)]).toEqual([0, expect.stringContaining('valid')])

    const received: Array<{ id: unknown; body: string }> = []
    const target = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => (text += String(chunk)))
      request.on('end', () => {
        new Webhook(SECRET).verify(text, signedHeaders(request.headers))
        received.push({ id: request.headers['svix-id'], body: text })
        response.writeHead(202).end('thanks')
      })
    })
    target.listen(0, '127.0.0.1')
    await once(target, 'listening')
    const address = target.address()
    const to = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/in`
    const again = await runCli([
      'replay',
      '1',
      '--to',
      to,
      '--resign',
      '--message-id',
      'new',
      '--json',
      ...common,
    ])
    target.close()
    expect(jsonLines(again.stdout)).toMatchObject([{ answer: { status: 202, bodyText: 'thanks' } }])
    expect(received).toMatchObject([{ body: json }])
    expect(received[0]?.id).not.toBe('msg_1')
    const nowhere = await runCli(['replay', '1', '--to', 'http://127.0.0.1:1/', ...common])
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('No answer came')])
  }, 90_000)

  it('works without a running engine, and says what to do when there is nothing', async () => {
    const common = ['--data-dir', dataDir]
    const listed = await runCli(['list', ...common])
    expect([listed.code, listed.stderr]).toEqual([0, expect.stringContaining('countersign listen')])
    const shown = await runCli(['show', '9', ...common])
    expect([shown.code, shown.stderr]).toEqual([1, expect.stringContaining('countersign list')])
    expect((await runCli(['show', 'nine', ...common])).code).toBe(2)
    const waited = await runCli(['wait', '--timeout', '1', ...common])
    expect([waited.code, waited.stderr]).toEqual([1, expect.stringContaining('countersign listen')])
  }, 60_000)

  it('lets many commands at once open the data directory, one after the other', async () => {
    const outcomes = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        runCli(
          ['endpoints', 'add', `E${n}`, '--path', `/${n}`, '--scheme', 'github'].concat([
            '--secret-env',
            'S',
            '--data-dir',
            dataDir,
          ]),
          { env: { S: 'secret' } },
        ),
      ),
    )
    expect(outcomes.map(({ code, stderr }) => [code, stderr])).toEqual(outcomes.map(() => [0, '']))
    const listed = await runCli(['endpoints', 'list', '--json', '--data-dir', dataDir])
    expect(jsonLines(listed.stdout)).toHaveLength(4)
  }, 60_000)
})

function signedHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) => [name, String(headers[name])]),
  )
}
