import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formPairs, looksLikeForm } from './form-pairs.ts'
import { boundaryAtStart, boundaryOf, multipartParts } from './multipart-parts.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('multipart', () => {
  const body = [
    'preamble\r\n--B\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n',
    '--B\r\nContent-Disposition: form-data; name="f"; filename="x.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n',
    '--B\r\nContent-Disposition: form-data; name="e"\r\n\r\n\r\n',
    "--B\r\nContent-Disposition: form-data; name*=UTF-8''%C3%BC\r\n\r\nlast\r\n--B--\r\nepilogue",
  ].join('')
  const textOf = ({ offset, byteLength }: { offset: number; byteLength: number }) =>
    body.slice(offset, offset + byteLength)

  it('is taken apart, each part where it stands', () => {
    const { parts, problem } = multipartParts(utf8(body), 'B')
    expect(problem).toBeNull()
    expect(parts.map(textOf)).toEqual(['one', '{}', '', 'last'])
    expect(parts.map(({ name, fileName, contentType }) => [name, fileName, contentType])).toEqual([
      ['a', null, null],
      ['f', 'x.json', 'application/json'],
      ['e', null, null],
      ['ü', null, null],
    ])
  })

  it('gives what can be read of a torn one, and says so', () => {
    const torn = multipartParts(utf8(body.slice(0, body.indexOf('--B--'))), 'B')
    expect(torn.parts).toHaveLength(3)
    expect(torn.problem).toMatch(/last boundary is absent/)
    expect(multipartParts(utf8(body), 'C')).toMatchObject({
      parts: [],
      problem: 'The boundary “C” is not in the body.',
    })
  })

  it('keeps every byte of a part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 4 }),
        (contents) => {
          const whole = Uint8Array.from(
            contents
              .flatMap((content) => [...utf8('--zzBoundary\r\nA: b\r\n\r\n'), ...content, 13, 10])
              .concat([...utf8('--zzBoundary--')]),
          )
          const { parts } = multipartParts(whole, 'zzBoundary')
          expect(
            parts.map(({ offset, byteLength }) => [...whole.subarray(offset, offset + byteLength)]),
          ).toEqual(contents.map((content) => [...content]))
        },
      ),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(
          multipartParts(Uint8Array.from([...utf8('--B\r\n'), ...bytes]), 'B').parts,
        ).toBeDefined()
      }),
    )
  })

  it('has its boundary in the content type, or in its first line', () => {
    expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b')
    expect(boundaryOf('Multipart/Mixed; charset=x; Boundary=xyz; a=b')).toBe('xyz')
    expect(boundaryOf('text/plain; boundary=x')).toBeNull()
    expect(boundaryAtStart('--xyz\r\nContent-Type: a')).toBe('xyz')
    expect(boundaryAtStart('-- a comment\n')).toBeNull()
  })
})

describe('forms', () => {
  it('are read as URLSearchParams reads them', () => {
    const pair = fc.tuple(fc.string({ minLength: 1 }), fc.string())
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const text = new URLSearchParams(pairs).toString()
        const read = formPairs(text, 100)
        expect(read.pairs.map(({ name, value }) => [name, value])).toEqual([
          ...new URLSearchParams(text),
        ])
        expect(read.pairs.some(({ broken }) => broken)).toBe(false)
      }),
    )
  })

  it('show what cannot be decoded, and what is repeated', () => {
    expect(formPairs('a=%zz&a=1', 9).pairs).toEqual([
      { name: 'a', value: '%zz', repeated: false, broken: true },
      { name: 'a', value: '1', repeated: true, broken: false },
    ])
  })

  it('are told from other text', () => {
    expect(looksLikeForm('a=1&b=%20x&c[]=')).toBe(true)
    for (const text of ['plain words', 'a = 1', '{"a":"b=c"}', '<a b="c">'])
      expect(looksLikeForm(text)).toBe(false)
  })
})
