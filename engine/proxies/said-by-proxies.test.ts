import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { namedProxies } from './named-proxies.ts'
import { hasProxyHeaders, saidByProxies } from './said-by-proxies.ts'

const local = namedProxies([])
const said = (rawHeaders: readonly RawHeader[], isProxy = local) => {
  const { contradictory, ...rest } = saidByProxies(rawHeaders, isProxy)
  return contradictory ? { ...rest, contradictory } : rest
}

describe('what one proxy on this machine says', () => {
  test('counts', () => {
    const rawHeaders: RawHeader[] = [
      ['X-Forwarded-For', '203.0.113.9'],
      ['x-forwarded-proto', 'HTTPS'],
      ['X-Forwarded-Host', 'hooks.example:8443'],
    ]
    const expected = { address: '203.0.113.9', proto: 'https', host: 'hooks.example:8443' }
    expect(said(rawHeaders)).toEqual(expected)
    const standard: RawHeader[] = [
      ['Forwarded', 'for=203.0.113.9;proto=https;host="hooks.example:8443"'],
    ]
    expect(said(standard)).toEqual(expected)
    expect(said([...rawHeaders, ...standard])).toEqual(expected)
  })

  test.each([
    ['unknown', null],
    ['_hidden', null],
    ['"[2001:db8::1]:80"', '2001:db8::1'],
    ['203.0.113.9:1234', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['1.2.3.4.5', null],
  ])('of the address %s is %s', (text, address) => {
    expect(said([['X-Forwarded-For', text.replace(/"/g, '')]]).address).toBe(address)
  })

  test.each(['a b', 'a/b', 'a@b', '[::1', 'a:b', '<a>', '-a', 'a:123456', 'x'.repeat(300)])(
    'of the host %j is nothing',
    (host) => {
      expect(said([['X-Forwarded-Host', host]]).host).toBeNull()
    },
  )

  test('of both families only counts where they agree', () => {
    const rawHeaders: RawHeader[] = [
      ['X-Forwarded-For', '203.0.113.9'],
      ['X-Forwarded-Proto', 'https'],
      ['Forwarded', 'for=203.0.113.9;proto=https;host=evil.example'],
    ]
    expect(said(rawHeaders)).toEqual({
      ...{ address: '203.0.113.9', proto: 'https', host: null },
      contradictory: true,
    })
  })

  test('of a malformed Forwarded is nothing, and the others count', () => {
    const rawHeaders: RawHeader[] = [
      ['Forwarded', 'for=a b'],
      ['X-Forwarded-Proto', 'https'],
    ]
    expect(said(rawHeaders)).toEqual({ address: null, proto: 'https', host: null })
  })
})

test('of proxies in a row each is believed that is named, and the outermost of them counts', () => {
  const rawHeaders: RawHeader[] = [
    ['X-Forwarded-For', '192.0.2.1, 203.0.113.9, 10.0.0.5'],
    ['X-Forwarded-Proto', 'ftp, https, http'],
    ['X-Forwarded-Host', 'evil.example, hooks.example, inner.example'],
  ]
  expect(said(rawHeaders)).toEqual({ address: '10.0.0.5', proto: 'http', host: 'inner.example' })
  const named = namedProxies(['10.0.0.0/8'])
  const expected = { address: '203.0.113.9', proto: 'https', host: 'hooks.example' }
  expect(said(rawHeaders, named)).toEqual(expected)
  const standard =
    'for=192.0.2.1;host=evil.example,for=203.0.113.9;proto=https;host=hooks.example,for=10.0.0.5;proto=http;host=inner.example'
  expect(said([['Forwarded', standard]], named)).toEqual(expected)
})

const text = fc.string({ maxLength: 40 })
const names = ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host'] as const
const own: Record<(typeof names)[number], string> = {
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'hooks.example',
}

test('whatever a sender wrote before it, a proxy that adds at the end is heard', () => {
  fc.assert(
    fc.property(text, text, text, (address, proto, host) => {
      const written = [address, proto, host]
      const rawHeaders = names.map((name, index): RawHeader => [
        name,
        `${written[index] ?? ''}, ${own[name]}`,
      ])
      const expected = { address: '203.0.113.9', proto: 'https', host: 'hooks.example' }
      expect(said(rawHeaders)).toEqual(expected)
      // The same in lines of their own.
      const lines = names.flatMap((name, index): RawHeader[] => [
        [name, written[index] ?? ''],
        [name, own[name]],
      ])
      expect(said(lines)).toEqual(expected)
    }),
  )
})

test('tells headers of proxies from others', () => {
  expect(hasProxyHeaders([['FORWARDED', '']])).toBe(true)
  expect(hasProxyHeaders([['x-forwarded-HOST', '']])).toBe(true)
  expect(
    hasProxyHeaders([
      ['X-Forwarded-Port', '1'],
      ['Host', 'a'],
      ['Novu-Signature', 'b'],
    ]),
  ).toBe(false)
})

test('names addresses and blocks', () => {
  const isProxy = namedProxies(['10.0.0.7', '192.168.0.0/16', 'fd00::/8', 'nonsense', '1.2.3.4/99'])
  const believed = ['10.0.0.7', '::ffff:10.0.0.7', '192.168.3.4', 'fd12::1', '127.0.0.1', '::1']
  expect(believed.filter((each) => !isProxy(each))).toEqual([])
  const others = ['10.0.0.8', '193.168.0.1', 'fe80::1', '1.2.3.4', '', 'nonsense', '0.0.0.0']
  expect(others.filter((each) => isProxy(each))).toEqual([])
  expect(namedProxies([])('10.0.0.7')).toBe(false)
})
