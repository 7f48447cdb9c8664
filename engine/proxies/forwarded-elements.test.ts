import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readForwarded } from './forwarded-elements.ts'

const entries = (text: string) => readForwarded(text)?.map((element) => Object.fromEntries(element))

test('reads the examples of RFC 7239', () => {
  expect(entries('for="_gazonk"')).toEqual([{ for: '_gazonk' }])
  expect(entries('For="[2001:db8:cafe::17]:4711"')).toEqual([{ for: '[2001:db8:cafe::17]:4711' }])
  expect(entries('for=192.0.2.60;proto=http;by=203.0.113.43')).toEqual([
    { for: '192.0.2.60', proto: 'http', by: '203.0.113.43' },
  ])
  expect(entries('for=192.0.2.43, for=198.51.100.17')).toEqual([
    { for: '192.0.2.43' },
    { for: '198.51.100.17' },
  ])
  expect(entries('for=192.0.2.43, for="[2001:db8:cafe::17]"')).toHaveLength(2)
})

test('leaves out empty elements, lets blanks pass and takes quotes off', () => {
  expect(entries(' ,for=a ; proto=https;, , host="a\\"b,;="')).toEqual([
    { for: 'a', proto: 'https' },
    { host: 'a"b,;=' },
  ])
  expect(entries('')).toEqual([])
})

test.each([
  'for',
  'for=',
  'for=a;for=b',
  'FOR=a;for=b',
  'for="a',
  'for="a\\',
  'for="a"b',
  'for=a b',
  'for =a',
  'for= a',
  '=a',
  'for=[::1]',
  'for=a:80',
  'for=a\0',
])('nothing of %j counts', (text) => {
  expect(readForwarded(text)).toBeNull()
})

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/)
const value = fc.string({ maxLength: 20 })
const element = fc.uniqueArray(fc.tuple(token, value), {
  selector: ([name]) => name.toLowerCase(),
  minLength: 1,
  maxLength: 4,
})
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

test('reads back what was written, however it is spaced', () => {
  fc.assert(
    fc.property(
      fc.array(element, { maxLength: 5 }),
      fc.constantFrom('', ' ', '\t '),
      (all, gap) => {
        const written = all
          .map((pairs) =>
            pairs.map(([name, said]) => `${name}=${quoted(said)}`).join(`${gap};${gap}`),
          )
          .join(`${gap},${gap}`)
        const expected = all.map((pairs) => pairs.map(([name, said]) => [name.toLowerCase(), said]))
        expect(readForwarded(written)?.map((each) => [...each])).toEqual(expected)
      },
    ),
  )
})

test('ends for any text, in time in proportion to it', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('f', '=', ';', ',', '"', ' ', '\\', 'a', '\t'),
        maxLength: 60,
      }),
      (text) => {
        const read = readForwarded(text)
        expect(read === null || Array.isArray(read)).toBe(true)
      },
    ),
  )
  const startedAt = performance.now()
  for (const piece of ['for="\\', ',', ';', 'a=b;', 'for=a,', '"', ' ']) {
    readForwarded(piece.repeat(64 * 1024))
  }
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
