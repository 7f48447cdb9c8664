/** What reads JSON without building it must find what JSON.parse finds, whatever the text. */
import { crc32 as zlibCrc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crc32 } from './crc32.ts'
import { findSpan, setJson, setJsonString } from './json-edit.ts'
import { glanceAtMember } from './json-member.ts'
import { pathSteps, valueAt } from './place.ts'
import { WholeBody } from './whole-body.ts'

const NAMES = ['id', 'type', 'a', '__proto__', 'constructor', 'data', 'toString', 'é', 'i"d', 'i/d']
const names = fc.constantFrom(...NAMES)

/** JSON of few names, so that they meet; written with blanks, escapes, and names that repeat. */
const { document } = fc.letrec<{ document: string; scalar: string; name: string }>((tie) => ({
  scalar: fc.oneof(
    names.map((name) => JSON.stringify(name)),
    fc.string().map((text) => JSON.stringify(text)),
    fc.constantFrom('1', '-0.5e3', 'true', 'null', '""', '"\\u0069d"', '"\\"id\\":"', '"}{]["'),
  ),
  name: fc.oneof(
    names.map((name) => JSON.stringify(name)),
    fc.constantFrom('"\\u0069d"', '"i\\u0064"', '"i\\/d"', '"\\u00e9"', '"i\\u002fd"'),
  ),
  document: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('scalar'),
    fc
      .array(fc.tuple(tie('name'), tie('document')), { maxLength: 4 })
      .chain((members) =>
        fc
          .constantFrom('', ' ', '\n\t', ' '.repeat(50))
          .map(
            (gap) =>
              `{${gap}${members.map(([key, value]) => `${key}${gap}:${gap}${value}`).join(`${gap},${gap}`)}${gap}}`,
          ),
      ),
    fc.array(tie('document'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
  ),
}))

const memberOf = (text: string, name: string): unknown => {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

describe('a glance at a member', () => {
  test('finds what JSON.parse finds, or is unsure', () => {
    let sure = 0
    fc.assert(
      fc.property(document, names, (text, name) => {
        const glance = glanceAtMember(Buffer.from(text), name)
        if (glance === 'unsure') return
        sure++
        const value = memberOf(text, name)
        expect(glance.text).toBe(typeof value === 'string' ? value : null)
      }),
      { numRuns: 3000 },
    )
    expect(sure).toBeGreaterThan(300)
  })

  test('and with it a body says what the parsed one says', () => {
    fc.assert(
      fc.property(document, names, (text, name) => {
        const glanced = new WholeBody(Buffer.from(text)).member(name)
        const parsed = new WholeBody(Buffer.from(text))
        expect(parsed.json).not.toBeNull()
        expect(glanced).toBe(parsed.member(name))
      }),
      { numRuns: 2000 },
    )
  })
})

const PATHS = ['id', 'a', 'a.id', 'data[].id', 'a[1]', '__proto__.id', '[].id', 'data.a.type', 'é']

describe('an edit', () => {
  test('changes the value that JSON.parse would give, and no other byte', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(...PATHS), fc.string(), (text, path, value) => {
        const edited = setJsonString(text, path, value)
        const before = valueAt(JSON.parse(text), path)
        expect(edited === null).toBe(before === undefined)
        if (edited === null) return
        expect(valueAt(JSON.parse(edited), path)).toBe(value)
        const restored = setJson(edited, path, JSON.stringify(before))
        expect(JSON.parse(restored ?? '')).toEqual(JSON.parse(text))
      }),
      { numRuns: 2000 },
    )
  })

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '1', 'a', ' ', '\n'),
        }),
        (text) => {
          for (const path of PATHS) {
            const span = findSpan(text, pathSteps(path))
            expect(span === null || span.start < span.end).toBe(true)
          }
        },
      ),
    )
  })

  test('stays linear and off the stack, however deep and long', () => {
    const deep = 100_000
    const texts = [
      `{"a":${'['.repeat(deep)}${']'.repeat(deep)},"id":1}`,
      `{"a":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)},"id":1}`,
      `{"a":"${'\\"'.repeat(1_000_000)}","id":1}`,
      `{"a":[${'1,'.repeat(500_000)}1],"id":1}`,
      `{${'"a":1,'.repeat(300_000)}"id":1}`,
      `{${' '.repeat(2_000_000)}"id":1}`,
    ]
    for (const text of texts) {
      const from = performance.now()
      expect(setJson(text, 'id', '22')).toBe(`${text.slice(0, -2)}22}`)
      glanceAtMember(Buffer.from(text), 'id')
      expect(performance.now() - from).toBeLessThan(2000)
    }
    for (const text of ['['.repeat(deep), '{"a":'.repeat(deep), `{"id":"${'\\'.repeat(deep)}`]) {
      expect(setJson(text, 'id', '22')).toBeNull()
      expect(new WholeBody(Buffer.from(text)).json).toBeNull()
    }
  })
})

describe('paths', () => {
  const value: unknown = JSON.parse('{"a":[{"id":1},2],"__proto__":{"id":3},"length":4}')

  test('of indices that no array has, and of names that objects inherit, lead nowhere', () => {
    for (const path of [
      'a[2]',
      'a[99999999999999999999]',
      'a.length',
      'a.0',
      'toString',
      'a[].x',
    ]) {
      expect([path, valueAt(value, path)]).toEqual([path, undefined])
    }
    expect(valueAt(value, '__proto__.id')).toBe(3)
    expect(valueAt({}, '__proto__')).toBeUndefined()
    expect(valueAt({}, 'constructor.name')).toBeUndefined()
    expect(valueAt(value, 'length')).toBe(4)
  })
})

test('CRC-32 is that of zlib, in one piece and in two', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes))
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(zlibCrc32(bytes))
    }),
  )
})
