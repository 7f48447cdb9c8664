import type { JsonEntry, JsonNode } from '#renderer/body/json-parse.ts'
import { pathStep } from '#renderer/body/json-rows.ts'
import { inOrder } from './common-order.ts'
import { sameDecimal } from './decimal.ts'

/**
 * `respelled`: the same value in other characters, such as `1.0` and `1`. `order`: keys of an
 * object stand in another order.
 */
export type JsonChange = 'added' | 'removed' | 'changed' | 'respelled' | 'order'

export interface JsonDifference {
  change: JsonChange
  /** As in JSONPath: `$.data.items[2]`. */
  path: string
  a: JsonNode | null
  b: JsonNode | null
}

export interface JsonComparison {
  differences: JsonDifference[]
  /** There are more than those. */
  more: boolean
}

const MOST_DIFFERENCES = 1_000
/** Lists are aligned where that takes no more steps than this. */
const MOST_ALIGNING = 400_000

class Full extends Error {
  override readonly name = 'Full'
}

/** What a value is, whatever its spelling and the order of its keys. */
class Meanings {
  readonly #known = new WeakMap<JsonNode, string>()

  of(node: JsonNode): string {
    const known = this.#known.get(node)
    if (known !== undefined) return known
    const meaning = this.#read(node)
    this.#known.set(node, meaning)
    return meaning
  }

  #read(node: JsonNode): string {
    if (node.kind === 'number') return sameDecimal(node.source)
    if (node.kind === 'word') return node.source
    if (node.kind === 'string') return JSON.stringify(node.text)
    if (node.kind === 'array') return `[${node.items.map((item) => this.of(item)).join()}]`
    const entries = node.entries.map(({ key, value }) => `${JSON.stringify(key)}:${this.of(value)}`)
    // Repeats of a key keep their order; others have none.
    return `{${entries.sort().join()}}`
  }
}

/** The nth entry of each key. */
function entriesByKey(
  entries: readonly JsonEntry[],
): Map<string, { entry: JsonEntry; at: number }> {
  const counts = new Map<string, number>()
  return new Map(
    entries.map((entry, at) => {
      const count = counts.get(entry.key) ?? 0
      counts.set(entry.key, count + 1)
      return [`${count} ${entry.key}`, { entry, at }]
    }),
  )
}

class Comparing {
  readonly differences: JsonDifference[] = []
  readonly #meanings = new Meanings()

  #tell(change: JsonChange, path: string, a: JsonNode | null, b: JsonNode | null): void {
    if (this.differences.length >= MOST_DIFFERENCES) throw new Full()
    this.differences.push({ change, path, a, b })
  }

  compare(a: JsonNode, b: JsonNode, path: string): void {
    if (a.kind === 'object' && b.kind === 'object') this.#objects(a, b, path)
    else if (a.kind === 'array' && b.kind === 'array') this.#arrays(a.items, b.items, path)
    else if (this.#meanings.of(a) !== this.#meanings.of(b)) this.#tell('changed', path, a, b)
    else if ('source' in a && 'source' in b && a.source !== b.source) {
      this.#tell('respelled', path, a, b)
    }
  }

  #objects(
    a: Extract<JsonNode, { kind: 'object' }>,
    b: Extract<JsonNode, { kind: 'object' }>,
    path: string,
  ): void {
    const others = entriesByKey(b.entries)
    const ones = entriesByKey(a.entries)
    const places: number[] = []
    for (const [name, { entry }] of ones) {
      const here = path + pathStep(entry.key)
      const other = others.get(name)
      if (!other) {
        this.#tell('removed', here, entry.value, null)
        continue
      }
      places.push(other.at)
      this.compare(entry.value, other.entry.value, here)
    }
    for (const [name, { entry }] of others) {
      if (!ones.has(name)) this.#tell('added', path + pathStep(entry.key), null, entry.value)
    }
    if (inOrder(places).size < places.length) this.#tell('order', path, a, b)
  }

  #arrays(a: readonly JsonNode[], b: readonly JsonNode[], path: string): void {
    const same = (x: JsonNode | undefined, y: JsonNode | undefined) =>
      x !== undefined && y !== undefined && this.#meanings.of(x) === this.#meanings.of(y)
    let start = 0
    while (start < a.length && same(a[start], b[start])) start += 1
    let end = 0
    while (
      end < Math.min(a.length, b.length) - start &&
      same(a[a.length - 1 - end], b[b.length - 1 - end])
    ) {
      end += 1
    }
    const pairs = alignItems(a.length - start - end, b.length - start - end, (x, y) =>
      same(a[start + x], b[start + y]),
    )
    const whole: [number | null, number | null][] = [
      ...Array.from({ length: start }, (_, at): [number, number] => [at, at]),
      ...pairs.map(([x, y]): [number | null, number | null] => [
        x === null ? null : x + start,
        y === null ? null : y + start,
      ]),
      ...Array.from({ length: end }, (_, at): [number, number] => [
        a.length - end + at,
        b.length - end + at,
      ]),
    ]
    for (const [x, y] of whole) this.#items(a, b, x, y, path)
  }

  #items(
    a: readonly JsonNode[],
    b: readonly JsonNode[],
    x: number | null,
    y: number | null,
    path: string,
  ): void {
    const one = x === null ? undefined : a[x]
    const other = y === null ? undefined : b[y]
    if (one && other) this.compare(one, other, `${path}[${x}]`)
    else if (one) this.#tell('removed', `${path}[${x}]`, one, null)
    else if (other) this.#tell('added', `${path}[${y}]`, null, other)
  }
}

