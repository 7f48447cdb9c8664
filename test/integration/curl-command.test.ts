import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bashPrintfFormat, bashQuote, bashQuoteBytes } from '#contract/bash-quote.ts'
import { curlCommand, type CurlRequest } from '#contract/curl-command.ts'
import type { RawHeader } from '#contract/http.ts'

const base: CurlRequest = {
  method: 'POST',
  origin: 'http://127.0.0.1:4100',
  target: '/hook',
  httpVersion: '1.1',
  rawHeaders: [],
  body: new Uint8Array(0),
}
const utf8 = (text: string) => new TextEncoder().encode(text)

/** Runs bash scripts in an empty folder; what they leave there or complain of is a failure. */
function bash(script: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bash-'))
  try {
    const run = spawnSync('bash', ['--norc'], {
      cwd: folder,
      input: Buffer.from(script),
      encoding: 'latin1',
      // Where the listener’s bytes are pasted; UTF-8 as everywhere today.
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
      maxBuffer: 64 * 1024 * 1024,
    })
    expect(run.stderr).toBe('')
    expect(readdirSync(folder)).toEqual([])
    return run.stdout.split('\0').slice(0, -1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const bytesText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
/** Bytes that a shell could take for more than themselves, far more often than chance has them. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "'",
          '"',
          '$(touch x)',
          '`touch x`',
          '\\',
          '!',
          '!!',
          '!$',
          '\n',
          ';touch x',
          '|touch x',
        ],
        ...[
          '&',
          '>x',
          '@/etc/passwd',
          '%s',
          "$'",
          '\u202E',
          '\u001B[2J',
          '\t',
          'é',
          '🎉',
          '\r',
          '~',
        ],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)
const withoutNul = nasty.map((text) => text.replaceAll('\0', ''))

describe('a word of bash', () => {
  it('is exactly the text, with history expansion on', () => {
    const words = fc.sample(withoutNul, 1_500)
    const script = words.map((word) => `printf '%s\\0' ${bashQuote(word)}\n`).join('')
    const read = bash(`set -o history -o histexpand\n${script}`)
    expect(read).toEqual(words.map((word) => bytesText(utf8(word))))
  })

  it('is exactly the bytes', () => {
    const words = fc.sample(fc.uint8Array({ min: 1, maxLength: 60 }), 800)
    const script = words.map((word) => `printf '%s\\0' ${bashQuoteBytes(word)}\n`).join('')
    expect(bash(`set -o history -o histexpand\n${script}`)).toEqual(words.map(bytesText))
  })

  it('has no control character in it, for it is pasted into a terminal', () => {
    fc.assert(
      fc.property(withoutNul, (text) => {
        expect(bashQuote(text)).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2066-\u2069]/u)
      }),
    )
  })

  it('is no option of printf where the bytes begin like one', () => {
    const bodies = ['-vPATH\0x', '--x\0', '-\0', '--\0-', '-v\0'].map((text) => Buffer.from(text))
    const script = bodies.map((body) => `printf ${bashPrintfFormat(body)}; printf '|'\n`).join('')
    const said = bodies.map((body) => `${bytesText(body)}|`).join('')
    expect(bash(`${script}printf '\\0%s\\0' "$PATH"`).join('\0')).toContain(`${said}\0/`)
  })

  it('refuses NUL', () => {
    expect(() => bashQuote('a\0b')).toThrow(RangeError)
  })
})

/** Stands in for curl: writes its arguments and, where they ask for it, its standard input. */
const STAND_IN = `set -o history -o histexpand
curl() {
  printf '%s\\0' "$#" "$@"
  if [[ "$*" == *"--data-binary @-"* ]]; then od -An -v -tx1 | tr -d ' \\n'; fi
  printf '\\0'
}
`

/** What a command hands to curl: its arguments, and its standard input as hex. */
function handedOver(commands: readonly string[]): { args: string[]; input: string }[] {
  const words = bash(`${STAND_IN}${commands.map((command) => `${command}\n`).join('')}`)
  const calls: { args: string[]; input: string }[] = []
  for (let at = 0; at < words.length;) {
    const count = Number(words[at])
    calls.push({ args: words.slice(at + 1, at + 1 + count), input: words[at + 1 + count] ?? '' })
    at += count + 2
  }
  return calls
}

function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((arg, index) => (arg === option ? [args[index + 1] ?? ''] : []))
}

const header = fc.tuple(
  fc.stringMatching(/^[!#$%&'*+.^_`|~\w-]{1,12}$/),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  }),
)
const hostile = fc.record({
  method: fc.stringMatching(/^[!#$%&'*+.^_`|~\w-]{1,10}$/),
  target: fc.stringMatching(/^\/[\x21-\x7e]{0,40}$/),
  rawHeaders: fc.array(header, { maxLength: 5 }),
  body: fc.oneof(fc.uint8Array({ maxLength: 80 }), withoutNul.map(utf8)),
})

it('hands method, target, headers and body to curl as they came, whatever is in them', () => {
  const requests = fc.sample(hostile, 400).map((parts) => ({ ...base, ...parts }))
  const calls = handedOver(requests.map((request) => curlCommand(request) ?? ''))
  expect(calls).toHaveLength(requests.length)
  for (const [index, { args, input }] of calls.entries()) {
    const { method, target, rawHeaders, body } = requests[index] ?? base
    if (!(body instanceof Uint8Array)) throw new Error('Bodies are bytes here.')
    const head = method === 'HEAD' && body.length === 0
    expect(valuesOf(args, '--request')).toEqual(head ? [] : [method])
    const sentTarget = valuesOf(args, '--request-target')[0]
    const url = args.find((arg) => arg.startsWith(base.origin)) ?? ''
    expect(sentTarget ?? url.slice(base.origin.length)).toBe(target)
    const expected = rawHeaders
      .filter(([name]) => !/^content-length$/i.test(name) && !/[\0\r\n]/.test(name))
      .map(([name, value]) => (value.trim() === '' ? `${name};` : `${name}: ${value}`))
    expect(valuesOf(args, '--header').slice(0, expected.length)).toEqual(expected)
    const inline = valuesOf(args, '--data-raw')[0]
    const sent = inline === undefined ? input : Buffer.from(inline, 'latin1').toString('hex')
    expect(sent).toBe(Buffer.from(body).toString('hex'))
    expect(valuesOf(args, '--data-binary').filter((value) => value !== '@-')).toEqual([])
  }
})

it('leaves out what would be another request, and names the file of a long body', () => {
  expect(curlCommand({ ...base, method: 'a b' })).toBeNull()
  const rawHeaders: RawHeader[] = [
    ['@/etc/passwd', 'x'],
    ['Host', '127.0.0.1:4100'],
    ['Content-Length', '9'],
    ['X-Empty', ''],
  ]
  const [call] = handedOver([
    curlCommand({ ...base, rawHeaders, body: { fileName: 'delivery-1.bin', byteLength: 12 } }) ??
      '',
  ])
  expect(valuesOf(call?.args ?? [], '--header')).toEqual([
    ...['X-Empty;', 'User-Agent:', 'Accept:', 'Content-Type:', 'Expect:'],
  ])
  expect(valuesOf(call?.args ?? [], '--data-binary')).toEqual(['@./delivery-1.bin'])
})

const curl = spawnSync('curl', ['--version']).error === undefined

/** What curl puts on the wire for a command. */
async function onTheWire(make: (origin: string) => string): Promise<string> {
  const seen: Buffer[] = []
  const server = createServer((socket) => {
    socket.on('data', (bytes: Buffer) => {
      if (seen.push(bytes) === 1) {
        setTimeout(
          () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
          150,
        )
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  const command = make(`http://127.0.0.1:${address.port}`)
  await new Promise((resolve) => {
    spawn('bash', ['--norc', '-c', command], { env: { PATH: process.env['PATH'] ?? '' } }).on(
      'close',
      resolve,
    )
  })
  await new Promise((resolve) => server.close(resolve))
  return Buffer.concat(seen).toString('latin1')
}

it.skipIf(!curl)(
  'puts the same bytes on the wire with a real curl (skipped without curl)',
  async () => {
    const rawHeaders: RawHeader[] = [
      ['Host', 'hooks.example.test'],
      ['x-b', 'two; "quoted" \u00E9'],
      ['X-A', '1'],
      ['x-b', "it's $HOME"],
      ['X-Empty', ''],
      ['Content-Length', '13'],
    ]
    const body = Uint8Array.from([
      0x40, 0x2f, 0x65, 0, 0xff, 0x0a, 0x25, 0x73, 0x27, 0x21, 0x5c, 0x6e, 0x0d,
    ])
    const target = "/a/../b?x=[1]&y={a,b}&q='`touch x`"
    const message = await onTheWire(
      (origin) => curlCommand({ ...base, origin, target, rawHeaders, body }) ?? '',
    )
    const lines = rawHeaders.map(([name, value]) =>
      value === '' ? `${name}:` : `${name}: ${value}`,
    )
    expect(message).toBe(
      `POST ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${bytesText(body)}`,
    )
  },
)
