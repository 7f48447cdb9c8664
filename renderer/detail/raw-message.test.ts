import { expect, it } from 'vitest'
import { bytesOfLatin1, messageHead, rawMessage } from './raw-message.ts'

const kept = {
  method: 'POST',
  target: '/a?b',
  httpVersion: '1.1',
  rawHeaders: [
    ['hOsT', 'h'],
    ['X-Name', 'caf\u00E9'],
  ] as [string, string][],
  rawTrailers: [] as [string, string][],
  bodyByteLength: 26,
}

it('is the request line, the headers and an empty line', () => {
  const message = rawMessage(kept)
  expect(message && messageHead(message)).toBe(
    'POST /a?b HTTP/1.1\r\nhOsT: h\r\nX-Name: caf\u00E9\r\n\r\n',
  )
  expect(message?.afterBody).toBe('')
})

it('makes one chunk of a chunked body, with its trailers', () => {
  const chunked = {
    ...kept,
    rawHeaders: [['Transfer-Encoding', 'gzip, chunked']] as [string, string][],
    rawTrailers: [['X-Sum', '1']] as [string, string][],
  }
  const message = rawMessage(chunked)
  expect(message?.beforeBody).toBe('1a\r\n')
  expect(message?.afterBody).toBe('\r\n0\r\nX-Sum: 1\r\n\r\n')
  expect(rawMessage({ ...chunked, bodyByteLength: 0 })).toMatchObject({
    beforeBody: '',
    afterBody: '0\r\nX-Sum: 1\r\n\r\n',
  })
})

it('is nothing for what was no HTTP', () => {
  expect(rawMessage({ ...kept, method: '' })).toBeNull()
})

it('gives each character its byte', () => {
  expect([...bytesOfLatin1('a\u00E9\u00FF')]).toEqual([0x61, 0xe9, 0xff])
})
