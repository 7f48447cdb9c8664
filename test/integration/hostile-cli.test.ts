/** What senders, files and answers say reaches a terminal as text: looked at byte for byte. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { jsonLine } from '#cli/escape.ts'
import { outputTo, type Stream } from '#cli/output.ts'
import { runProgram } from '#cli/run-program.ts'
import { corpus } from '#test/hostile/corpus.ts'
import { type Placed, place } from '#test/hostile/placed.ts'
import { runCli } from './cli-process.ts'
import { openEngine, type OpenedEngine, post } from './opened-engine.ts'
import { listen } from './replay-rig.ts'

const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202e\u2066x\u200b'

/** What of it HTTP can carry in a head: C1 controls and what is beyond ASCII, as bytes. */
const IN_HEADERS = HOSTILE.replace(/\p{Cc}/gu, '') + '\u009b31m\u009d0;x\u009c'

let folder: string
let app: OpenedEngine
let placed: Placed
let answering: net.Server
let to: string

// A line of it is quick; there are many.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-hostile-'))
  placed = place(folder, corpus('terminal', 'deception', 'encoding'))
  app = await openEngine(folder)
  await app.client.endpoints.create({
    ...{ name: 'svix', path: '/svix', schemeId: 'svix' },
    secrets: [{ name: HOSTILE, text: `whsec_${'A'.repeat(32)}` }],
  })
  // An answer whose status text, headers and body are hostile; Node itself would not send it.
  answering = net.createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      const body = Buffer.from(HOSTILE)
      const head = `HTTP/1.1 500 ${IN_HEADERS}\r\nX-Hostile: ${IN_HEADERS}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
      socket.end(Buffer.concat([Buffer.from(head), body]))
    })
  })
  to = `http://127.0.0.1:${await listen(answering)}`
})
afterAll(async () => {
  answering.close()
  await app.engine.close()
  rmSync(folder, { recursive: true })
})

/** Written as code points, so that it does not share the pattern that it checks. */
function acts(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x0a && code !== 0x09) ||
    (code >= 0x7f && code <= 0x9f) ||
    [0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x180e, 0x2800, 0x3164, 0xfeff, 0xffa0].includes(code) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xe0000 && code <= 0xe0fff)
  )
}

/** What acts on a terminal in it, and where that was: nothing, if all is well. */
function harmIn(text: string, what: string): string[] {
  // Bytes of a text are its characters: what is no UTF-8 shows as U+FFFD here.
  const found = Array.from(text, (character) => character.codePointAt(0) ?? 0).filter(acts)
  return [...new Set(found)].map((code) => `${what}: U+${code.toString(16)}`)
}

/** C1 controls, which are bytes of UTF-8 too, stay. */
function withoutC0(text: string): string {
  return Array.from(text)
    .filter((character) => character.charCodeAt(0) >= 0x20)
    .join('')
}

const OWN_COLOURS = new RegExp(String.raw`${String.fromCharCode(0x1b)}\[(?:0|3[1-5]|90)m`, 'g')
const neverStopped = () => new AbortController().signal

/** Runs a command as a terminal with colours sees it; our own colours are taken out first. */
async function inTerminal(args: readonly string[], stdin = ''): Promise<string> {
  const pieces: Buffer[] = []
  const stream: Stream = {
    isTTY: true,
    write: (piece, done) => {
      pieces.push(Buffer.from(piece))
      done?.()
    },
    on: () => undefined,
  }
  const output = outputTo(stream, stream, { TERM: 'xterm' })
  const env = { ...process.env, SECRET: `whsec_${'B'.repeat(32)}` }
  const context = { output, stdin: Readable.from([stdin]), env, stopSignal: neverStopped }
  await runProgram(context, args)
  return Buffer.concat(pieces).toString().replace(OWN_COLOURS, '')
}

interface Ran {
  text: string
  /** What of it acts on a terminal. */
  harm: string[]
}

/** A command that escapes what it prints itself, without the net below it. */
async function commandRun(args: readonly string[], stdin = ''): Promise<Ran> {
  const env = { SECRET: `whsec_${'B'.repeat(32)}` }
  const { stdout, stderr } = await runCli(args, { env, stdin })
  const text = stdout.toString() + stderr
  const harm = [
    ...harmIn(stdout.toString(), `${args.join(' ')}: standard output`),
    ...harmIn(stderr, `${args.join(' ')}: standard error`),
  ]
  return { text, harm }
}

async function expectHarmlessCommand(args: readonly string[], stdin = ''): Promise<string> {
  const { text, harm } = await commandRun(args, stdin)
  expect(harm).toEqual([])
  return text
}

const at = () => ['--data-dir', folder]

it('lists', async () => {
  const text = await expectHarmlessCommand(['list', '--limit', '1000', ...at()])
  expect(text).toContain('\\x1b]0;owned')
  expect(text).toContain('\\u202e')
  expect(
    harmIn(await inTerminal(['list', '--limit', '1000', ...at()]), 'list in a terminal'),
  ).toEqual([])
  await expectHarmlessCommand(['list', '--limit', '1000', '--json', ...at()])
  await expectHarmlessCommand(['endpoints', 'list', ...at()])
  await expectHarmlessCommand(['endpoints', 'list', '--json', ...at()])
  await expectHarmlessCommand(['endpoints', 'show', 'svix', ...at()])
})

