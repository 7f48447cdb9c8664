/**
 * PowerShell and cmd.exe do not run here: their scripts are read by small models of how those shells
 * are documented to read them, and what the models hand over is given to the real curl.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cmdQuote } from '#engine/interchange/export/cmd-quote.ts'
import { powershellQuote } from '#engine/interchange/export/powershell-quote.ts'
import { joined, madeExported } from '#engine/interchange/export/made-delivery.fixture.ts'
import { makeExportWriter } from '#engine/interchange/export/make-export-writer.ts'

const printable = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '"',
          '\\',
          '\\"',
          '%PATH%',
          '%',
          '^',
          '&calc&',
          '|x',
          '!x!',
          "'",
          '`',
          '$(x)',
          ' ',
          ')',
        ],
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join('')),
)

/** Microsoft, "Parsing C command-line arguments": how a program splits its command line. */
function programArguments(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const slashes = /^\\+/.exec(line.slice(at))?.[0].length ?? 0
    if (slashes > 0) {
      const beforeQuote = line[at + slashes] === '"'
      word = (word ?? '') + '\\'.repeat(beforeQuote ? Math.floor(slashes / 2) : slashes)
      at += slashes - 1
      if (beforeQuote && slashes % 2 === 1) {
        word += '"'
        at++
      }
    } else if (line[at] === '"') {
      word ??= ''
      quoted = !quoted
    } else if (!quoted && /[ \t]/.test(line[at] ?? '')) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + (line[at] ?? '')
  }
  if (quoted) throw new Error('A quote is not closed.')
  return word === null ? words : [...words, word]
}

/**
 * A line of a batch file as cmd.exe reads it (https://ss64.com/nt/syntax-esc.html, Microsoft's page on
 * cmd): first variables, where `%%` is one percent sign; then carets and quotes, outside of which
 * `& | < > ( )` act. Acting is an error here.
 */
function cmdLine(line: string, env: Readonly<Record<string, string>>): string {
  const expanded = line.replace(/%%|%(\w+)%|%/g, (all, name: string | undefined) => {
    if (all === '%%') return '%'
    const value = name === undefined ? undefined : env[name]
    if (value === undefined) throw new Error(`A variable acts in ${line}`)
    return value
  })
  let out = ''
  let quoted = false
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at] ?? ''
    if (!quoted && character === '^') out += expanded[++at] ?? ''
    else if (!quoted && /[&|<>()]/.test(character)) throw new Error(`${character} acts in ${line}`)
    else {
      if (character === '"') quoted = !quoted
      out += character
    }
  }
  return out
}

describe('cmd.exe', () => {
  it('hands every printable text over as one argument', () => {
    fc.assert(
      fc.property(fc.array(printable, { minLength: 1, maxLength: 4 }), (texts) => {
        const line = `curl.exe ${texts.map(cmdQuote).join(' ')}`
        expect(programArguments(cmdLine(line, {}))).toEqual(['curl.exe', ...texts])
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses what cannot be quoted', () => {
    for (const text of ['a\nb', 'a\0', 'é', '\t']) expect(() => cmdQuote(text)).toThrow(RangeError)
  })
})

/** A literal of PowerShell between single quotes (about_Quoting_Rules); the rest of the text follows. */
function powershellLiteral(text: string): { value: string; rest: string } {
  const found = /^'((?:[^'\u2018-\u201b]|'')*)'(?!')/.exec(text)
  if (!found) throw new Error(`No literal: ${text.slice(0, 60)}`)
  return { value: (found[1] ?? '').replaceAll("''", "'"), rest: text.slice(found[0].length) }
}

it('PowerShell reads a literal as exactly the text', () => {
  fc.assert(
    fc.property(printable, fc.string(), (text, behind) => {
      const after = ` ${behind}`
      expect(powershellLiteral(powershellQuote(text) + after)).toEqual({ value: text, rest: after })
    }),
    { numRuns: 2_000 },
  )
})

