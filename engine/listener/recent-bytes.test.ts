import { describe, expect, it } from 'vitest'
import { RecentBytes } from './recent-bytes.ts'

const post = (body: string) =>
  Buffer.from(`POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`)

/** The beginning of a request whose body goes on with the next packet. */
function begun(): RecentBytes {
  const recent = new RecentBytes()
  recent.add(Buffer.from('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 23\r\n\r\n'))
  recent.headCompleted()
  return recent
}
const END = 'the end of a large body'

describe('RecentBytes', () => {
  it('holds nothing unread when a whole request followed the end of a body', () => {
    const recent = begun()
    recent.add(Buffer.from(END))
    recent.add(post('small'))
    recent.headCompleted()
    expect(recent.unread()).toHaveLength(0)
  })

  it('holds the cut head that followed the end of a body, in the same packet or not', () => {
    for (const packets of [
      [END, 'POST /x HT', 'TP/1.1\r\n'],
      [`${END}PO`, 'ST /x HTTP/1.1\r\n'],
    ]) {
      const recent = begun()
      for (const packet of packets) recent.add(Buffer.from(packet))
      expect(recent.unread().toString()).toBe('POST /x HTTP/1.1\r\n')
    }
  })

  it('holds what was pipelined behind a whole request after the end of a body', () => {
    const recent = begun()
    recent.add(Buffer.from(END))
    recent.add(Buffer.concat([post('small'), Buffer.from('GET /cut')]))
    recent.headCompleted()
    expect(recent.unread().toString()).toBe('GET /cut')
  })

  it('holds a head that its parser did not complete, however many packets it came in', () => {
    const recent = begun()
    recent.add(Buffer.from(`${END}GET / HTTP/1.1\r\nX`))
    for (const byte of ': 1\r\n\r\n') recent.add(Buffer.from(byte))
    expect(recent.unread().toString()).toBe('GET / HTTP/1.1\r\nX: 1\r\n\r\n')
  })
})
