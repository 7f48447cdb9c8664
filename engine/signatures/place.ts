import type { Place } from '#contract/scheme-parts.ts'
import { findHeader } from './headers.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** Where values are looked for. */
export interface Sources {
  head: RequestHead
  /** `null`: too large to be known whole. */
  body: WholeBody | null
  /** A named entry of the signature header. */
  field?: (name: string) => string | null
  /** The claims of the token, for JWT schemes. */
  claims?: Readonly<Record<string, unknown>> | null
}

/** The value of a query parameter of a request target; `null`: absent. Never throws. */
export function queryValue(target: string, name: string): string | null {
  const at = target.indexOf('?')
  // URLSearchParams drops one `?` in front, so that it gets one that is not part of the name.
  return at === -1 ? null : new URLSearchParams(target.slice(at)).get(name)
}

/** What stands in a place, `null` when it is absent, empty or no text. */
export function readPlace(place: Place, sources: Sources): string | null {
  if ('parts' in place) {
    const values: string[] = []
    for (const part of place.parts) {
      const value = readPlace(part, sources)
      if (value === null) return null
      values.push(value)
    }
    return values.join(place.joint)
  }
  return rawPlace(place, sources) || null
}

/** The same with empty texts kept. */
export function rawPlace(
  place: Exclude<Place, { parts: unknown }>,
  { head, body, field, claims }: Sources,
): string | null {
  if ('form' in place) {
    const value = body?.form?.get(place.form) ?? null
    if (value === null || place.json === undefined) return value
    return scalarText(valueAt(parseOrNull(value), place.json))
  }
  if ('json' in place) {
    if (isPlainName(place.json)) return body?.member(place.json) ?? null
    return scalarText(valueAt(body?.json?.value, place.json))
  }
  if ('query' in place) return queryValue(head.target, place.query)
  if ('field' in place) return field?.(place.field) ?? null
  if ('claim' in place) return scalarText(valueAt(claims ?? undefined, place.claim))
  if ('memberBeside' in place) {
    const value = body?.json?.value
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return Object.keys(value).find((name) => !place.memberBeside.includes(name)) ?? null
  }
  for (const name of [place.header, ...(place.also ?? [])]) {
    const value = findHeader(head.rawHeaders, name.toLowerCase())
    if (value !== null) return value
  }
  return null
}

/** One step into the outermost object. */
function isPlainName(path: string): boolean {
  return !path.includes('.') && !path.includes('[')
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A dotted path taken apart: `data[].item[2].id` is data, 0, item, 2, id. */
export function pathSteps(path: string): (string | number)[] {
  const steps: (string | number)[] = []
  for (const part of path.split('.')) {
    const bracket = part.indexOf('[')
    const name = bracket === -1 ? part : part.slice(0, bracket)
    if (name !== '') steps.push(name)
    for (const [, index] of part.matchAll(/\[(\d*)\]/g)) steps.push(Number(index ?? 0))
  }
  return steps
}

/** The value at a path in parsed JSON; `undefined`: there is none. */
export function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value
  for (const step of pathSteps(path)) {
    if (typeof at !== 'object' || at === null) return undefined
    if (typeof step === 'number') {
      if (!Array.isArray(at)) return undefined
      at = at[step]
    } else {
      // Not the `length` of an array, which is no member of the JSON.
      if (Array.isArray(at) || !Object.hasOwn(at, step)) return undefined
      at = Reflect.get(at, step)
    }
  }
  return at
}

/** Texts, numbers and booleans as text. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : null
}

/** What a place is called where people read it. */
export function placeName(place: Place): string {
  if ('parts' in place) return place.parts.map(placeName).join(place.joint)
  if ('form' in place) return place.form
  if ('json' in place) return place.json
  if ('query' in place) return place.query
  if ('field' in place) return place.field
  if ('claim' in place) return place.claim
  return 'header' in place ? place.header : 'first member'
}
