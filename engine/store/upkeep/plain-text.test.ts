import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.ts'

const text = (body: string | Buffer, contentType = '') =>
  plainText(Buffer.from(body as string), contentType, true)

describe('the words of a body', () => {
  it('are those of JSON strings, not of their escapes', () => {
    expect(text('{"a":"one\\ntwo\\u00e9\\/x \\"q\\""}')).toBe('{"a":"one twoé/x "q""}')
    expect(text('plain \\n text')).toBe('plain \\n text')
  })

  it('are those of a form, also of JSON inside of it', () => {
    const form = 'application/x-www-form-urlencoded; charset=utf-8'
    expect(text('text=hello%20w%C3%B6rld+x', form)).toBe('text=hello wörld x')
    expect(text('payload=%7B%22a%22%3A%22b%5Cnc%22%7D', form)).toBe('payload={"a":"b c"}')
    expect(text('a=100%&b=%zz', form)).toBe('a=100%&b=%zz')
  })

  it('are none in pictures, but those of a multipart form beside one', () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    expect(text(png)).toBe('')
    const parts = Buffer.concat([
      Buffer.from('--b\r\n\r\nhello\r\n--b\r\n\r\n'),
      png,
      Buffer.from('\r\n--b--'),
    ])
    const found = text(parts, 'multipart/form-data; boundary=b')
    expect(found).toContain('hello')
    expect(found).not.toContain('IHDR')
  })

  it('end with a whole character when the body was cut', () => {
    const bytes = Buffer.from('añ€😀')
    for (let length = 1; length <= bytes.length; length++) {
      const cut = plainText(bytes.subarray(0, length), '', false)
      expect('añ€😀'.startsWith(cut)).toBe(true)
    }
    expect(plainText(bytes, '', false)).toBe('añ€😀')
  })

  it('never throw, whatever the bytes are', () => {
    const types = fc.constantFrom(
      '',
      'application/x-www-form-urlencoded',
      'multipart/mixed; boundary="x"',
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), types, fc.boolean(), (bytes, type, whole) => {
        expect(typeof plainText(Buffer.from(bytes), type, whole)).toBe('string')
      }),
    )
  })

  it('of any JSON string are the string itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const shown = text(JSON.stringify([value]))
        fc.pre(!/\p{Cc}/u.test(value))
        expect(shown).toBe(`["${value}"]`)
      }),
    )
  })
})
