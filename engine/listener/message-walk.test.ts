import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageWalk } from './message-walk.ts'

const body = fc.string({ maxLength: 40 })
const plain = body.map(
  (text) => `POST / HTTP/1.1\r\ncontent-LENGTH: ${Buffer.byteLength(text)} \r\n\r\n${text}`,
)
const none = fc.constant('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
const leadingZeros = fc.constantFrom('', '0', '0'.repeat(18))
const chunked = fc
  .tuple(fc.array(body), fc.boolean(), leadingZeros)
  .map(([parts, trailer, zeros]) => {
    const chunks = parts
      .filter((part) => part !== '')
      .map((part) => `${zeros}${Buffer.byteLength(part).toString(16)};x=y\r\n${part}\r\n`)
    const trailers = trailer ? 'X-Sum: 1\r\n' : ''
    return `POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${chunks.join('')}${zeros}0\r\n${trailers}\r\n`
  })
const messages = fc.array(fc.tuple(fc.constantFrom('', '\r\n\r\n'), fc.oneof(none, plain, chunked)))
const cuts = fc.array(fc.nat(600), { maxLength: 10 })

/**
 * The offsets where messages begin, when these bytes come in packets that are cut there.
 * @param known where they do begin
 */
function startsOf(bytes: Buffer, at: readonly number[], known: readonly number[]): number[] {
  const walk = new MessageWalk()
  const ends = [...at, bytes.length].toSorted((a, b) => a - b)
  let from = 0
  for (const end of ends) {
    const open = known.findLast((start) => start < from) ?? 0
    const begun = bytes.subarray(open, from)
    walk.take(bytes.subarray(from, end), from, () => [begun])
    from = Math.min(end, bytes.length)
  }
  const starts: number[] = []
  for (let next = walk.firstStart; next !== null; next = walk.firstStart) {
    starts.push(next)
    walk.headTaken()
  }
  return starts
}

test('finds where each of any run of well-formed messages begins, wherever packets begin', () => {
  fc.assert(
    fc.property(messages, cuts, (made, at) => {
      const expected: number[] = []
      const parts: Buffer[] = []
      let length = 0
      for (const [before, message] of [...made, ['', 'x'] as const]) {
        const bytes = Buffer.from(before + message)
        expected.push(length + before.length)
        length += bytes.length
        parts.push(bytes)
      }
      expect(startsOf(Buffer.concat(parts), at, expected)).toEqual(expected)
    }),
  )
})

test('stays within the bytes, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (array, at) => {
      for (const start of startsOf(Buffer.from(array), at, [])) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(start).toBeLessThan(array.length)
      }
    }),
  )
})
