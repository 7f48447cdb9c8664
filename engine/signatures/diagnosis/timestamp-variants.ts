import { compile } from '#engine/signatures/compile.ts'
import { readRequest } from '#engine/signatures/reading.ts'
import type { Change, State, Variant } from './types.ts'

/** The timestamp in another unit, then every other moment that the request speaks of. */
export function* timestampVariants(state: State): Generator<Variant> {
  const compiled = compile(state.scheme)
  const isSigned = compiled.procedure || compiled.pieces.some(({ kind }) => kind === 'timestamp')
  if (!isSigned || !state.scheme.timestamp) return
  const reading = readRequest(compiled, state.head, state.whole)
  const text = reading.timestampText ?? ''
  const seen = new Set([text])
  const use = (to: string, change: Omit<Change, 'from' | 'to' | 'what'>): Variant | null => {
    if (seen.has(to) || to === '') return null
    seen.add(to)
    return {
      change: { ...change, what: 'timestamp', from: text || 'none', to },
      apply: (base) => ({ ...base, timestampText: to }),
    }
  }
  for (const { to, unit, weight } of otherUnits(text)) {
    const variant = use(to, {
      code: 'timestamp-unit',
      detail: `“${to}” (${unit}) was signed, “${text}” was sent.`,
      done: `With the timestamp in ${unit}, ${to},`,
      weight,
    })
    if (variant) yield variant
  }
  for (const { to, where } of otherMoments(state, reading.header.fields)) {
    const variant = use(to, {
      code: 'timestamp-source',
      detail: `The timestamp of ${where} was signed: “${to}”.`,
      done: `With the timestamp of ${where}, ${to},`,
      weight: 0.8,
    })
    if (variant) yield variant
  }
}

function* otherUnits(text: string): Generator<{ to: string; unit: string; weight: number }> {
  if (/^\d{1,16}(?:\.\d+)?$/.test(text)) {
    const value = Number(text)
    const ms = value < 1e11 ? Math.round(value * 1000) : value
    yield* asNumbers(ms)
    yield* asTexts(ms)
    return
  }
  const ms = Date.parse(/[Zz]$|[+-]\d\d:?\d\d$|GMT$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(ms)) return
  yield* asNumbers(ms)
  yield* asTexts(ms)
}

function* asNumbers(ms: number): Generator<{ to: string; unit: string; weight: number }> {
  yield { to: String(Math.floor(ms)), unit: 'milliseconds', weight: 0.9 }
  yield { to: String(Math.floor(ms / 1000)), unit: 'seconds', weight: 0.9 }
  yield { to: String(ms / 1000), unit: 'seconds with a fraction', weight: 0.2 }
  yield { to: String(Math.floor(ms) * 1000), unit: 'microseconds', weight: 0.1 }
}

function* asTexts(ms: number): Generator<{ to: string; unit: string; weight: number }> {
  if (Math.abs(ms) > 8.64e15) return
  const iso = new Date(ms).toISOString()
  for (const to of [
    iso,
    iso.replace('.000Z', 'Z'),
    iso.replace(/\.\d+Z$/, 'Z'),
    iso.replace(/Z$/, '+00:00'),
  ]) {
    yield { to, unit: 'ISO 8601', weight: 0.3 }
  }
  yield { to: new Date(ms).toUTCString(), unit: 'an HTTP date', weight: 0.1 }
}

const MOMENT =
  /^(?:\d{10}|\d{13}|\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d\S*|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \S+ GMT)$/
const MOST = 24

/** Everything in the request that looks like a moment. */
function* otherMoments(
  { head, whole }: State,
  fields: readonly { name: string; value: string }[],
): Generator<{ to: string; where: string }> {
  let count = 0
  for (const { name, value } of fields) {
    if (MOMENT.test(value)) yield { to: value, where: `\`${name}=\` in the signature header` }
  }
  for (const [name, value] of head.rawHeaders) {
    if (MOMENT.test(value) && count++ < MOST) yield { to: value, where: `the header \`${name}\`` }
    else
      for (const [, field = '', inner = ''] of value.matchAll(/(\w{1,12})=(\d{10}(?:\d{3})?)\b/g)) {
        if (count++ < MOST) yield { to: inner, where: `\`${field}=\` in the header \`${name}\`` }
      }
  }
  const value: unknown = whole.json?.value
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    const text = typeof member === 'number' ? String(member) : member
    if (typeof text === 'string' && MOMENT.test(text) && count++ < MOST) {
      yield { to: text, where: `\`${name}\` in the body` }
    }
  }
}
