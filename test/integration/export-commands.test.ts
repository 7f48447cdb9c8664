import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { joined, madeExported } from '#engine/interchange/export/made-delivery.fixture.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { makeExportWriter } from '#engine/interchange/export/make-export-writer.ts'
import { codeTargets } from '#engine/interchange/export/code-targets.ts'

/** What a captured request would do if a byte of it were taken for a command. */
const CANARY = 'touch canary'
const NASTY = [
  ...["'", '"', '`touch canary`', '$(touch canary)', ';touch canary;', '|touch canary'],
  ...[
    '&touch canary&',
    '\n',
    '\r\n',
    '\\',
    '!',
    '!!',
    '%PATH%',
    '^',
    '${HOME}',
    '#{`touch canary`}',
  ],
  ...[
    '@/etc/passwd',
    '@canary',
    "'; touch canary #",
    '\\"',
    '{{x}}',
    '?>',
    '*/',
    '\0',
    '<',
    '>x',
    '\t',
  ],
  ...['BODY\n', 'é', '\u202E', '-o canary', '--config x', '%{url}', 'rem', ')'],
]
const nastyText = fc
  .array(fc.constantFrom(...NASTY), { maxLength: 8 })
  .map((parts) => parts.join(''))
const headerValue = nastyText.map((text) =>
  Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[\0\r\n]/g, '')
    .trim(),
)
const hostile = fc.record({
  target: fc.oneof(
    fc.stringMatching(/^\/[\x21-\x7e]{0,30}$/),
    fc.constantFrom('/a/../b?x={a,b}[1-9]', "/'`touch${IFS}canary`?$(touch)", '/%7e/"x"'),
  ),
  headers: fc.array(
    fc.tuple(fc.stringMatching(/^[A-Za-z!#$%&'*+.^_`|~-][\w-]{0,10}$/), headerValue),
    { maxLength: 4 },
  ),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    nastyText.map((text) => Buffer.from(text)),
  ),
})
const CLIENT_HEADERS =
  /^(?:host|content-length|transfer-encoding|connection|expect|user-agent|accept|content-type)$/i

interface Received {
  head: string
  body: Buffer
}

const received: Received[] = []
let server: Server
let origin = ''
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-export-'))
  server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = bytes.toString('latin1', 0, end + 4)
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (bytes.length < end + 4 + length) return
      received.push({ head, body: bytes.subarray(end + 4) })
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  origin = `http://127.0.0.1:${address.port}`
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await new Promise((resolve) => server.close(resolve))
})

async function exported(
  format: Parameters<typeof makeExportWriter>[0],
  deliveries: readonly ExportedDelivery[],
  target: string | null = null,
): Promise<Buffer> {
  const writer = await makeExportWriter(format, {
    ...{ url: origin, captureUrl: origin, target, version: '1' },
  })
  const pieces = [...writer.begin()]
  for (const each of deliveries) pieces.push(...writer.delivery(each))
  return joined([...pieces, ...writer.end()])
}

