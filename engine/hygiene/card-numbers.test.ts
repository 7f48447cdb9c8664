import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cardNumber, findCards } from './card-numbers.ts'

const found = (text: string, name: string | null = null) =>
  findCards(text, name, 50).map(({ preview }) => preview)

/** The digits with the check digit that makes them right. */
function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .map((digit, index) => (index % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

describe('findCards', () => {
  it.each([
    ['4242424242424242', 'Visa'],
    ['4111 1111 1111 1111', 'Visa'],
    ['5555-5555-5555-4444', 'Mastercard'],
    ['2223003122003222', 'Mastercard'],
    ['378282246310005', 'American Express'],
    ['3782 822463 10005', 'American Express'],
    ['6011111111111117', 'Discover'],
    ['30569309025904', 'Diners Club'],
    ['3056 930902 5904', 'Diners Club'],
    ['3566002020360505', 'JCB'],
    ['6200000000000005', 'UnionPay'],
    [withCheckDigit('220012345678901'), 'Mir'],
    [withCheckDigit('675912345678901'), 'Maestro'],
  ])('%s is a %s', (text, brand) => {
    const [match, ...more] = findCards(`paid with ${text}.`, null, 50)
    const digits = text.replace(/\D/g, '')
    expect(more).toEqual([])
    expect(match?.sentence).toContain(brand)
    expect(match?.preview).toBe(`${digits.slice(0, 6)}…${digits.slice(-4)}`)
  })

  it('finds each of several, with what is written beside them', () => {
    expect(found('4242 4242 4242 4242 123, 5555555555554444;378282246310005 12/27')).toEqual([
      '424242…4242',
      '555555…4444',
      '378282…0005',
    ])
    expect(found('12,4242424242424242,12/27')).toEqual(['424242…4242'])
    expect(found('<card>4242424242424242</card>')).toEqual(['424242…4242'])
  })

  it('says which ones are published for tests', () => {
    expect(findCards('4242424242424242', null, 1)[0]?.sentence).toContain('published for tests')
    const other = withCheckDigit('453201234567890')
    expect(findCards(other, null, 1)[0]?.sentence).toBe('Looks like a Visa card number.')
  })

  it.each([
    ['a wrong check digit', '4242424242424241'],
    ['an issuer that does not exist', withCheckDigit('999912345678901')],
    ['a length that the issuer does not have', withCheckDigit('4242424242424')],
    ['unix milliseconds', withCheckDigit('170000000000')],
    ['unix microseconds', withCheckDigit('170000000000000')],
    ['unix nanoseconds', withCheckDigit('170000000000000000')],
    ['a longer run', '14242424242424242'],
    ['a longer run behind', '42424242424242420000'],
    ['letters around', 'ch_4242424242424242'],
    ['letters behind', '4242424242424242a'],
    ['a decimal', '0.4242424242424242'],
    ['a UUID of digits', '42424242-4242-4242-4242-424242424242'],
    ['a UUID', 'a1b2c3d4-4242-4242-4242-42424242424a'],
    ['a phone number', '+4242424242424242'],
    ['a phone number without its plus', withCheckDigit('491511234567')],
    ['a WhatsApp address', `${withCheckDigit('491511234567')}@s.whatsapp.net`],
    ['a path', 'https://example.com/posts/4242424242424242'],
    ['an id by its name', 'id=4242424242424242'],
    ['an id by its name in a query', 'https://example.com/?post_id=4242424242424242&a=1'],
    ['an id in XML', '<orderId>4242424242424242</orderId>'],
    ['a snowflake', `<@${withCheckDigit('62847293847293847')}>`],
    ['a snowflake of 19 digits', withCheckDigit('445566778899001122')],
    ['a table of numbers', '1234 4242 4242 4242 4242 5678'],
    ['a masked number', '4242 **** **** 4242'],
    ['two separators', '4242-4242 4242-4242'],
    ['a date and time', withCheckDigit('202611220108221')],
  ])('leaves %s alone', (_, text) => {
    expect(found(text)).toEqual([])
  })

  it('takes a name into account', () => {
    const snowflake = withCheckDigit('62847293847293847')
    for (const name of ['id', 'userId', 'guild_id', 'createdAt', 'phone', 'message-id', 'ts']) {
      expect(found('4242424242424242', name)).toEqual([])
      expect(cardNumber('4242424242424242', name)).toBeNull()
    }
    for (const name of ['card', 'cardNumber', 'pan', 'cc_number', 'credit-card', 'creditcard']) {
      expect(found(snowflake, name)).toHaveLength(1)
      expect(found('4222222222222', name)).toHaveLength(1)
    }
    for (const name of ['value', 'paid', 'valid', 'text', 'number']) {
      expect(found('4242424242424242', name)).toHaveLength(1)
    }
  })

  it('finds every right number wherever words stand around it, and none with a wrong digit', () => {
    const digits = fc.stringMatching(/^4\d{14}$/).map(withCheckDigit)
    const words = fc.stringMatching(/^[a-z ,;()]{0,20}$/)
    fc.assert(
      fc.property(digits, words, words, fc.nat(15), (card, before, after, at) => {
        expect(found(`${before} ${card} ${after}`)).toHaveLength(1)
        const wrong = (Number(card[at]) + 1) % 10
        const other = `${card.slice(0, at)}${wrong}${card.slice(at + 1)}`
        expect(found(`${before} ${other} ${after}`)).toEqual([])
      }),
    )
  })
})