it('shows deliveries', async () => {
  const some = placed.rows.filter((_, index) => index % 24 === 0).map(({ id }) => id)
  const bundles = placed.bundles.map(({ id }) => id)
  for (const id of [...some, ...bundles.slice(0, 5)]) {
    const text = await expectHarmlessCommand(['show', String(id), ...at()])
    expect(text).toContain(`Delivery ${id}`)
  }
  const [bundle = 0] = bundles
  await expectHarmlessCommand(['show', String(bundle), '--json', ...at()])
})

it('shows raw messages and exports escaped in a terminal, as they are elsewhere', async () => {
  const { id = 0 } = placed.rows.find(({ payload }) => payload.text.includes(']0;owned')) ?? {}
  const raw = ['show', String(id), '--raw', ...at()]
  expect((await runCli(raw)).stdout.toString()).toContain('\u001b]0;owned')
  expect(harmIn(await inTerminal(raw), 'show --raw')).toEqual([])
  for (const format of ['ndjson', 'har', 'raw', 'curl-bash', 'postman', 'http-file']) {
    const text = await inTerminal(['export', String(id), '--format', format, ...at()])
    expect(harmIn(text, `export as ${format}`)).toEqual([])
  }
})

it('verifies and diagnoses', async () => {
  const head = `POST /x HTTP/1.1\r\nHost: h\r\nsvix-id: ${HOSTILE}\r\nsvix-timestamp: ${HOSTILE}\r\nsvix-signature: ${HOSTILE}\r\n\r\n`
  const message = `${head}{"type":"${HOSTILE}"}`
  const scheme = ['--scheme', 'svix', '--secret-env', 'SECRET']
  for (const command of ['verify', 'diagnose']) {
    for (const json of [[], ['--json']]) {
      const { harm } = await commandRun([command, '-', ...scheme, ...json], message)
      expect(harm).toEqual([])
    }
  }
  const ofCurl = await commandRun(['diagnose', '-', ...scheme], `curl '${HOSTILE}`)
  expect(ofCurl.harm).toEqual([])
})

it('replays, sends, checks and tests against a handler that answers hostilely', async () => {
  await post(`${app.url}/plain`, HOSTILE, ['Content-Type', 'text/plain'])
  await post(`${app.url}/plain`, JSON.stringify({ type: HOSTILE }))
  const { rows } = await app.client.deliveries.list({ limit: 2 })
  const ids = rows.map(({ id }) => String(id))
  for (const which of [ids.slice(0, 1), ids]) {
    const text = await expectHarmlessCommand(['replay', ...which, '--to', to, ...at()])
    expect(text).toMatch(/500/)
  }
  await expectHarmlessCommand(['replay', ids[0] ?? '', '--to', to, '--json', ...at()])
  await expectHarmlessCommand(['send', '--to', to, '--body-file', '-', ...at()], HOSTILE)
  const scheme = ['--scheme', 'svix', '--secret-env', 'SECRET']
  await expectHarmlessCommand(['check', '--to', to, ...scheme, '--only', 'accepts'])
  const fixtures = path.join(folder, 'fixtures')
  await expectHarmlessCommand(['fixtures', 'save', ...ids, '--dir', fixtures, ...at()])
  writeFileSync(path.join(fixtures, '\u202e\u001b[2J.webhook.json'), HOSTILE)
  await expectHarmlessCommand(['test', fixtures, '--to', to, ...at()])
})

it('imports, and says what is wrong with a file', async () => {
  const file = path.join(folder, '\u001b[2J\u202e.har')
  for (const content of [
    `{"log":{"entries":[{"request":{"method":"\\u001b[2J","url":"${withoutC0(HOSTILE)}"}}]}}`,
    `curl ${HOSTILE}`,
    HOSTILE,
  ]) {
    writeFileSync(file, content)
    const { harm } = await commandRun(['import', file, ...at()])
    expect(harm).toEqual([])
  }
})

it('follows what arrives', async () => {
  const stop = new AbortController()
  const lines: string[] = []
  const output = {
    ...outputTo(process.stdout, process.stderr, {}),
    line: (text: string) => void lines.push(text),
    json: (value: unknown) => void lines.push(jsonLine(value)),
    note: (text: string) => void lines.push(text),
  }
  const context = { output, stdin: process.stdin, env: process.env, stopSignal: () => stop.signal }
  const running = runProgram(context, ['listen', '--no-ui', ...at()])
  await expect
    .poll(() => lines.join('\n'), { timeout: 15_000 })
    .toContain('Following the Countersign')
  const body = JSON.stringify({ type: HOSTILE })
  const latin = withoutC0(Buffer.from(HOSTILE).toString('latin1'))
  await post(`${app.url}/arrives`, body, ['User-Agent', latin, 'Content-Type', 'application/json'])
  await expect.poll(() => lines.join('\n'), { timeout: 15_000 }).toContain('/arrives')
  stop.abort()
  await running
  expect(harmIn(lines.join('\n'), 'listen')).toEqual([])
})