/** How Windows PowerShell 5.1 and PowerShell 7.3 make a command line of arguments (about_Parsing). */
const passing = {
  'Windows PowerShell 5.1': (words: readonly string[]) =>
    words
      .filter((word) => word !== '')
      .map((word) => (/\s/.test(word) ? `"${word}"` : word))
      .join(' '),
  'PowerShell 7.3': (words: readonly string[]) =>
    words
      .map((word) => {
        if (word !== '' && !/[\s"]/.test(word)) return word
        return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
      })
      .join(' '),
}

/** What a script calls: arguments of curl, and the files that it writes before. */
interface Call {
  args: string[]
  files: Map<string, Buffer>
}

const tempFile = (variable: string) => `temp-${variable}`
/** Where a batch file writes. */
const underTemp = (text: string) => text.replace('%TEMP%\\', 'temp-')

/** Reads the statements that our PowerShell scripts consist of; anything else is an error. */
function powershellCalls(script: string, pass: (words: readonly string[]) => string): Call[] {
  const calls: Call[] = []
  let files = new Map<string, Buffer>()
  let words: string[] = []
  let rest = script
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest)
    if (found?.index !== 0) return null
    rest = rest.slice(found[0].length)
    return found
  }
  const literal = (): string => {
    const read = powershellLiteral(rest)
    rest = read.rest
    return read.value
  }
  while (rest !== '') {
    if (take(/^(?:#[ -~]*)?\n/) || take(/^Remove-Item -LiteralPath \$\w+(?:, \$\w+)*\n/)) continue
    if (take(/^\$(\w+) = \[IO\.Path\]::GetTempFileName\(\)\n/)) continue
    const opened = take(/^\$stream = \[IO\.File\]::OpenWrite\(\$(\w+)\)\n/)
    const target = opened ?? take(/^\[IO\.File\]::WriteAll(Lines|Bytes)\(\$(\w+), /)
    if (opened) {
      const parts: Buffer[] = []
      while (take(/^\$bytes = \[Convert\]::FromBase64String\(/)) {
        parts.push(Buffer.from(literal(), 'base64'))
        if (!take(/^\); \$stream\.Write\(\$bytes, 0, \$bytes\.Length\)\n/)) throw new Error(rest)
      }
      if (!take(/^\$stream\.Dispose\(\)\n/)) throw new Error(rest.slice(0, 80))
      files.set(tempFile(opened[1] ?? ''), Buffer.concat(parts))
    } else if (target?.[1] === 'Lines') {
      if (!take(/^\[string\[\]\]@\(\n/)) throw new Error(rest.slice(0, 80))
      const lines: string[] = []
      while (take(/^ {2}/)) {
        lines.push(literal())
        take(/^,?\n/)
      }
      if (!take(/^\)\)\n/)) throw new Error(rest.slice(0, 80))
      files.set(tempFile(target[2] ?? ''), Buffer.from(lines.map((line) => `${line}\r\n`).join('')))
    } else if (target) {
      const ascii = take(/^\[Text\.Encoding\]::ASCII\.GetBytes\(/) !== null
      if (!ascii && !take(/^\[Convert\]::FromBase64String\(/)) throw new Error(rest.slice(0, 80))
      files.set(tempFile(target[2] ?? ''), Buffer.from(literal(), ascii ? 'latin1' : 'base64'))
      if (!take(/^\)\)\n/)) throw new Error(rest.slice(0, 80))
    } else if (take(/^\$arguments = @\(\n/)) {
      words = []
      while (take(/^ {2}/)) {
        const expanded =
          take(/^"(@?)\$(\w+)"\n/) ?? take(/^()\$(\w+)\n/) ?? take(/^"()(--config)"\n/)
        if (expanded?.[2] === '--config') words.push('--config')
        else if (expanded) words.push(`${expanded[1] ?? ''}${tempFile(expanded[2] ?? '')}`)
        else {
          words.push(literal())
          take(/^\n/)
        }
      }
      if (!take(/^\)\n/)) throw new Error(rest.slice(0, 80))
    } else if (take(/^curl\.exe @arguments\n/)) {
      calls.push({ args: programArguments(pass(words)), files })
      files = new Map()
    } else throw new Error(`No statement of ours: ${rest.slice(0, 80)}`)
  }
  return calls
}

/** Reads the lines that our batch files consist of; anything else is an error. */
function cmdCalls(script: string): Call[] {
  const calls: Call[] = []
  let files = new Map<string, Buffer>()
  const encoded = new Map<string, string>()
  const lines = script.replaceAll(' ^\r\n', ' ').split('\r\n')
  const env = { TEMP: 'temp' }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const written = /^>"(%TEMP%\\[\w.-]+)" \($/.exec(line)
    const decoded = /^certutil -f -decode "(%TEMP%\\[\w.-]+)" "(%TEMP%\\[\w.-]+)" >nul$/.exec(line)
    if (line === '' || /^(?:@echo off|setlocal DisableDelayedExpansion|endlocal)$/.test(line))
      continue
    if (/^rem [ -~]*$/.test(line) || /^del "%TEMP%\\[\w.-]+"$/.test(line)) continue
    if (written) {
      let text = ''
      for (at++; lines[at] !== ')'; at++) {
        const echoed = /^echo ([A-Za-z0-9+/=]{4,64})$/.exec(lines[at] ?? '')
        if (!echoed) throw new Error(`No line of base64: ${lines[at]}`)
        text += echoed[1] ?? ''
      }
      encoded.set(underTemp(written[1] ?? ''), text)
    } else if (decoded) {
      const text = encoded.get(underTemp(decoded[1] ?? '')) ?? ''
      files.set(underTemp(decoded[2] ?? ''), Buffer.from(text, 'base64'))
    } else if (line.startsWith('curl.exe ')) {
      expect(line.length).toBeLessThan(8_191)
      const [, ...args] = programArguments(cmdLine(line, env))
      calls.push({ args: args.map((arg) => arg.replace('temp\\', 'temp-')), files })
      files = new Map()
    } else throw new Error(`No line of ours: ${line.slice(0, 80)}`)
  }
  return calls
}

const received: { head: string; body: Buffer }[] = []
let server: Server
let origin = ''
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'countersign-windows-'))
  server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const end = bytes.indexOf('\r\n\r\n')
      if (end === -1) return
      const head = bytes.toString('latin1', 0, end)
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      if (bytes.length < end + 4 + length) return
      received.push({ head, body: bytes.subarray(end + 4) })
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
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

const headerValue = fc
  .oneof(
    printable,
    fc.string({
      unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    }),
  )
  .map((text) => text.replace(/\x7f/g, '').trim())
const hostile = fc.record({
  target: fc.oneof(
    fc.stringMatching(/^\/[\x21-\x7e]{0,30}$/),
    fc.constant('/a/../%PATH%?{a}&b=^"'),
  ),
  headers: fc.array(fc.tuple(fc.stringMatching(/^X-[A-Za-z!#$%&'*+.^_`|~-]{0,10}$/), headerValue), {
    maxLength: 4,
  }),
  body: fc.oneof(
    printable.map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 60 }),
    fc.constant(Buffer.alloc(70_000, 'x"%\n\0', 'latin1')),
  ),
})

const shells: readonly (readonly [
  string,
  'curl-powershell' | 'curl-cmd',
  (text: string) => Call[],
])[] = [
  ...Object.entries(passing).map(
    ([name, pass]) =>
      [name, 'curl-powershell', (text: string) => powershellCalls(text, pass)] as const,
  ),
  ['cmd.exe', 'curl-cmd', cmdCalls] as const,
]

describe.skipIf(spawnSync('curl', ['--version']).status !== 0)(
  'what the shells hand over arrives byte for byte (skipped without curl)',
  () => {
    it.each(shells)('%s', async (_, format, read) => {
      const samples = fc.sample(hostile, 25)
      const writer = await makeExportWriter(format, {
        ...{ url: origin, captureUrl: origin, target: null, version: '1' },
      })
      const pieces = [...writer.begin()]
      for (const { target, headers, body } of samples) {
        const rawHeaders = headers.map(([name, value]): [string, string] => [name, value])
        const delivery = { target, rawHeaders, eventType: '%x% & "calc"\r\ncalc' }
        pieces.push(...writer.delivery(madeExported(delivery, body, 1000)))
      }
      const script = joined([...pieces, ...writer.end()]).toString('latin1')
      expect(script).toMatch(/^[\r\n -~]*$/)
      const calls = read(script)
      expect(calls).toHaveLength(samples.length)
      for (const [index, { args, files }] of calls.entries()) {
        const { target, headers, body } = samples[index] ?? { target: '', headers: [], body: [] }
        for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes)
        received.length = 0
        await new Promise((resolve) => spawn('curl', args, { cwd: folder }).on('close', resolve))
        for (const name of files.keys()) rmSync(path.join(folder, name))
        expect(readdirSync(folder)).toEqual([])
        expect(received).toHaveLength(1)
        const [request] = received
        expect(request?.head.split('\r\n')[0]).toBe(`POST ${target} HTTP/1.1`)
        expect(request?.body.equals(Buffer.from(body))).toBe(true)
        const lines = request?.head.split('\r\n').filter((line) => line.startsWith('X-'))
        expect(lines).toEqual(
          headers.map(([name, value]) => (value === '' ? `${name}:` : `${name}: ${value}`)),
        )
      }
    })
  },
)
