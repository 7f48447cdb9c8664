import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Webhook } from 'svix'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { cliSource, jsonLines, runCli } from './cli-process.ts'
import { newestRow, openEngine, type OpenedEngine, post, until } from './opened-engine.ts'
import { listen } from './replay-rig.ts'

const SECRET = whsec('cli replay')

interface Seen {
  request: http.IncomingMessage
  body: string
}

let dataDir: string
let app: OpenedEngine
let ids: number[]
const seen: Seen[] = []
let decide: (body: string) => number | null = () => 200
let handler: http.Server
let to = ''

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-test-'))
  app = await openEngine(dataDir)
  await app.client.endpoints.create({
    name: 'svix',
    path: '/svix',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })
  ids = []
  for (const body of ['{"n":1}', '{"n":2}', '{"n":3}']) {
    await post(`${app.url}/svix`, body, svixHeaders(SECRET, body, { id: `msg_${body}` }))
    ids.push((await newestRow(app.client)).id)
  }
  handler = http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      seen.push({ request, body })
      const status = decide(body)
      if (status !== null) response.writeHead(status, { 'X-Answer': '1' }).end('thanks')
    })
  })
  to = `http://127.0.0.1:${await listen(handler)}`
})
afterEach(() => {
  seen.length = 0
  decide = () => 200
})
afterAll(async () => {
  handler.close()
  handler.closeAllConnections()
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const replay = (args: readonly (string | number)[], env: Record<string, string> = {}) =>
  runCli(['replay', ...args.map(String), '--data-dir', dataDir], { env })

describe('one delivery', () => {
  it('shows its whole answer, and an answer is a success whatever it says', async () => {
    decide = () => 500
    const { code, stdout } = await replay([ids[0] ?? 0, '--to', to])
    expect(code).toBe(0)
    expect(String(stdout)).toMatch(/^Replay \d+ to .*\n500 Internal Server Error in \d+ ms\n/)
    expect(String(stdout)).toContain('X-Answer: 1')
  })

  it('is edited and signed anew', async () => {
    const file = path.join(dataDir, 'body.json')
    writeFileSync(file, '{"edited":true}')
    const edits = ['--method', 'PUT', '--body-file', file, '--set-header', 'X-New: a: b']
    const removed = ['--set-header', 'content-type:', '--resign', '--message-id', 'new']
    const { code } = await replay([ids[0] ?? 0, '--to', `${to}/in`, ...edits, ...removed])
    expect(code).toBe(0)
    const [{ request, body } = { request: null, body: '' }] = seen
    expect(request).toMatchObject({ method: 'PUT', url: '/in' })
    expect(request?.headers['x-new']).toBe('a: b')
    expect(request?.headers).not.toHaveProperty('content-type')
    const headers = Object.fromEntries(
      Object.entries(request?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    expect(body).toBe('{"edited":true}')
    expect(() => new Webhook(SECRET).verify(body, headers)).not.toThrow()
  })

  it('is signed with a secret of the environment, at another moment', async () => {
    const other = whsec('of the environment')
    const args = [ids[0] ?? 0, '--to', to, '--resign', '--secret-env', 'S', '--timestamp', '-60']
    expect((await replay(args, { S: other })).code).toBe(0)
    const headers: http.IncomingHttpHeaders = seen[0]?.request.headers ?? {}
    const skew = Number(headers['svix-timestamp']) - Date.now() / 1000
    expect(skew).toBeGreaterThan(-70)
    expect(skew).toBeLessThan(-55)
    const text = (name: string) => String(headers[name])
    const signed = {
      'svix-id': text('svix-id'),
      'svix-timestamp': text('svix-timestamp'),
      'svix-signature': text('svix-signature'),
    }
    expect(() => new Webhook(other).verify(seen[0]?.body ?? '', signed)).not.toThrow()
  })
})

describe('several', () => {
  it('tell a line each and a summary; all below 400 is a success', async () => {
    const { code, stdout, stderr } = await replay([...ids, '--to', to])
    expect([code, stderr]).toEqual([0, ''])
    const lines = String(stdout).trimEnd().split('\n')
    expect(lines.slice(0, 3)).toEqual(
      ids.map((id) => expect.stringMatching(new RegExp(`^${id}  POST /svix  200 in \\d+ ms$`))),
    )
    expect(lines[3]).toBe('3 of 3 sent: 3 × 200')
    expect(lines[4]).toMatch(/^half within [\d.]+ ms, .*longest [\d.]+ ms$/)
  })

  it('of a query, as JSON; one that fails is the exit code', async () => {
    decide = (body) => (body === '{"n":2}' ? 404 : 200)
    const query = ['--query', 'path:/svix -is:replay', '--concurrency', '2', '--json']
    const { code, stdout, stderr } = await replay(['--to', to, ...query])
    const lines = jsonLines(stdout)
    expect(lines.slice(0, -1).map(({ event, status }) => [event, status])).toEqual([
      ['replay', 200],
      ['replay', 404],
      ['replay', 200],
    ])
    expect(lines[3]).toMatchObject({ event: 'summary', state: 'done', sent: 3, failed: 1 })
    expect([code, stderr]).toEqual([1, '1 of 3 failed.\n'])
  })

  it('stop at the first failure', async () => {
    decide = () => 500
    const { code, stdout } = await replay([...ids, '--to', to, '--stop-on-failure'])
    expect(code).toBe(1)
    expect(String(stdout)).toContain('1 of 3 sent: 1 × 500')
    expect(seen).toHaveLength(1)
  })

  it('are cancelled by Ctrl-C, which still prints the summary', async () => {
    decide = (body) => (body === '{"n":1}' ? 200 : null)
    const args = ['replay', ...ids.map(String), '--to', to, '--data-dir', dataDir]
    const child = spawn(process.execPath, [cliSource, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    child.stdout.on('data', (chunk) => (stdout += String(chunk)))
    const waits = () => seen.length === 2 && stdout.includes('200 in')
    await until(waits, 'the second one waits', 60_000)
    child.kill('SIGINT')
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(stdout).toContain('The request was cancelled.')
    expect(stdout).toContain('2 of 3 sent: 1 × 200, 1 × cancelled')
  }, 90_000)
})

describe('what is not sent', () => {
  it.each([
    [[], 2, 'Say what to send'],
    [[1, '--query', 'path:/x'], 2, 'not both'],
    [[1, '--secret-env', 'S'], 2, 'add --resign'],
    [[1, 2, '--rate', '5', '--gaps'], 2, 'not both'],
    [[1, '--set-header', 'nonsense'], 2, 'A header is'],
    [[1, '--timestamp', 'soon', '--resign'], 2, 'seconds from now'],
    [['--query', 'path:/nowhere'], 1, 'nothing to send'],
    [[1, '--set-header', 'A: b\r\nEvil: 1'], 1, 'Nothing was sent.'],
  ])('%j ends with %i', async (args, code, sentence) => {
    const done = await replay([...args, '--to', to])
    expect([done.code, done.stderr]).toEqual([code, expect.stringContaining(sentence)])
    expect(seen).toHaveLength(0)
  })

  it('to another computer, unless it is allowed for this run', async () => {
    const remote = ['--to', 'http://host.invalid/']
    for (const which of [ids.slice(0, 1), ids]) {
      const refused = await replay([...which, ...remote])
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--allow-remote')])
      const tried = await replay([...which, ...remote, '--allow-remote'])
      expect(tried.code).toBe(1)
      const told = String(tried.stdout) + tried.stderr
      expect(told).toContain('host.invalid')
      expect(told).not.toContain('--allow-remote')
      expect(await app.client.hosts.list()).toEqual([])
    }
  })
})
