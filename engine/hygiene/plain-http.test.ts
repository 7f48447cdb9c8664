import { describe, expect, it } from 'vitest'
import type { CameThrough } from '#contract/tunnel.ts'
import { plainHttpRemark } from './plain-http.ts'

const came = (base: string, by: CameThrough['by'] = 'proxy'): CameThrough => ({
  ...{ base, by, address: null, ignored: null },
})

describe('plainHttpRemark', () => {
  it.each([
    '192.168.1.20',
    '203.0.113.7',
    '::ffff:10.0.0.1',
    '2001:db8::1',
    '128.0.0.1',
    'fe80::1',
  ])('speaks of %s', (remoteAddress) => {
    const words = `from ${remoteAddress} over plain http`
    expect(plainHttpRemark({ remoteAddress })).toContain(words)
    const cameThrough = came('http://hooks.example')
    expect(plainHttpRemark({ remoteAddress, cameThrough })).toContain(words)
  })

  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1', ''])(
    'says nothing of %s',
    (remoteAddress) => {
      expect(plainHttpRemark({ remoteAddress })).toBeNull()
    },
  )

  it('says nothing of what came over TLS, to a proxy that is believed or to the listener', () => {
    const remoteAddress = '10.0.0.1'
    const proxy = came('https://hooks.example')
    expect(plainHttpRemark({ remoteAddress, cameThrough: proxy })).toBeNull()
    const listener = came('https://10.0.0.9:4100', 'listener')
    expect(plainHttpRemark({ remoteAddress, cameThrough: listener })).toBeNull()
  })
})
