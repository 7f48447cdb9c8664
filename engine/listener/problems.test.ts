import { describe, expect, test } from 'vitest'
import { byteCount, looksLikeTls, stoppedAfter, troubleOfParserError } from './problems.ts'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [12_345, '12.3 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [26_214_400, '26.2 MB'],
  [1_073_741_824, '1.07 GB'],
])('%d bytes read as %s', (bytes, words) => {
  expect(byteCount(bytes)).toBe(words)
})

test('how far a sender came, with and without an announced length', () => {
  expect(stoppedAfter(12_000, 40_000)).toBe('stopped after 12 kB of 40 kB')
  expect(stoppedAfter(12_000, null)).toBe('stopped after 12 kB')
})

test('a TLS record is told by its first two bytes', () => {
  expect(looksLikeTls(Buffer.from([0x16, 3, 1]))).toBe(true)
  expect(looksLikeTls(Buffer.from([0x16]))).toBe(true)
  expect(looksLikeTls(Buffer.from([0x16, 4]))).toBe(false)
  expect(looksLikeTls(Buffer.from('GET'))).toBe(false)
  expect(looksLikeTls(Buffer.alloc(0))).toBe(false)
})

describe('what an error of the parser means', () => {
  test.each([
    ['HPE_HEADER_OVERFLOW', 'headers-too-large', 431],
    ['HPE_INVALID_EOF_STATE', 'sender-gone', null],
    ['ERR_HTTP_REQUEST_TIMEOUT', 'idle-timeout', 408],
    ['HPE_PAUSED_H2_UPGRADE', 'malformed-http', 400],
    ['HPE_INVALID_METHOD', 'malformed-http', 400],
  ])('%s', (code, problem, requiredStatus) => {
    const error = Object.assign(new Error('Parse Error: Invalid thing'), { code })
    expect(troubleOfParserError(error, Buffer.from('x'))).toMatchObject({ problem, requiredStatus })
  })

  test("the parser's reason stands in the sentence", () => {
    const error = Object.assign(new Error('Parse Error: Bad thing'), { code: 'HPE_OTHER' })
    expect(troubleOfParserError(error, Buffer.alloc(0)).detail).toBe(
      'Not valid HTTP/1.1: bad thing.',
    )
  })
})
