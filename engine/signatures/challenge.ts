import type { SchemeChallenge } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'
import { findHeader } from './headers.ts'
import { queryValue, valueAt } from './place.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/**
 * The handshake of the scheme that this request is, signed or not; `null`: it is none.
 * `body` is `null` where it is not known whole: then only the head can tell.
 */
export function challengeOf(
  scheme: Scheme,
  head: RequestHead,
  body: WholeBody | null,
): SchemeChallenge | null {
  return scheme.challenges?.find((challenge) => holds(challenge.when, head, body)) ?? null
}

function holds(when: SchemeChallenge['when'], head: RequestHead, body: WholeBody | null): boolean {
  if (when.methods && !when.methods.includes(head.method)) return false
  if (when.header) {
    const value = findHeader(head.rawHeaders, when.header.name.toLowerCase())
    if (value === null) return false
    if (when.header.value !== undefined && value !== when.header.value) return false
  }
  if (when.query) {
    const value = queryValue(head.target, when.query.name)
    if (when.query.values ? !when.query.values.includes(value) : value === null) return false
    const { pattern } = when.query
    if (pattern !== undefined && !new RegExp(pattern, 'u').test(value ?? '')) return false
  }
  if (when.json) {
    const value = valueAt(body?.json?.value, when.json.path)
    if (value === undefined) return false
    if (when.json.value !== undefined && value !== when.json.value) return false
  }
  if (when.jsonAbsent && valueAt(body?.json?.value, when.jsonAbsent) !== undefined) return false
  if (when.form && !body?.form.has(when.form)) return false
  return !when.emptyBody || body?.bytes.byteLength === 0
}
