import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Parsed } from './parsed-request.ts'
import { parseRawHttp } from './raw-http.ts'
import { writeRawHttp } from './write-raw-http.ts'

function parsed(text: string | Uint8Array): Parsed {
  const result = parseRawHttp(typeof text === 'string' ? Buffer.from(text, 'latin1') : text)
  if ('problem' in result) throw new Error(result.problem)
  return result
}

function problemOf(text: string): string {
  const result = parseRawHttp(Buffer.from(text, 'latin1'))
  if (!('problem' in result)) throw new Error('it was read')
  return result.problem
}

function headWithLength(length: number): string {
  return `POST / HTTP/1.1\r\nContent-Length: ${length}\r\n\r\n`
}

function bodyText(result: Parsed): string {
  return Buffer.from(result.request.body).toString('latin1')
}

describe('parseRawHttp', () => {
  it('reads line, headers in order with case and repeats, and body bytes', () => {
    const body = Buffer.from([0, 255, 13, 10, 13, 10, 200])
    const head =
      'POST /a?b=%20 HTTP/1.1\r\nHost: h\r\nX-a:1\r\nx-A: 2 \r\nContent-Length: 7\r\n\r\n'
    const { request, notices } = parsed(Buffer.concat([Buffer.from(head), body]))
    expect(request).toMatchObject({ method: 'POST', target: '/a?b=%20', httpVersion: '1.1' })
    expect(request.rawHeaders).toEqual([
      ['Host', 'h'],
      ['X-a', '1'],
      ['x-A', '2'],
      ['Content-Length', '7'],
    ])
    expect(Buffer.from(request.body)).toEqual(body)
    expect(notices).toEqual([])
  })

  it('keeps header bytes as latin1', () => {
    const { request } = parsed(Buffer.from('POST / HTTP/1.1\nX: \u00e9\u0080\n\n', 'latin1'))
    expect(request.rawHeaders).toEqual([['X', '\u00e9\u0080']])
  })

  it('takes LF line ends and a missing request line', () => {
    const result = parsed('svix-id: msg_1\nsvix-timestamp: 1\n\n{}')
    expect(result.request).toMatchObject({ method: 'POST', target: '/' })
    expect(bodyText(result)).toBe('{}')
    expect(result.notices).toEqual(['There is no request line; “POST /” is assumed.'])
  })

  it('takes pseudo headers', () => {
    const { request } = parsed(':method: PUT\n:path: /x?y\n:authority: h.test\na: b\n\n')
    expect(request).toMatchObject({ method: 'PUT', target: '/x?y', httpVersion: '2' })
    expect(request.rawHeaders).toEqual([
      ['host', 'h.test'],
      ['a', 'b'],
    ])
  })

  it('skips a byte order mark and blank lines, and joins folded headers', () => {
    const result = parsed('\u00ef\u00bb\u00bf\r\n\r\nPOST / HTTP/1.0\r\nA: 1\r\n\t2\r\n\r\n')
    expect(result.request.httpVersion).toBe('1.0')
    expect(result.request.rawHeaders).toEqual([['A', '1 2']])
    expect(result.notices).toHaveLength(2)
  })

  it('assumes HTTP/1.1 when the request line names no version', () => {
    const result = parsed('POST /x\nA: 1\n\n')
    expect(result.request).toMatchObject({ target: '/x', httpVersion: '1.1' })
    expect(result.notices[0]).toContain('no HTTP version')
  })
})

