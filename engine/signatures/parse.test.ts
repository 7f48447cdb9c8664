import { describe, expect, test } from 'vitest'
import type { SignatureForm } from '#contract/scheme.ts'
import { fieldValue, parseSignatureHeader, signatureProblem } from './parse.ts'

const of = (more: Partial<SignatureForm>): SignatureForm => ({
  place: { header: 'X-Signature' },
  encoding: 'hex',
  ...more,
})
const stripe = of({ list: ',', pair: '=', version: 'v1' })
const svix = of({ list: ' ', pair: ',', version: 'v1' })

/** Each signature in a few characters: `!` is of a version that is not known. */
function read(form: SignatureForm, text: string, repeated = false) {
  const { signatures, fields } = parseSignatureHeader(form, text, repeated)
  return {
    signatures: signatures.map(
      ({ position, version, text: received, known }) =>
        `${position}${known ? '' : '!'} ${version ?? '-'} ${received}`,
    ),
    fields: fields.map(({ name, value }) => `${name}:${value}`),
  }
}

describe('a header that is the signature', () => {
  test('as a whole, or after a prefix', () => {
    expect(read(of({}), 'abc')).toEqual({ signatures: ['0 - abc'], fields: [] })
    expect(read(of({ prefix: 'sha256=' }), 'sha256=abc').signatures).toEqual(['0 - abc'])
  })

  test.each([
    ['', of({})],
    ['', of({ prefix: 'sha256=' })],
    ['sha256=', of({ prefix: 'sha256=' })],
    ['sha1=abcdef', of({ prefix: 'sha256=' })],
    ['xsha256=abc', of({ prefix: 'sha256=' })],
  ])('%j is none', (text, form) => {
    expect(read(form, text)).toEqual({ signatures: [], fields: [] })
  })
})

describe('a list of pairs', () => {
  test('holds signatures of a version, of others, and fields', () => {
    expect(read(stripe, 't=12,v1=aa,v0=bb,v1=cc,scheme=dd')).toEqual({
      signatures: ['0 v1 aa', '1! v0 bb', '2 v1 cc'],
      fields: ['t:12', 'scheme:dd'],
    })
  })

  test('splits at the first sign only', () => {
    expect(read(stripe, 'v1=aa==,t==')).toEqual({ signatures: ['0 v1 aa=='], fields: ['t:='] })
    const wide = of({ list: ';', pair: '=>', version: 'v1' })
    expect(read(wide, 'v1=>aa;t=>1')).toEqual({ signatures: ['0 v1 aa'], fields: ['t:1'] })
  })

  test('passes over what is empty or has no name', () => {
    expect(read(stripe, ',,v1=,t=,=aa,plain,v1=bb')).toEqual({
      signatures: ['0 v1 bb'],
      fields: [],
    })
  })

  test('calls versions what begins with v and a digit', () => {
    expect(read(stripe, 'v9=a,v/=b,v:=c,va=d,w1=e,v=f,v10=g')).toEqual({
      signatures: ['0! v9 a', '1! v10 g'],
      fields: ['v/:b', 'v::c', 'va:d', 'w1:e', 'v:f'],
    })
    expect(read(of({ list: ',', pair: '=' }), 'v1=a,t=1').signatures).toEqual([])
    expect(read(of({ list: ',', pair: '=' }), 'v1=a,t=1').fields).toEqual(['v1:a', 't:1'])
  })

  test('counts entries without a name where the scheme says so', () => {
    expect(read({ ...stripe, bare: true }, 'aa,t=1,v1=bb').signatures).toEqual([
      '0 - aa',
      '1 v1 bb',
    ])
    expect(read({ ...stripe, bare: true }, '').signatures).toEqual([])
  })

  test('ignores blanks only where the scheme says so', () => {
    expect(read({ ...stripe, trim: true }, ' t=1 , v1=aa ').signatures).toEqual(['0 v1 aa'])
    expect(read({ ...stripe, trim: true }, ' t=1 , v1=aa ').fields).toEqual(['t:1'])
    expect(read(stripe, ' v1=aa, t=1')).toEqual({ signatures: [], fields: [' v1:aa', ' t:1'] })
  })
})

describe('repeated headers that were joined', () => {
  test('leave a comma behind, which goes, in a list that blanks separate', () => {
    expect(read(svix, 'v1,aa, v1,bb', true).signatures).toEqual(['0 v1 aa', '1 v1 bb'])
    expect(read(svix, 'v1,aa, v1,bb', false).signatures).toEqual(['0 v1 aa,', '1 v1 bb'])
    expect(read(svix, 'v1,aa, v1,', true).signatures).toEqual(['0 v1 aa'])
  })

  test('leave nothing behind in other lists', () => {
    const colons = of({ list: ';', pair: '=', version: 'v1' })
    expect(read(colons, 'v1=aa,;v1=bb', true).signatures).toEqual(['0 v1 aa,', '1 v1 bb'])
  })
})

describe('a list without pairs', () => {
  const placed = of({ list: ':', positions: ['t', 'nonce'] })

  test('is signatures alone, or fields first', () => {
    expect(read(of({ list: ' ' }), 'aa  bb').signatures).toEqual(['0 - aa', '1 - bb'])
    expect(read(placed, '12:n:aa:bb')).toEqual({
      signatures: ['0 - aa', '1 - bb'],
      fields: ['t:12', 'nonce:n'],
    })
    expect(read(placed, ':n:aa')).toEqual({ signatures: ['0 - aa'], fields: ['nonce:n'] })
  })
})

test('of several fields of one name the scheme says which counts', () => {
  const parsed = parseSignatureHeader(stripe, 't=1,t=2,x=3', false)
  expect(fieldValue(stripe, parsed, 't')).toBe('1')
  expect(fieldValue({ ...stripe, repeatedField: 'first' }, parsed, 't')).toBe('1')
  expect(fieldValue({ ...stripe, repeatedField: 'last' }, parsed, 't')).toBe('2')
  expect(fieldValue(stripe, parsed, 'x')).toBe('3')
  expect(fieldValue(stripe, parsed, 'y')).toBeNull()
})

test.each([
  [of({}), ' ', '`X-Sig` is empty.'],
  [of({}), '', '`X-Sig` is empty.'],
  [of({ list: ' ' }), ',', '`X-Sig` holds no signature.'],
  [of({ list: ',', pair: '=' }), 't=1', '`X-Sig` holds no signature.'],
  [of({ prefix: 'sha256=' }), 'abc', '`X-Sig` does not begin with `sha256=`.'],
  [of({ prefix: 'sha256=' }), 'sha256=', '`X-Sig` has nothing after `sha256=`.'],
  [stripe, 't=1', '`X-Sig` has no `v1=` part.'],
])('%# says why there is none in %j', (form, text, sentence) => {
  expect(signatureProblem(form, 'X-Sig', text)).toBe(sentence)
})
