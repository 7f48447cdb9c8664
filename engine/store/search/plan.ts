import { everything, newerThan } from './conditions.ts'
import { facetTest } from './facet-test.ts'
import {
  Between,
  Difference,
  END,
  Filtered,
  type IdStream,
  Intersection,
  Union,
} from './id-stream.ts'
import {
  cheapFirst,
  type Condition,
  costOf,
  holds,
  joined,
  type Snapshot,
  type Sql,
  sqlOf,
} from './leaf.ts'
import { RunStream } from './runs.ts'
import { ScanStream } from './scan-stream.ts'

/** Deliveries that an index finds, and what is still to be asked of each. */
interface Found {
  stream: IdStream
  left: Condition[]
  whole: boolean
}

/** How many deliveries may be asked in one go, by what asking costs. */
const ROUNDS = [64, 32, 4] as const

/** The stream of all deliveries for which a condition holds. */
export function planStream(snapshot: Snapshot, condition: Condition): IdStream {
  if (condition.kind === 'all' && condition.of.length === 0) return everything(snapshot)
  const found = findAll(snapshot, condition)
  if (found?.whole) return filtered(found.stream, found.left)
  const { db, indexedTo, descending } = snapshot
  const newer = filtered(new RunStream(db, [newerThan(indexedTo)], descending), [condition])
  if (indexedTo === 0) return newer
  const indexed = found ? filtered(found.stream, found.left) : scan(snapshot, condition)
  const [first, last] = descending ? [-indexedTo, END] : [-END, indexedTo]
  return new Union([newer, new Between(indexed, first, last)])
}

/** `null`: no index narrows it down. */
function findAll(snapshot: Snapshot, condition: Condition): Found | null {
  if (condition.kind === 'leaf') {
    const candidates = condition.candidates?.() ?? null
    if (candidates === null) return null
    const { stream, exact, whole } = candidates
    return { stream, whole, left: exact ? [] : [condition] }
  }
  if (condition.kind === 'not') return null
  return condition.kind === 'any'
    ? findAny(snapshot, condition.of)
    : findEvery(snapshot, condition.of)
}

function findAny(snapshot: Snapshot, conditions: readonly Condition[]): Found | null {
  const found: Found[] = []
  for (const condition of conditions) {
    const one = findAll(snapshot, condition)
    if (one === null) return null
    found.push(one)
  }
  const streams = found.map(({ stream, left }) => filtered(stream, left))
  return { stream: new Union(streams), left: [], whole: found.every(({ whole }) => whole) }
}

function findEvery(snapshot: Snapshot, conditions: readonly Condition[]): Found | null {
  const found: Found[] = []
  const left: Condition[] = []
  const without: Found[] = []
  for (const condition of conditions) {
    const one = findAll(snapshot, condition)
    const other = condition.kind === 'not' ? findAll(snapshot, condition.of) : null
    if (one) {
      found.push(one)
      left.push(...one.left)
    } else if (other && other.left.length === 0) without.push(other)
    else left.push(condition)
  }
  const bounds = boundsOf(conditions)
  if (found.length === 0) return null
  const streams = found.map(({ stream }) => stream)
  const [only] = streams
  let stream = streams.length === 1 && only ? only : new Intersection(streams)
  for (const other of without) stream = new Difference(stream, other.stream)
  const whole = [...found, ...without].every((one) => one.whole)
  // Bounds speak of what is indexed.
  return {
    stream: whole ? stream : within(snapshot, stream, bounds),
    left: shared(snapshot, left),
    whole,
  }
}

/** Conditions on facets are asked together. */
function shared(snapshot: Snapshot, conditions: readonly Condition[]): Condition[] {
  const parts = conditions.map((condition) => ({ condition, sql: sqlOf(condition) }))
  const known = parts.flatMap(({ sql }) => (sql === null ? [] : [sql]))
  if (known.length < 2) return [...conditions]
  const sql = joined(known, 'all')
  const others = parts.flatMap((part) => (part.sql === null ? [part.condition] : []))
  return [{ kind: 'leaf', cost: 0, sql, holds: facetTest(snapshot, sql) }, ...others]
}

/** Indexed deliveries, looked at one after another: on narrow rows as far as these tell. */
function scan(snapshot: Snapshot, condition: Condition): IdStream {
  const each = condition.kind === 'all' ? condition.of : [condition]
  const known: Sql[] = []
  const others: Condition[] = []
  const without: IdStream[] = []
  for (const one of each) {
    const sql = sqlOf(one)
    const found = one.kind === 'not' && sql === null ? findAll(snapshot, one.of) : null
    if (sql) known.push(sql)
    else if (found && found.left.length === 0) without.push(found.stream)
    else others.push(one)
  }
  const wide = known.length === 0 ? scannable(others) : null
  if (wide) others.splice(others.indexOf(wide.leaf), 1)
  const { text, values } = joined(known, 'all')
  const narrow = { table: 'facets', id: 'id', where: text, values }
  let stream: IdStream = new ScanStream(snapshot, wide?.scan ?? narrow)
  stream = within(snapshot, stream, boundsOf(each))
  for (const other of without) stream = new Difference(stream, other)
  return filtered(stream, others)
}

function scannable(conditions: readonly Condition[]) {
  for (const leaf of conditions) {
    if (leaf.kind === 'leaf' && leaf.scan) return { leaf, scan: leaf.scan }
  }
  return null
}

function filtered(stream: IdStream, left: readonly Condition[]): IdStream {
  if (left.length === 0) return stream
  const all: Condition = { kind: 'all', of: cheapFirst(left) }
  return new Filtered(stream, holds(all), ROUNDS[costOf(all)])
}

interface Bounds {
  first: number
  last: number
}

function boundsOf(conditions: readonly Condition[]): Bounds {
  let first = 0
  let last = END
  for (const condition of conditions) {
    if (condition.kind !== 'leaf' || !condition.bounds) continue
    first = Math.max(first, condition.bounds.first)
    last = Math.min(last, condition.bounds.last)
  }
  return { first, last }
}

function within({ descending }: Snapshot, stream: IdStream, { first, last }: Bounds): IdStream {
  if (first === 0 && last === END) return stream
  return descending ? new Between(stream, -last, -first) : new Between(stream, first, last)
}
