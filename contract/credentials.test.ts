import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCredentialHeader, maskedTarget, targetPieces, withRangesMasked } from './credentials.ts'

describe('headers', () => {
  it.each([
    ['Cookie', 'session=abc'],
    ['Set-Cookie', 'session=abc'],
    ['x-api-key', 'abc'],
    ['Authorization', 'Token abc'],
    ['Authorization', 'abc-without-a-scheme'],
    ['Proxy-Authorization', 'Basic dTpw'],
  ])('%s: %s is a credential', (name, value) => {
    expect(isCredentialHeader([name, value], undefined)).toBe(true)
  })

  it.each([
    ['Authorization', 'Digest username="u", response="a"'],
    ['Authorization', 'HMAC-SHA256 Signature=abc, Credential=x'],
    ['X-Hub-Signature-256', 'sha256=abc'],
    ['X-Request-Id', 'abc'],
  ])('%s: %s is none', (name, value) => {
    expect(isCredentialHeader([name, value], undefined)).toBe(false)
  })
})

describe('targets', () => {
  it.each([
    ['/hook?token=abc&x=1', '/hook?token=***&x=1'],
    ['/h?access_token=a%26b&hub.verify_token=c', '/h?access_token=***&hub.verify_token=***'],
    ['/h?api%5Fkey=abc', '/h?api%5Fkey=***'],
    ['/h?page_token=2&validationToken=y&hub.challenge=1', null],
    ['/h?token=&token', null],
    ['/h', null],
    ['/h?%ZZ=1', null],
  ])('%s', (target, masked) => {
    expect(maskedTarget(target, null, '***')).toBe(masked ?? target)
  })

  it('has the parameter that the scheme compares with the secret', () => {
    const scheme = { secretKind: 'credential', signaturePlace: 'k' } as const
    expect(maskedTarget('/h?k=abc', scheme, '***')).toBe('/h?k=***')
    const signed = { secretKind: 'shared-secret', signaturePlace: 'token' } as const
    expect(maskedTarget('/h?token=abc', signed)).toBe('/h?token=abc')
  })

  it('loses nothing of a target', () => {
    fc.assert(
      fc.property(fc.string(), (target) => {
        expect(
          targetPieces(target)
            .map(({ text }) => text)
            .join(''),
        ).toBe(target)
      }),
    )
  })
})

describe('bodies', () => {
  it('masks just the ranges, however the body is read in pieces', () => {
    const body = Uint8Array.from({ length: 40 }, (_, index) => index + 100)
    const ranges = [
      { offset: 3, length: 5 },
      { offset: 20, length: 10 },
    ]
    const whole = withRangesMasked(body, 0, ranges)
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (from, length) => {
        const piece = withRangesMasked(body.slice(from, from + length), from, ranges)
        expect(piece).toEqual(whole.slice(from, from + length))
      }),
    )
    expect([...whole].filter((byte) => byte === 0x2a)).toHaveLength(15)
  })
})
