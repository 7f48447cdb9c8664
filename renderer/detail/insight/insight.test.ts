import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { insightsOf } from './insight.ts'
import { momentOf, momentWords } from './moment.ts'

const AT = Date.UTC(2026, 10, 22, 4, 20, 0)
const segment = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, '')

describe('moments', () => {
  it.each([
    ['Sun, 22 Nov 2026 04:20:00 GMT', AT],
    ['Sunday, 22-Nov-26 04:20:00 GMT', AT],
    ['Sun Nov 22 04:20:00 2026', AT],
    ['2026-11-22T04:20:00Z', AT],
    ['2026-11-22T05:20:00.000+01:00', AT],
    [String(AT / 1000), AT],
    [String(AT), AT],
    [`${AT}000`, AT],
    ['1234567890123456789', 1_234_567_890_123],
    ['0123456789', null],
    ['12345', null],
    ['9999999999', null],
    ['yesterday', null],
    ['2026-11-22', null],
  ])('%s', (text, moment) => expect(momentOf(text)).toBe(moment))

  it('are told by their distance from the receipt', () => {
    expect(momentWords(AT - 3_000, AT)).toBe(
      '2026-11-22 04:19:57.000 UTC, 3.0 s before it was received',
    )
    expect(momentWords(AT + 60_000, AT)).toMatch(/, 1 min after it was received$/)
  })
})

describe('tokens', () => {
  const token = `${segment({ alg: 'HS256' })}.${segment({ sub: 'a', exp: AT / 1000 + 60 })}.c2ln`
  it('are taken apart with or without a scheme, their dates in words', () => {
    for (const value of [token, `Bearer ${token}`, `token="${token}"`]) {
      const [header, claims] = insightsOf(['Authorization', value], AT)
      expect(header?.rows).toEqual([{ name: 'alg', value: 'HS256', note: null }])
      expect(claims?.rows[1]?.note).toMatch(/1 min after it was received/)
    }
  })
  it('keep every digit of a claim', () => {
    const payload = btoa('{"n":12345678901234567890.10}').replace(/=+$/, '')
    const [, claims] = insightsOf(['X-T', `${segment({ alg: 'none' })}.${payload}.`], AT)
    expect(claims?.rows[0]?.value).toBe('12345678901234567890.10')
  })
  it('are nothing when they are none', () => {
    expect(insightsOf(['X-T', 'eyJhbGci.not-base64.x'], AT)).toEqual([])
  })
})

it('takes cookies, credentials and parameters apart', () => {
  expect(
    insightsOf(['cookie', 'a=1; b=%20x; a=2'], AT)[0]?.rows.map(({ name, value }) => [name, value]),
  ).toEqual([
    ['a', '1'],
    ['b', ' x'],
    ['a', '2'],
  ])
  const set = insightsOf(['Set-Cookie', 'id=7; Max-Age=60; HttpOnly; SameSite=Lax'], AT)[0]?.rows
  expect(set?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['id', 'max-age', 'httpOnly', 'sameSite']),
  )
  expect(insightsOf(['Authorization', 'Basic dTpwOnE='], AT)[0]?.rows[1]?.value).toBe('p:q')
  const signature = insightsOf(['Stripe-Signature', `t=${AT / 1000},v1=abc`], AT)[0]?.rows
  expect(signature?.[0]?.note).toMatch(/when it was received/)
  expect(insightsOf(['Accept', '*/*'], AT)).toEqual([])
})

it('never throws, whatever a sender writes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Cookie', 'Set-Cookie', 'Authorization', 'Date', 'X'),
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((text) => `Basic ${btoa(encodeURI(text))}`),
        fc.string().map((text) => `eyJ${text}.${text}.x`),
      ),
      (name, value) => {
        for (const { rows } of insightsOf([name, value], AT)) {
          for (const row of rows) expect(typeof row.value).toBe('string')
        }
      },
    ),
  )
})