/** Runs a program in the empty folder; what it leaves there beside `script` is a failure. */
async function run(command: string, args: readonly string[], script: string, text: Buffer) {
  writeFileSync(path.join(folder, script), text)
  received.length = 0
  const child = spawn(command, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', GOFLAGS: '-mod=mod' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  expect(readdirSync(folder)).toEqual([script])
  rmSync(path.join(folder, script))
  return { received: [...received], stderr }
}

const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const hasCurl = has('curl', '--version')

it.skipIf(!hasCurl)(
  'bash: every delivery of the script arrives byte for byte, and nothing else happens (skipped without curl)',
  async () => {
    const samples = fc.sample(hostile, 60)
    const deliveries = samples.map(({ target, headers, body }, index) => {
      const rawHeaders = headers.filter(([name]) => !CLIENT_HEADERS.test(name))
      return madeExported({ id: index + 1, target, rawHeaders, eventType: `x\n${CANARY}\n'` }, body)
    })
    const long = Buffer.alloc(70_000, 'BODY\n`touch canary`\0\xff', 'latin1')
    deliveries.push(madeExported({ rawHeaders: [['Content-Type', 'x/y']] }, long, 1000))
    const script = await exported('curl-bash', deliveries)
    const { received: sent, stderr } = await run('bash', ['--norc', 'script'], 'script', script)
    expect(stderr.match(/^curl: .*/gm)).toBeNull()
    expect(sent).toHaveLength(deliveries.length)
    for (const [index, { head, body }] of sent.entries()) {
      const { delivery, body: expected } = deliveries[index] ?? madeExported()
      expect(body.equals(joined(expected.chunks()))).toBe(true)
      expect(head.split('\r\n')[0]).toBe(`POST ${delivery.target} HTTP/1.1`)
      const lines = head.split('\r\n').slice(1, -2)
      const others = lines.filter((line) => !/^(?:Host|Content-Length):/.test(line))
      expect(others).toEqual(
        delivery.rawHeaders.map(([name, value]) =>
          value === '' ? `${name}:` : `${name}: ${value}`,
        ),
      )
    }
  },
  60_000,
)

/** Where a language runs here, how its program is started. */
const runs: Readonly<Record<string, readonly [string, string[], string]>> = {
  'node-fetch': [process.execPath, ['script.mjs'], 'script.mjs'],
  'node-http': [process.execPath, ['script.cjs'], 'script.cjs'],
  'php-curl': ['php', ['script.php'], 'script.php'],
  'python-requests': ['python3', ['script.py'], 'script.py'],
  ruby: ['ruby', ['script.rb'], 'script.rb'],
  go: ['go', ['run', 'script.go'], 'script.go'],
}
const able: Readonly<Record<string, boolean>> = {
  'node-fetch': true,
  'node-http': true,
  'php-curl': has('php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'),
  'python-requests': has('python3', '-c', 'import requests'),
  ruby: has('ruby', '-e', 'require "net/http"'),
  go: has('go', 'version'),
}

for (const [target, [command, args, script]] of Object.entries(runs)) {
  it.skipIf(able[target] !== true)(
    `${target}: the program sends the body and headers, and nothing captured acts (skipped where it cannot run)`,
    async () => {
      // A compiler takes its time for each.
      for (const { body, headers } of fc.sample(hostile, target === 'go' ? 2 : 6)) {
        const unique = new Map<string, RawHeader>()
        for (const [index, [, value]] of headers.entries()) {
          unique.set(`x-h${index}`, [`X-H${index}`, value.replace(/[^\x20-\x7e]/g, '').trim()])
        }
        unique.set('content-type', ['Content-Type', 'x/y'])
        const rawHeaders = [...unique.values()].filter(([, value]) => value !== '')
        const delivery = madeExported({ rawHeaders, target: '/p?a=%20&b={c}' }, body)
        const text = await exported('code', [delivery], target)
        const { received: sent, stderr } = await run(command, args, script, text)
        // What it complains of, where it sent nothing.
        expect(sent.length === 1 ? '' : stderr + text.toString()).toBe('')
        expect(sent[0]?.head.split('\r\n')[0]).toBe('POST /p?a=%20&b=%7Bc%7D HTTP/1.1')
        expect(bodyOf(sent[0]).toString('latin1')).toBe(Buffer.from(body).toString('latin1'))
        for (const [name, value] of rawHeaders) {
          const line = `\r\n${name.toLowerCase()}: ${value}\r\n`.toLowerCase()
          expect(sent[0]?.head.toLowerCase()).toContain(line)
        }
      }
    },
    60_000,
  )
}

/** A body without a length comes in chunks (node:http). */
function bodyOf(request: Received | undefined): Buffer {
  if (!request) return Buffer.alloc(0)
  if (!/transfer-encoding: chunked/i.test(request.head)) return request.body
  const size = Number.parseInt(request.body.toString('latin1'), 16)
  const start = request.body.indexOf('\r\n') + 2
  return request.body.subarray(start, start + size)
}

it('writes for every target of code what a hostile delivery leaves harmless', async () => {
  for (const { id } of codeTargets()) {
    const marker = 'MARKER"\'`$(x)#{y}${z}\\'
    const delivery = madeExported({ rawHeaders: [['X-A', marker]], target: '/a' }, marker)
    const text = (await exported('code', [delivery], id)).toString()
    // Whatever the language: no text of the delivery stands there unescaped.
    expect(text).not.toContain(marker)
    expect(text.match(/MARKER/g)).toHaveLength(2)
  }
})
