import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEngine, type OpenedEngine, temporaryDataDir } from '#test/integration/opened-engine.ts'
import { exchange } from './http/exchange.ts'
import { faultIn } from './http/judge.ts'
import { readStrictly } from './http/strict-reader.ts'
import { rowsSince, type RowsSince } from './http/stored-rows.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
let rows: RowsSince
beforeAll(async () => {
  app = await openEngine(dataDir)
  rows = rowsSince(dataDir)
})
afterAll(async () => {
  rows.close()
  await app.engine.close()
  rmSync(dataDir, { recursive: true })
})

const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n'
const post = (lines: string, body: string, version = 'HTTP/1.1') =>
  `POST /front ${version}\r\nHost: a\r\n${lines}\r\n\r\n${body}`
const chunks = `0\r\n\r\n${SMUGGLED}`
const [te, cl] = ['Transfer-Encoding: chunked', 'Content-Length: 6']

/** Each would be one request to one reader and two, or another, to the next. */
const ambiguous: Record<string, string> = {
  'CL.TE': post(`${cl}\r\n${te}`, chunks),
  'TE.CL': post(`${te}\r\n${cl}`, chunks),
  'TE.TE, the second odd': post(`${te}\r\nTransfer-Encoding: x`, chunks),
  'TE.TE, the first odd': post(`Transfer-Encoding: identity\r\n${te}`, chunks),
  'chunked twice': post('Transfer-Encoding: chunked, chunked', chunks),
  'chunked, then identity': post('Transfer-Encoding: chunked, identity', chunks),
  'a coding that is none': post('Transfer-Encoding: xchunked', chunks),
  'a coding in quotes': post('Transfer-Encoding: "chunked"', chunks),
  'a vertical tab before the coding': post('Transfer-Encoding: \x0bchunked', chunks),
  'a NUL behind the coding': post('Transfer-Encoding: chunked\x00', chunks),
  'a blank before the colon': post('Transfer-Encoding : chunked', chunks),
  'a tab before the colon': post('Transfer-Encoding\t: chunked', chunks),
  'a blank before the name': post(` ${te}`, chunks),
  'the coding folded in': post('X: 1\r\n Transfer-Encoding: chunked', chunks),
  'the coding on a folded line': post('Transfer-Encoding:\r\n chunked', chunks),
  'the coding behind a bare LF': post(`X: 1\n${te}`, chunks),
  'the coding behind a bare CR': post(`X: 1\r${te}`, chunks),
  'the coding behind CR CR LF': post(`X: 1\r\r\n${te}`, chunks),
  'HTTP/1.0 with a coding': post(`Connection: keep-alive\r\n${te}`, chunks, 'HTTP/1.0'),
  'HTTP/1.0 with both': post(`Connection: keep-alive\r\n${te}\r\n${cl}`, chunks, 'HTTP/1.0'),
  'HTTP/0.9': post(te, chunks, 'HTTP/0.9'),
  'HTTP/2.0': post(te, chunks, 'HTTP/2.0'),
  'HTTP/1.2': post(cl, `123456${SMUGGLED}`, 'HTTP/1.2'),
  'two lengths': post(`${cl}\r\nContent-Length: 7`, `123456${SMUGGLED}`),
  'two equal lengths, then another': post(`${cl}\r\n${cl}\r\nContent-Length: 0`, SMUGGLED),
  'a list of lengths': post('Content-Length: 6, 7', `123456${SMUGGLED}`),
  'a length with a sign': post('Content-Length: +6', `123456${SMUGGLED}`),
  'a length below nothing': post('Content-Length: -6', SMUGGLED),
  'a length in hex': post('Content-Length: 0x6', `123456${SMUGGLED}`),
  'a length with a point': post('Content-Length: 6.0', `123456${SMUGGLED}`),
  'a length with an exponent': post('Content-Length: 6e0', `123456${SMUGGLED}`),
  'a length in two parts': post('Content-Length: 6 6', `123456${SMUGGLED}`),
  'no length at all': post('Content-Length:', SMUGGLED),
  'a length of 2^64': post('Content-Length: 18446744073709551616', SMUGGLED),
  'a length of 2^64 + 6': post('Content-Length: 18446744073709551622', `123456${SMUGGLED}`),
  'a blank before the colon of a length': post('Content-Length : 6', `123456${SMUGGLED}`),
  'a length behind a bare LF': post('X: 1\nContent-Length: 6', `123456${SMUGGLED}`),
  'a head that ends in LF LF': `POST /front HTTP/1.1\nHost: a\nContent-Length: 6\n\n123456${SMUGGLED}`,
  'a head that ends in CR CR': `GET /front HTTP/1.1\r\nHost: a\r\r${SMUGGLED}`,
  'a line without a colon': post('Content-Length', SMUGGLED),
  'a line without a name': post(': 6', SMUGGLED),
  'a chunk with a sign': post(te, `+6\r\n123456\r\n${chunks}`),
  'a chunk below nothing': post(te, `-6\r\n123456\r\n${chunks}`),
  'a chunk in 0x': post(te, `0x6\r\n123456\r\n${chunks}`),
  'a chunk of 2^64': post(te, `10000000000000000\r\n${chunks}`),
  'a chunk of 2^64 + 6': post(te, `10000000000000006\r\n123456\r\n${chunks}`),
  'a chunk whose size ends in LF': post(te, `6\n123456\r\n${chunks}`),
  'a chunk that ends in LF': post(te, `6\r\n123456\n${chunks}`),
  'a chunk that ends in two bytes': post(te, `6\r\n123456xx${chunks}`),
  'a chunk longer than its size': post(te, `2\r\n123456\r\n${chunks}`),
  'a chunk without a size': post(te, `\r\n123456\r\n${chunks}`),
  'an extension with a bare LF': post(te, `6;a\nb\r\n123456\r\n${chunks}`),
  'an extension with a bare CR': post(te, `6;a\rb\r\n123456\r\n${chunks}`),
  'a trailer that is a request line': post(te, `0\r\n${SMUGGLED}`),
  'a length in a trailer': post(te, `0\r\nContent-Length: 30\r\n\r\n${SMUGGLED}`),
  'a coding in a trailer': post(te, `0\r\nTransfer-Encoding: chunked\r\n\r\n${SMUGGLED}`),
  'a coding that is not chunked alone': post('Transfer-Encoding: gzip, chunked', chunks),
  'a trailer behind a bare LF': post(te, `0\r\nX: 1\nGET /smuggled HTTP/1.1\r\n\r\n`),
  'a folded trailer': post(te, `0\r\nX: 1\r\n y\r\n\r\n${SMUGGLED}`),
  'a tab in the request line': `GET\t/front HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`,
  'a NUL in the target': `GET /front\x00 HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`,
  'no version': `GET /front\r\nHost: a\r\n\r\n${SMUGGLED}`,
  'a NUL in a value': post('X: \x00', SMUGGLED),
  'a byte-order mark': `\xef\xbb\xbfGET /front HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`,
}

