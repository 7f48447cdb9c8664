import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { blobOf, tableOf } from './bounds.ts'
import { callShapes, endless, shapeOf } from './input-shapes.fixture.ts'

/**
 * A scheme is looked at by the engine's checkScheme, which takes 64 KiB of JSON at most 24 deep
 * (engine/signatures/check-scheme.test.ts): an editor wants to hear what is wrong in sentences.
 */
const CHECKED_ELSEWHERE = ['schemes.check: scheme', 'schemes.save: scheme', 'schemes.try: scheme']

describe('the inputs of the contract', () => {
  test('each text, list, table and number of each has an end', () => {
    const calls = callShapes()
    expect(calls.length).toBeGreaterThan(90)
    const found = calls.flatMap(({ name, input }) =>
      (input ? endless(input) : []).map((where) => `${name}: ${where}`),
    )
    expect(found.sort()).toEqual(CHECKED_ELSEWHERE.map((where) => `${where}: anything`))
  })

  test('the walker sees what has none', () => {
    const some = z.object({
      text: z.string(),
      spaced: z.string().regex(/^a+$/),
      word: z.string().regex(/^[a*+]{1,9}$/),
      size: z.number().min(0),
      whole: z.number().int(),
      coerced: z.coerce.number(),
      list: z.array(z.boolean()),
      texts: z.array(z.string()).max(3),
      pair: z.tuple([z.string().max(1), z.string()]),
      table: z.record(z.string(), z.string().max(3)),
      bounded: tableOf(z.string().max(3)),
      any: z.unknown(),
      deep: z.json(),
      either: z
        .union([z.number(), z.literal('x')])
        .nullable()
        .default(null),
      blob: z.instanceof(Blob),
      small: blobOf(10, 'too large'),
    })
    expect(endless(shapeOf(some)).map((where) => where.replace(/: .*/, ''))).toEqual([
      'text',
      'spaced',
      'size',
      'coerced',
      'list',
      'texts[]',
      'pair[1]',
      'table',
      'table.{name}',
      'any',
      'deep',
      'either',
      'blob',
    ])
  })

  test('a table and a blob of more are refused', () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`k${n}`, '']))
    expect(tableOf(z.string()).safeParse(many).success).toBe(false)
    const piece = blobOf(3, 'A piece has at most 3 bytes.')
    expect(piece.safeParse(new Blob(['abcd'])).error?.issues[0]?.message).toContain('3 bytes')
    expect(piece.safeParse(new Blob(['abc'])).success).toBe(true)
    expect(piece.safeParse({ size: 1 }).success).toBe(false)
  })
})