describe('the length of the body', () => {
  it.each(['\n', '\r\n'])('leaves out one line break that an editor added (%j)', (lineBreak) => {
    const result = parsed(`${headWithLength(2)}{}${lineBreak}`)
    expect(bodyText(result)).toBe('{}')
    expect(result.notices).toEqual([
      'A line break after the body is left out: Content-Length does not count it.',
    ])
  })

  it('keeps any other surplus and says so', () => {
    const result = parsed(`${headWithLength(2)}{"a":1}`)
    expect(bodyText(result)).toBe('{"a":1}')
    expect(result.notices[0]).toContain('2 bytes, the body has 7 bytes')
  })

  it('leaves out the next request of a recording', () => {
    const result = parsed(`${headWithLength(2)}{}POST /next HTTP/1.1\r\n\r\n`)
    expect(bodyText(result)).toBe('{}')
    expect(result.notices[0]).toContain('Another request')
  })

  it('keeps a short body and suspects lost carriage returns', () => {
    const result = parsed(`${headWithLength(6)}a\nb\n`)
    expect(bodyText(result)).toBe('a\nb\n')
    expect(result.notices[0]).toContain('CRLF to LF')
  })

  it('without a length a final line break counts, said in a notice', () => {
    const result = parsed('POST / HTTP/1.1\nA: b\n\n{}\n')
    expect(bodyText(result)).toBe('{}\n')
    expect(result.notices).toHaveLength(1)
  })

  it('joins chunks and reads trailers', () => {
    const text =
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nT: v\r\n\r\n'
    const result = parsed(text)
    expect(bodyText(result)).toBe('abcd')
    expect(result.request.rawTrailers).toEqual([['T', 'v']])
    expect(result.notices).toEqual(['The body was chunked; its chunks are joined.'])
  })

  it('keeps a body that only claims to be chunked', () => {
    const result = parsed('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{"a":1}')
    expect(bodyText(result)).toBe('{"a":1}')
    expect(result.notices[0]).toContain('does not read as chunks')
  })

  it('does not trust a Content-Length that is not one number', () => {
    const result = parsed('POST / HTTP/1.1\nContent-Length: 1\nContent-Length: 2\n\nabc')
    expect(bodyText(result)).toBe('abc')
    expect(result.notices[0]).toContain('not one number')
  })
})

describe('problems name the line', () => {
  it.each([
    ['', 'empty'],
    ['\r\n\r\n', 'empty'],
    ['{"a":1}', 'Line 1 is neither'],
    ['HTTP/1.1 200 OK\r\n\r\n', 'Line 1 is the status line'],
    ['POST / HTTP/1.1\nA: b\nnonsense\n\n', 'Line 3 is not a header: it has no colon'],
    ['POST / HTTP/1.1\nA b: c\n\n', 'Line 2 is not a header: “A b”'],
    ['POST / HTTP/1.1\n A: b\n\n', 'Line 2 starts with a space'],
    ['POST / HTTP/1.1\nA: b\0c\n\n', 'Line 2 holds a control character'],
  ])('%j', (text, expected) => {
    expect(problemOf(text)).toContain(expected)
  })
})

describe('properties', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
  const value = fc.stringMatching(/^(?:[!-~\x80-\xff](?:[\t -~\x80-\xff]{0,20}[!-~\x80-\xff])?)?$/)
  const reserved = new Set(['content-length', 'transfer-encoding'])
  const headers = fc.array(
    fc.tuple(
      token.filter((name) => !reserved.has(name.toLowerCase())),
      value,
    ),
    { maxLength: 8 },
  )
  const request = fc.record({
    method: token.filter((method) => !method.startsWith('HTTP')),
    target: fc.stringMatching(/^\/[!-~]{0,30}$/),
    httpVersion: fc.constantFrom('1.0', '1.1'),
    rawHeaders: headers,
    body: fc.uint8Array({ maxLength: 200 }),
  })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        request,
        fc.constantFrom('none', 'length', 'chunked'),
        headers,
        (given, framing, trailers) => {
          const rawHeaders = [...given.rawHeaders]
          if (framing === 'length') rawHeaders.push(['Content-Length', String(given.body.length)])
          if (framing === 'chunked') rawHeaders.push(['Transfer-Encoding', 'chunked'])
          const rawTrailers = framing === 'chunked' ? trailers : []
          const written = { ...given, rawHeaders, rawTrailers }
          const { request: read } = parsed(writeRawHttp(written))
          expect({ ...read, body: [...read.body] }).toEqual({ ...written, body: [...given.body] })
        },
      ),
    )
  })

  it('never throws on arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseRawHttp(bytes)).toBeTypeOf('object')
        const withLine = Buffer.concat([Buffer.from('POST / HTTP/1.1\r\n'), bytes])
        expect(parseRawHttp(withLine)).toBeTypeOf('object')
        const chunked = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'
        expect(parseRawHttp(Buffer.concat([Buffer.from(chunked), bytes]))).toHaveProperty('request')
      }),
    )
  })

  it('stays linear on long hostile input', () => {
    const started = performance.now()
    for (const piece of ['\n', 'A', 'A: b\n', ' ', ':', 'A: b\n c\n', '\r']) {
      parseRawHttp(Buffer.from(`POST / HTTP/1.1\nA${piece.repeat(200_000)}b: c`))
      parseRawHttp(Buffer.from(`POST / HTTP/1.1\n${piece.repeat(200_000)}`))
      parseRawHttp(Buffer.from(piece.repeat(200_000)))
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
