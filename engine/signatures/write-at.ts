import type { RawHeader } from '#contract/http.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { CompiledScheme } from './compile.ts'
import { findFirstHeader } from './headers.ts'
import { setJson } from './json-edit.ts'
import { pathSteps, valueAt } from './place.ts'
import type { RequestHead } from './types.ts'
import { WholeBody } from './whole-body.ts'

/** A request while it is being signed. */
export interface Draft {
  rawHeaders: RawHeader[]
  target: string
  body: Uint8Array
  /** Which of the scheme's header names the request uses (0: the first ones, `svix-*`). */
  family: number
}

/** Which of the scheme's header names the request uses already. */
export function headerFamily(compiled: CompiledScheme, head: RequestHead): number {
  const families = [compiled.signatureNames, compiled.timestampNames, compiled.messageIdNames]
  const used = families
    .map((names) => findFirstHeader(head.rawHeaders, names)?.position)
    .filter((position) => position !== undefined)
  return used.length === 0 ? 0 : Math.min(...used)
}

/** Writes a value to its place in the request; headers are replaced where they stand. */
export function writeAt(draft: Draft, place: Place, value: string): Draft | { problem: string } {
  if ('form' in place) return writeForm(draft, place.form, value)
  if ('json' in place) return writeJson(draft, place.json, value)
  if ('header' in place) {
    const names = [place.header, ...(place.also ?? [])]
    return { ...draft, rawHeaders: replaceHeader(draft.rawHeaders, names, draft.family, value) }
  }
  return { problem: 'This value stands where signing cannot write it.' }
}

/** A number stays a number: its type is part of what a receiver checks. */
function writeJson(draft: Draft, path: string, value: string): Draft | { problem: string } {
  const body = new WholeBody(draft.body)
  const before = valueAt(body.json?.value, path)
  if (before === value || (typeof before === 'number' && String(before) === value)) return draft
  const json = typeof before === 'number' && /^\d+$/.test(value) ? value : JSON.stringify(value)
  const edited = setJson(body.text ?? '', path, json) ?? addMember(body, path, json)
  if (edited !== null) return { ...draft, body: Buffer.from(edited) }
  return { problem: `The body has no \`${path}\`, where this scheme keeps a value that is signed.` }
}

/** A member that is absent is added at the end of the object that should hold it. */
function addMember(body: WholeBody, path: string, json: string): string | null {
  const steps = pathSteps(path)
  const name = steps.pop()
  const holder = steps.length === 0 ? body.json?.value : valueAt(body.json?.value, steps.join('.'))
  if (typeof name !== 'string' || typeof holder !== 'object' || holder === null) return null
  if (Array.isArray(holder)) return null
  const member = `${JSON.stringify(name)}:${json}`
  const comma = Object.keys(holder).length > 0 ? ',' : ''
  const text = body.text ?? ''
  if (steps.length > 0) {
    const written = JSON.stringify(holder)
    return setJson(text, steps.join('.'), `${written.slice(0, -1)}${comma}${member}}`)
  }
  const end = text.lastIndexOf('}')
  return `${text.slice(0, end)}${comma}${member}${text.slice(end)}`
}

function writeForm(draft: Draft, name: string, value: string): Draft {
  const text = Buffer.from(draft.body).toString('utf8')
  const pair = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  const pairs = text === '' ? [] : text.split('&')
  const at = pairs.findIndex((each) => each.split('=')[0] === encodeURIComponent(name))
  if (at === -1) pairs.push(pair)
  else pairs[at] = pair
  return { ...draft, body: Buffer.from(pairs.join('&')) }
}

/** Gives every one of `names` that is there the value, once each; appends one when none is. */
function replaceHeader(
  rawHeaders: readonly RawHeader[],
  names: readonly string[],
  family: number,
  value: string,
): RawHeader[] {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const written = new Set<string>()
  const result: RawHeader[] = []
  for (const [name, old] of rawHeaders) {
    const lowerName = name.toLowerCase()
    if (!wanted.has(lowerName)) result.push([name, old])
    else if (!written.has(lowerName)) {
      written.add(lowerName)
      result.push([name, value])
    }
  }
  if (written.size === 0) result.push([names[family] ?? names[0] ?? '', value])
  return result
}
