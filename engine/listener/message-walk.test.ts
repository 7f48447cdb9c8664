import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { offsetAfterMessages } from './message-walk.ts'

const body = fc.string({ maxLength: 40 })
const plain = body.map(
  (text) => `POST / HTTP/1.1\r\ncontent-LENGTH: ${Buffer.byteLength(text)} \r\n\r\n${text}`,
)
/** Empty lines in front are ignored. */
const blank = fc.constant('\r\n\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n')
const none = fc.constant('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
const chunked = fc.tuple(fc.array(body), fc.boolean()).map(([parts, trailer]) => {
  const chunks = parts
    .filter((part) => part !== '')
    .map((part) => `${Buffer.byteLength(part).toString(16)};x=y\r\n${part}\r\n`)
  const trailers = trailer ? 'X-Sum: 1\r\n' : ''
  return `POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${chunks.join('')}0\r\n${trailers}\r\n`
})

test('finds the end of any run of well-formed messages', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(none, plain, chunked, blank)), fc.string(), (messages, rest) => {
      const whole = Buffer.from(messages.join(''))
      const bytes = Buffer.concat([whole, Buffer.from(rest)])
      expect(offsetAfterMessages(bytes, messages.length)).toBe(whole.length)
    }),
  )
})

test('stays within the bytes, whatever they are and however many messages are claimed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(5), (array, count) => {
      const offset = offsetAfterMessages(Buffer.from(array), count)
      expect(offset).toBeGreaterThanOrEqual(0)
      expect(offset).toBeLessThanOrEqual(array.length)
    }),
  )
})
