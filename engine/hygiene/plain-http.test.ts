import { describe, expect, it } from 'vitest'
import type { RawHeader } from '#contract/http.ts'
import { plainHttpRemark } from './plain-http.ts'

const remark = (remoteAddress: string, ...rawHeaders: RawHeader[]) =>
  plainHttpRemark({ remoteAddress, rawHeaders })

describe('plainHttpRemark', () => {
  it.each([
    '192.168.1.20',
    '203.0.113.7',
    '::ffff:10.0.0.1',
    '2001:db8::1',
    '128.0.0.1',
    'fe80::1',
  ])('speaks of %s', (address) => {
    expect(remark(address)).toContain(`from ${address} over plain http`)
    expect(remark(address, ['X-Forwarded-Proto', 'http'])).not.toBeNull()
    expect(remark(address, ['x-forwarded-proto', 'http, https'])).not.toBeNull()
    expect(remark(address, ['Forwarded', 'for=1.2.3.4;proto=http, proto=https'])).not.toBeNull()
  })

  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1', ''])(
    'says nothing of %s',
    (address) => {
      expect(remark(address)).toBeNull()
    },
  )

  it('says nothing where a proxy says https', () => {
    expect(remark('10.0.0.1', ['X-Forwarded-Proto', 'HTTPS'])).toBeNull()
    expect(remark('10.0.0.1', ['x-forwarded-proto', 'https,http'])).toBeNull()
    expect(remark('10.0.0.1', ['Forwarded', 'for=1.2.3.4; proto="https"; by=a'])).toBeNull()
  })
})