/**
 * Pairs items of two lists: the longest common subsequence stays, and what stands between is
 * paired in order; too long lists are paired by their places.
 */
function alignItems(
  lengthA: number,
  lengthB: number,
  same: (a: number, b: number) => boolean,
): [number | null, number | null][] {
  const pairs: [number | null, number | null][] = []
  const between = (fromA: number, toA: number, fromB: number, toB: number) => {
    for (let at = 0; at < Math.max(toA - fromA, toB - fromB); at += 1) {
      pairs.push([fromA + at < toA ? fromA + at : null, fromB + at < toB ? fromB + at : null])
    }
  }
  let [atA, atB] = [0, 0]
  const fits = lengthA * lengthB <= MOST_ALIGNING
  for (const [a, b] of fits ? commonItems(lengthA, lengthB, same) : []) {
    between(atA, a, atB, b)
    pairs.push([a, b])
    atA = a + 1
    atB = b + 1
  }
  between(atA, lengthA, atB, lengthB)
  return pairs
}

/** The longest common subsequence, as pairs of places. */
function commonItems(
  lengthA: number,
  lengthB: number,
  same: (a: number, b: number) => boolean,
): [number, number][] {
  const width = lengthB + 1
  const longest = new Uint32Array((lengthA + 1) * width)
  const at = (a: number, b: number) => longest[a * width + b] ?? 0
  for (let a = lengthA - 1; a >= 0; a -= 1) {
    for (let b = lengthB - 1; b >= 0; b -= 1) {
      longest[a * width + b] = same(a, b)
        ? at(a + 1, b + 1) + 1
        : Math.max(at(a + 1, b), at(a, b + 1))
    }
  }
  const common: [number, number][] = []
  let [a, b] = [0, 0]
  while (a < lengthA && b < lengthB) {
    if (same(a, b)) common.push([a++, b++])
    else if (at(a + 1, b) >= at(a, b + 1)) a += 1
    else b += 1
  }
  return common
}

/** What differs between two JSON values, in the order of the first; at most 1,000 of them. */
export function compareJson(a: JsonNode, b: JsonNode): JsonComparison {
  const comparing = new Comparing()
  try {
    comparing.compare(a, b, '$')
  } catch (error) {
    if (!(error instanceof Full)) throw error
    return { differences: comparing.differences, more: true }
  }
  return { differences: comparing.differences, more: false }
}

/** What the differences come to, in a sentence. */
export function jsonSentence({ differences, more }: JsonComparison, sameText: boolean): string {
  if (sameText) return 'Both bodies are the same text.'
  if (differences.length === 0) return 'Only whitespace differs. Every value and key is the same.'
  const of = (change: JsonChange) => differences.filter((each) => each.change === change).length
  const counts = [
    [of('changed'), 'changed'],
    [of('added'), 'added'],
    [of('removed'), 'removed'],
  ] as const
  const parts = counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
  const quiet = [
    ...(of('respelled') > 0 ? [`${of('respelled')} written in other characters`] : []),
    ...(of('order') > 0 ? ['keys in another order'] : []),
  ]
  if (parts.length === 0) return `The same data: ${quiet.join(', ')}.`
  const all = [...parts, ...quiet].join(', ')
  return more
    ? `More than ${MOST_DIFFERENCES} differences. Of the first: ${all}.`
    : `Values: ${all}.`
}
