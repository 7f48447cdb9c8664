import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Scheme } from '#contract/scheme.ts'
import { schemes } from './catalogue.ts'
import { checkScheme, MOST_SCHEME_CHARACTERS } from './check-scheme.ts'

const stripe = (): Record<string, unknown> =>
  JSON.parse(JSON.stringify(schemes.find(({ id }) => id === 'stripe')))
const signature = { place: { header: 'Stripe-Signature' }, encoding: 'hex' }

function problemsOf(value: unknown, takenIds?: ReadonlySet<string>): Record<string, string> {
  const checked = checkScheme(value, takenIds && { takenIds })
  if (!('problems' in checked)) return {}
  return Object.fromEntries(checked.problems.map(({ path, sentence }) => [path, sentence]))
}
const changed = (change: Record<string, unknown>) => problemsOf({ ...stripe(), ...change })

test.each(schemes.map((scheme) => [scheme.id, scheme] as const))('%s passes', (_, scheme) => {
  expect(checkScheme(scheme)).toEqual({ scheme })
  expect(checkScheme(JSON.parse(JSON.stringify(scheme)))).toEqual({ scheme })
})

test('an id of the catalogue is taken only where that is asked', () => {
  expect(problemsOf(stripe(), new Set(['stripe']))).toEqual({
    id: 'The catalogue has a scheme “stripe” already. Write another id.',
  })
  expect(problemsOf({ ...stripe(), id: 'stripe-2' }, new Set(['stripe']))).toEqual({})
})

describe('the shape', () => {
  test.each([
    [5, '', 'The scheme is not an object in { }.'],
    [{ ...stripe(), algorithm: 'md5' }, 'algorithm', '“Algorithm” cannot be "md5". Write one of: '],
    [{ ...stripe(), id: 'My id' }, 'id', '“Id” cannot be "My id". Write lower-case letters'],
    [{ ...stripe(), name: undefined }, 'name', '“Name” is missing. Write what people'],
    [{ ...stripe(), quirks: 'none' }, 'quirks', '“Quirks” is not a list in [ ].'],
    [{ ...stripe(), colour: 1 }, 'colour', 'There is no field “colour” here.'],
    [{ ...stripe(), documentationUrl: 'javascript:0' }, 'documentationUrl', '“Documentation” '],
    [
      { ...stripe(), signature: { ...signature, place: { header: 5 } } },
      'signature.place.header',
      '“signature.place.header” is not a text',
    ],
    [
      { ...stripe(), signature: { ...signature, place: { heder: 'X' } } },
      'signature.place',
      '“Signature place” cannot be {"heder":"X"}. Write {"header"',
    ],
    [
      {
        ...stripe(),
        settings: [{ name: 'a b', label: '', hint: '', kind: 'text', required: true }],
      },
      'settings[0].name',
      '“Name” cannot be "a b".',
    ],
  ])('%# is told at its place', (value, path, sentence) => {
    const problems = problemsOf(value)
    expect(Object.keys(problems)).toEqual([path])
    expect(problems[path]).toContain(sentence)
  })
})

describe('what the shape cannot say', () => {
  test.each([
    [{ content: '{timestamp}.{bdy}' }, 'content', 'There is no piece {bdy}.'],
    [{ content: '{settings.site}{body}' }, 'content', 'There is no setting “site”.'],
    [{ content: '{id}{body}', messageId: null }, 'content', '{id} needs a place'],
    [{ content: 'special:nothing' }, 'content', 'There is no such procedure.'],
    [{ content: '' }, 'content', 'Nothing would be signed.'],
    [{ content: '{header:a(b}{body}' }, 'content', 'No header can be called “a(b”.'],
    [{ algorithm: 'sha256' }, 'content', 'Anyone can make a plain sha256.'],
    [{ algorithm: 'ed25519' }, 'key', 'Write "public-key"'],
    [{ key: 'public-key' }, 'key', 'hmac-sha256 has no public key.'],
    [{ key: ['utf8', 'public-key'] }, 'key', 'has no public key.'],
    [{ secretPattern: '(a+)+$' }, 'secretPattern', 'A repeated group holds a repetition'],
    [{ secretPattern: '[a' }, 'secretPattern', 'This is no regular expression.'],
    [
      {
        signature: { ...signature, pair: '=' },
        timestamp: null,
        tolerance: null,
        content: '{body}',
      },
      'signature.pair',
      'This needs “list”',
    ],
    [
      { signature: { ...signature, list: ',', version: 'v1' } },
      'signature.pair',
      '“version” needs “pair”',
    ],
    [
      { signature: { ...signature, list: ',', pair: '=' } },
      'signature.version',
      'Write the name of the entry',
    ],
    [{ signature }, 'timestamp.place.field', 'needs “list” in the signature'],
    [
      {
        signature: { ...signature, place: { header: 'a b' } },
        timestamp: null,
        tolerance: null,
        content: '{body}',
      },
      'signature.place.header',
      'No header or method can be called "a b".',
    ],
    [{ timestamp: null, content: '{body}' }, 'tolerance', 'Without a timestamp'],
    [{ newMessageId: 'uuid' }, 'newMessageId', 'where the message id stands in a header'],
    [{ keyText: '{secret}{settings.site}' }, 'keyText', 'There is no setting “site”.'],
    [{ id: 'constructor' }, 'id', 'Write another name.'],
    [
      {
        settings: [
          { name: 'valueOf', label: 'V', hint: '', kind: 'text' as const, required: true },
        ],
      },
      'settings[0].name',
      'Write another name.',
    ],
    [{ jwt: { times: 'iat' } }, 'content', 'A JWT has no signed content'],
    [{ eventType: [{ claim: 'sub' }] }, 'eventType[0].claim', 'Claims stand in a JWT'],
    [
      { sample: { method: 'POST', targetSuffix: '', headers: [['X', 'a\r\nb']], body: '' } },
      'sample.headers[0]',
      'line breaks',
    ],
  ])('%j', (change, path, sentence) => {
    const problems = changed(change)
    expect(Object.keys(problems)).toContain(path)
    expect(problems[path]).toContain(sentence)
  })

  test.each([[5n], [{ ...stripe(), quirks: [1n] }], [new Map()], [{ sample: new Date(0) }]])(
    'what is no JSON: %s',
    (value) => {
      expect(problemsOf(value)['']).toContain('no scheme as JSON')
    },
  )

  test('too much of it', () => {
    const long = { ...stripe(), quirks: ['x'.repeat(MOST_SCHEME_CHARACTERS)] }
    expect(problemsOf(long)['']).toMatch(/^This is \d+ characters long\./)
    let deep: unknown = 1
    for (let depth = 0; depth < 50_000; depth++) deep = [deep]
    expect(problemsOf({ ...stripe(), sample: { body: deep } })['']).toMatch(/nested/)
  })
})

test('never throws, and takes only what the model takes', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const checked = checkScheme(JSON.parse(text))
      expect('problems' in checked && checked.problems.length > 0).toBe(true)
    }),
  )
})

const paths = [
  'id',
  'key',
  'content',
  'signature',
  'timestamp',
  'settings',
  'recognition',
  'sample',
]
test('never throws for a scheme with something else in one place', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...schemes),
      fc.constantFrom(...paths),
      fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom('{id}', '{settings.a}', '__proto__')),
      (scheme, field, value) => {
        const checked = checkScheme({ ...scheme, [field]: value })
        const told =
          'scheme' in checked
            ? Scheme.safeParse(checked.scheme).success
            : checked.problems.every(({ sentence }) => sentence.endsWith('.'))
        expect(told).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
