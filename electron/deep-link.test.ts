import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryOfArguments, deliveryOfLink } from './deep-link.ts'

describe('deliveryOfLink', () => {
  it.each([
    ['countersign://delivery/1', 1],
    ['countersign://delivery/123/', 123],
    ['COUNTERSIGN://delivery/42', 42],
    ['countersign://delivery/999999999999999', 999_999_999_999_999],
  ])('%s', (link, deliveryId) => expect(deliveryOfLink(link)).toBe(deliveryId))

  it.each([
    'countersign://delivery/1/../../x',
    'countersign://delivery/1?x=1',
    'countersign://delivery/1#/settings',
    'countersign://delivery/1\n',
    'countersign://delivery/1%2f..',
    'countersign://delivery/0',
    'countersign://delivery/-1',
    'countersign://delivery/1e3',
    'countersign://delivery/0x10',
    'countersign://delivery/١',
    'countersign://delivery/',
    'countersign://delivery//1',
    'countersign://delivery@evil.example/1',
    'countersign:delivery/1',
    'countersign://settings/1',
    'countersign://delivery/javascript:alert(1)',
    'javascript:countersign://delivery/1',
    ' countersign://delivery/1',
    'countersign://delivery/1 --data-dir=/tmp/x',
    'https://delivery/1',
    `countersign://delivery/${'1'.repeat(16)}`,
    `countersign://delivery/${'1'.repeat(1_000_000)}`,
    '',
  ])('refuses %j', (link) => expect(deliveryOfLink(link)).toBeNull())

  it('takes from any text nothing but a safe number', () => {
    const tail = fc.string({ unit: 'binary', maxLength: 40 })
    fc.assert(
      fc.property(tail, (text) => {
        const found = deliveryOfLink(`countersign://delivery/${text}`)
        const digits = /^[1-9][0-9]{0,14}\/?$/.test(text)
        expect(found).toBe(digits ? Number.parseInt(text, 10) : null)
      }),
    )
  })
})

describe('deliveryOfArguments', () => {
  it('finds the link among switches', () => {
    const argv = ['/app', '--no-sandbox', '--', 'countersign://delivery/7']
    expect(deliveryOfArguments(argv)).toBe(7)
    expect(deliveryOfArguments(['/app', '--x=countersign://delivery/7'])).toBeNull()
  })
})
