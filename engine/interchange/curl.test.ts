import { execFile, execFileSync, spawnSync } from 'node:child_process'
import net from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCurl } from './curl.ts'
import type { Parsed } from './parsed-request.ts'
import { parseRawHttp } from './raw-http.ts'

function parsed(text: string): Parsed {
  const result = parseCurl(text)
  if ('problem' in result) throw new Error(result.problem)
  return result
}

function bodyOf(text: string): string {
  return Buffer.from(parsed(text).request.body).toString('latin1')
}

function problemOf(text: string): string {
  const result = parseCurl(text)
  if (!('problem' in result)) throw new Error('it was read')
  return result.problem
}

describe('parseCurl', () => {
  it('reads what documentation shows', () => {
    const { request, notices } = parsed(
      `$ curl -sS -X POST https://h.test/hooks?a=b#c \\\n  -H 'Svix-Id: msg_1' \\\n  -H "svix-signature: v1,a\\"b" \\\n  --data-raw '{"a": 1}'`,
    )
    expect(request).toMatchObject({ method: 'POST', target: '/hooks?a=b' })
    expect(request.rawHeaders).toEqual([
      ['Host', 'h.test'],
      ['Accept', '*/*'],
      ['Svix-Id', 'msg_1'],
      ['svix-signature', 'v1,a"b'],
      ['Content-Length', '8'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ])
    expect(Buffer.from(request.body).toString()).toBe('{"a": 1}')
    expect(notices).toEqual(['Left out, since it does not change what is signed: -s, -S.'])
  })

  it('reads $’…’ to bytes', () => {
    expect(bodyOf(String.raw`curl h -d $'a\x41\u0021\'\n\101\xff'`)).toBe("aA!'\nA\xff")
    expect(bodyOf(String.raw`curl h -d $'\u00e9'`)).toBe(Buffer.from('é').toString('latin1'))
  })

  it('reads the caret quoting of cmd.exe', () => {
    const text =
      'curl ^"http://h/x^" ^\r\n  -H ^"A: b^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"x^%^y^\\^"^}^"'
    expect(parsed(text).request.rawHeaders).toContainEqual(['A', 'b'])
    expect(bodyOf(text)).toBe('{"a":"x%y"}')
  })

  it('puts the data of -G into the query', () => {
    const { request } = parsed(`curl -G 'http://h/x?a=1' -d b=2 --data-urlencode 'c=d e&'`)
    expect(request).toMatchObject({ method: 'GET', target: '/x?a=1&b=2&c=d+e%26' })
    expect(request.body).toHaveLength(0)
  })

  it('leaves variables as they stand, with a notice', () => {
    const { notices } = parsed('curl http://h -H "A: $TOKEN" -d "$(date)" | jq .')
    expect(notices).toEqual([
      '$TOKEN stands as it is: the shell would put its value there.',
      '$(…) stands as it is: the shell would put its value there.',
      'What follows “|” after the curl command is left out.',
    ])
  })

  it.each([
    ['curl h -d @body.json', 'paste its contents'],
    ['curl h --data-binary @-', 'paste its contents'],
    ['curl h --data-urlencode a@b', 'paste its contents'],
    ['curl h -H @file', 'paste its contents'],
    ['curl h -F a=b', '-F'],
    ['curl h --frobnicate', '--frobnicate is not known'],
    ['curl h -X', '-X needs a value'],
    ['curl -s', 'names no URL'],
    ['curl "http://h/x y"', 'holds a blank'],
    ['curl ftp://h', 'is not an http'],
    ["curl 'http://h", 'line 1 is not closed'],
    ['curl http://h -I -d x', 'only one at a time'],
    ['wget http://h', 'not a curl command'],
  ])('%s', (text, expected) => {
    expect(problemOf(text)).toContain(expected)
  })

  it('never throws on arbitrary words', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '-X',
        '-H',
        '-d',
        '-G',
        '-u',
        '--json',
        "$'",
        '"',
        "'",
        '\\',
        '^',
        '\n',
        'a:b',
      ),
      fc.string({ maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        expect(parseCurl(`curl ${words.join(' ')}`)).toBeTypeOf('object')
        expect(parseCurl(`curl http://h ${words.join('')}`)).toBeTypeOf('object')
      }),
    )
  })

  it('stays linear on long hostile input', () => {
    const started = performance.now()
    for (const piece of [
      "'a'",
      '"a"',
      '\\',
      "$'\\x",
      '^"',
      '\\"',
      '$a ',
      '-H a:b ',
      '^\n',
      '\\\n',
    ]) {
      parseCurl(`curl h ${piece.repeat(100_000)}`)
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

const hasCurl = spawnSync('curl', ['--version']).status === 0

/** The bytes that a command sends; `URL` in it becomes the address. */
async function sentBytes(command: string): Promise<{ bytes: Buffer; text: string }> {
  const received: Buffer[] = []
  const server = net.createServer((socket) => {
    socket.on('data', (chunk) => {
      received.push(chunk)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const text = command.replaceAll('URL', `http://127.0.0.1:${port}`)
  await new Promise<void>((resolve) => {
    execFile('bash', ['-c', text], { timeout: 5000 }, () => {
      resolve()
    })
  })
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve()
    })
  })
  return { bytes: Buffer.concat(received), text }
}

describe.skipIf(!hasCurl)('against the real curl (skipped where there is none)', () => {
  it.each([
    `curl -s URL/a/b?c -H 'X-One: 1' -H 'x-one:2' -H 'Empty;' -H 'Accept:' -d a=1 -d 'b=2'`,
    `curl -s 'URL/x%20y' --data-raw '@not a file'`,
    `curl -s --path-as-is URL/a/../b?c=/../d`,
    `curl -s -H 'Accept: x/y' URL/a/./b?c=/../d --json '[]'`,
    `curl -s URL --json '{"a":' --json '1}'`,
    `curl -s -u user:päss -A agent/1 -e http://r -b 'a=1' -b 'b=2' -XPUT URL/p -d ''`,
    `curl -s URL --data-urlencode 'a=b c/ü' --data-urlencode '=x=y' --data-urlencode 'z ~'`,
    `curl -sG URL/q -d a=1 --data-urlencode 'b=c &'`,
    `curl -sI URL/head`,
    `curl -s -H 'Host: other.test' -H 'Content-Type: application/json' URL -d $'{"x":"\\u00fc\\x21"}'`,
    `curl -s0 --url URL//double/../dots -r 0-4`,
    `curl -s "URL/$(printf x)" -H 'Authorization: Bearer y' -u a:b`,
  ])('%s', async (command) => {
    const { bytes, text } = await sentBytes(command)
    const sent = parseRawHttp(bytes)
    const read = parseCurl(text.replace('$(printf x)', 'x'))
    if ('problem' in sent || 'problem' in read) throw new Error(JSON.stringify([sent, read]))
    const own = sent.request.rawHeaders.filter(
      ([name, value]) => !(name === 'User-Agent' && value.startsWith('curl/')),
    )
    expect(read.request).toEqual({ ...sent.request, rawHeaders: own })
  })
})

describe('the reader of shell words agrees with bash', () => {
  const hasBash = spawnSync('bash', ['-c', 'true']).status === 0
  it.skipIf(!hasBash)('on quoted data (skipped where there is no bash)', () => {
    const piece = fc.constantFrom(
      "'a b'",
      '"c d"',
      '\\"',
      "\\'",
      "$'\\n\\x41'",
      '"\\$x\\q"',
      'e',
      '""',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const word = pieces.join('')
        const bash = execFileSync('bash', ['-c', `printf %s ${word}`]).toString('latin1')
        expect(bodyOf(`curl h --data-raw ${word}`)).toBe(bash)
      }),
      { numRuns: 40 },
    )
  })
})