const whole = { cuts: [], ending: 'end' as const }

test.each(Object.entries(ambiguous))(
  '%s is refused, and nothing behind it is taken',
  async (_, text) => {
    expect(readStrictly(text)).toMatchObject({ messages: [], rest: 'refuse' })
    for (const input of [
      { ...whole, text },
      { ...whole, text, cuts: Array.from(text.slice(0, 300), (_byte, at) => at) },
    ]) {
      const exchanged = await exchange(Number(new URL(app.url).port), input, '127.0.0.1')
      const stored = rows.next().get(`127.0.0.1:${exchanged.port}`) ?? []
      expect(faultIn(input, exchanged, stored)).toBeNull()
      expect(exchanged.statuses).toEqual([400])
      expect(stored).toHaveLength(1)
      expect(stored[0]?.problem).toBe('malformed-http')
    }
  },
)

/** Odd, but the same to every reader. */
const plain: Record<string, [text: string, paths: string[]]> = {
  'lengths that agree': [post(`${cl}\r\n${cl}`, `123456${SMUGGLED}`), ['/front']],
  'absolute form': [
    `GET http://b/front HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`,
    ['http://b/front', '/smuggled'],
  ],
  'authority form': [`GET b:80 HTTP/1.1\r\nHost: a\r\n\r\n`, ['b:80']],
  'asterisk form': [`OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n`, ['*']],
  'a length on a GET': [
    `GET /front HTTP/1.1\r\nHost: a\r\n${cl}\r\n\r\n123456${SMUGGLED}`,
    ['/front', '/smuggled'],
  ],
  'HTTP/1.0 that stays': [
    post(`Connection: keep-alive\r\n${cl}`, `123456${SMUGGLED}`, 'HTTP/1.0'),
    ['/front', '/smuggled'],
  ],
  'HTTP/1.0 that goes': [post(cl, `123456${SMUGGLED}`, 'HTTP/1.0'), ['/front']],
  'two blanks in the request line': [
    `GET  /front HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`,
    ['/front', '/smuggled'],
  ],
  TRACE: [`TRACE /front HTTP/1.1\r\nHost: a\r\n\r\n${SMUGGLED}`, ['/front', '/smuggled']],
  'an upgrade that nobody takes': [
    post(`Connection: Upgrade\r\nUpgrade: h2c\r\n${cl}`, `123456${SMUGGLED}`),
    ['/front'],
  ],
  'an own method with a body': [
    `FROB /front HTTP/1.1\r\nHost: a\r\n${cl}\r\n\r\n123456${SMUGGLED}`,
    ['/front'],
  ],
  'what follows the last': [post(`Connection: close\r\n${cl}`, `123456${SMUGGLED}`), ['/front']],
}

test.each(Object.entries(plain))('%s is read as everybody reads it', async (_, [text, paths]) => {
  const input = { ...whole, text }
  const exchanged = await exchange(Number(new URL(app.url).port), input, '127.0.0.1')
  const stored = rows.next().get(`127.0.0.1:${exchanged.port}`) ?? []
  expect(stored.map(({ target }) => target)).toEqual(paths)
  expect(faultIn(input, exchanged, stored)).toBeNull()
})
