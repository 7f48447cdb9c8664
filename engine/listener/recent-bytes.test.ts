import { describe, expect, it } from 'vitest'
import { RecentBytes } from './recent-bytes.ts'

const post = (body: string) =>
  Buffer.from(`POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`)

describe('RecentBytes', () => {
  it('holds nothing unread when a whole request followed the end of a body', () => {
    const recent = new RecentBytes()
    recent.add(Buffer.from('the end of a large body'), true)
    recent.add(post('small'), false)
    recent.headCompleted()
    expect(recent.unread()).toHaveLength(0)
  })

  it('holds the cut head that followed the end of a body', () => {
    const recent = new RecentBytes()
    recent.add(Buffer.from('the end of a large body'), true)
    recent.add(Buffer.from('POST /x HT'), false)
    recent.add(Buffer.from('TP/1.1\r\n'), false)
    expect(recent.unread().toString()).toBe('POST /x HTTP/1.1\r\n')
  })

  it('holds what was pipelined behind a whole request after the end of a body', () => {
    const recent = new RecentBytes()
    recent.add(Buffer.from('the end of a large body'), true)
    recent.add(Buffer.concat([post('small'), Buffer.from('GET /cut')]), false)
    recent.headCompleted()
    expect(recent.unread().toString()).toBe('GET /cut')
  })
})
