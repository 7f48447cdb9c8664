import { writers } from './writers.ts'
import type { Random } from './random.ts'

const texts = [
  'Zoë Müller',
  'naïve café, 12 €',
  '<b>bold</b> & "quoted"',
  'https://shop.example.test/orders/42?a=1&b=2',
  'path/to\\file',
  'line one\nline two\ttab',
  '東京 🗼',
  'plain text',
  'it’s 5 < 6',
  "don't",
]

/** A JSON value with nesting, arrays, floats and texts of many kinds. */
function value(random: Random, depth: number): unknown {
  const kind = random.below(depth > 2 ? 5 : 7)
  if (kind < 3) return random.pick(texts)
  if (kind === 3) return random.pick([0, 1, 42, -7, 1999, 0.5, 12.75, 1e-7, 1_760_000_000])
  if (kind === 4) return random.pick([true, false, null])
  if (kind === 5) return Array.from({ length: random.below(4) }, () => value(random, depth + 1))
  return members(random, depth + 1, random.below(4))
}

const names = [
  'id',
  'type',
  'data',
  'customer',
  'größe',
  'amount',
  'url',
  'note',
  'zeta',
  'alpha',
  'items',
  'meta',
]

function members(random: Random, depth: number, count: number): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (let index = 0; index < count; index++) {
    made[`${random.pick(names)}${random.below(3)}`] = value(random, depth)
  }
  return made
}

/** Adds members to a sample, so that what the scheme reads in it stays. */
export function enrich(sample: unknown, random: Random, byteLength = 0): string {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) {
    return JSON.stringify(sample)
  }
  const made: Record<string, unknown> = { ...sample, ...members(random, 0, 4) }
  made.reference = 'https://example.test/ü/<tag>&more'
  made.count = 3
  made.aside = { zulu: 1, alpha: [1, 2.5, { x: 'é' }], empty: {}, none: [] }
  let length = JSON.stringify(made).length
  for (let index = 0; length < byteLength; index++) {
    const filler = Array.from({ length: 20 }, () => value(random, 1))
    made[`filler${index}`] = filler
    length += JSON.stringify(filler).length + 16
  }
  return JSON.stringify(made)
}

/** The same JSON as the sender may write it. */
export function written(text: string, random: Random): string {
  const style = random.pick(Object.keys(writers))
  return writers[style]?.(text) ?? text
}

export function form(random: Random): string {
  const pairs: [string, string][] = [
    ['name', 'Ada Lovelace'],
    ['note', random.pick(texts)],
    ['amount', '12.50'],
    ['call', 'a b+c'],
  ]
  return new URLSearchParams(pairs.slice(0, 2 + random.below(3))).toString()
}
