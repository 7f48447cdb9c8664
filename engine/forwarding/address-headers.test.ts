import { expect, it } from 'vitest'
import { forwardedElement, withAddressHeaders } from './address-headers.ts'

const from = { remoteAddress: '192.0.2.60', host: 'example.com', proto: 'https' } as const

it('writes the elements of RFC 7239, quoted where they are no tokens', () => {
  expect(forwardedElement(from)).toBe('for=192.0.2.60;host=example.com;proto=https')
  const six = { ...from, remoteAddress: '2001:db8::1', host: 'example.com:8080' }
  expect(forwardedElement(six)).toBe('for="[2001:db8::1]";host="example.com:8080";proto=https')
  const odd = { ...from, remoteAddress: '::ffff:10.0.0.1', host: 'a"b\\c' }
  expect(forwardedElement(odd)).toBe('for=10.0.0.1;host="a\\"b\\\\c";proto=https')
  const unknown = { ...from, remoteAddress: '', host: null }
  expect(forwardedElement(unknown)).toBe('for=unknown;proto=https')
})

it('adds only what is asked for, behind what is there', () => {
  const headers: [string, string][] = [['x-forwarded-FOR', '203.0.113.9']]
  expect(withAddressHeaders(headers, 'none', from)).toEqual(headers)
  expect(withAddressHeaders(headers, 'forwarded', from)).toEqual([
    ...headers,
    ['Forwarded', 'for=192.0.2.60;host=example.com;proto=https'],
  ])
  expect(withAddressHeaders(headers, 'x-forwarded', from)).toEqual([
    ['x-forwarded-FOR', '203.0.113.9, 192.0.2.60'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Host', 'example.com'],
  ])
})
