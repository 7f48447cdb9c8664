import { randomUUID } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import { compile, type CompiledScheme } from './compile.ts'
import { digestWhole } from './digests.ts'
import { findFirstHeader } from './headers.ts'
import { readHead, readPlace, type Reading } from './reading.ts'
import { formatTimestamp } from './timestamp.ts'
import type { PreparedSecret, RequestHead, Scheme } from './types.ts'
import { signedBodyText, WholeBody } from './whole-body.ts'

export interface SignInput {
  scheme: Scheme
  secret: PreparedSecret
  head: RequestHead
  body: Uint8Array
  /** The moment of signing, unix milliseconds. */
  timestampMs: number
  /** `null`: the one that the request carries, or a new one where the scheme needs one. */
  messageId: string | null
}

export type Signed = { rawHeaders: RawHeader[]; messageId: string | null } | { problem: string }

/**
 * Signs a request anew. The scheme's headers are replaced where they stand, in their case; repeats
 * collapse into the first; what is absent is appended. Everything else stays as it is.
 */
export function sign(input: SignInput): Signed {
  const { scheme, secret, head } = input
  const compiled = compile(scheme)
  const body = new WholeBody(input.body)
  const id = chooseMessageId(input, compiled, body)
  if ('problem' in id) return id
  if (!Number.isFinite(input.timestampMs) || input.timestampMs < 0) {
    return { problem: 'The moment of signing is not a time after 1970.' }
  }
  const timestampText = scheme.timestamp
    ? formatTimestamp(scheme.timestamp, input.timestampMs)
    : null
  const reading: Reading = {
    ...readHead(compiled, head),
    timestampText,
    messageIdText: id.messageId,
  }
  const bodyText = signedBodyText(scheme, body)
  const signature = digestWhole(compiled, reading, secret, body, bodyText)
  const family = headerFamily(compiled, head)
  let rawHeaders: RawHeader[] = head.rawHeaders.map(([name, value]) => [name, value])
  const write = (place: { header: string; also?: readonly string[] }, value: string) => {
    rawHeaders = replaceHeader(rawHeaders, [place.header, ...(place.also ?? [])], family, value)
  }
  const { messageId: idPlace, timestamp } = scheme
  if (idPlace && 'header' in idPlace && id.write !== null) write(idPlace, id.write)
  if (timestamp && 'header' in timestamp.place) write(timestamp.place, timestampText ?? '')
  write(scheme.signature, signatureHeader(scheme, timestampText, signature))
  return { rawHeaders, messageId: id.messageId }
}

/** A fresh message id in the provider's form; `null`: the scheme has none that stands in a header. */
export function newMessageId(scheme: Scheme): string | null {
  if (!scheme.newMessageId) return null
  if (scheme.newMessageId === 'uuid') return randomUUID()
  return scheme.newMessageId.prefix + randomUUID().replaceAll('-', '')
}

/** `write` is what goes into the header; `null` leaves the header alone. */
function chooseMessageId(
  { scheme, head, messageId }: SignInput,
  compiled: CompiledScheme,
  body: WholeBody,
): { messageId: string | null; write: string | null } | { problem: string } {
  if (messageId !== null && !/^[\x21-\x7e]+$/.test(messageId)) {
    return { problem: 'A message id has visible ASCII characters only.' }
  }
  const place = scheme.messageId
  if (!place) {
    if (messageId === null) return { messageId: null, write: null }
    return { problem: `${scheme.name} has no message id.` }
  }
  if (!('header' in place)) {
    const present = readPlace(place, head, body)
    if (messageId === null || messageId === present) return { messageId: present, write: null }
    return {
      problem: `${scheme.name}’s message id stands in the body; edit the body to change it.`,
    }
  }
  const present = findFirstHeader(head.rawHeaders, compiled.messageIdNames)?.value || null
  if (messageId !== null) return { messageId, write: messageId }
  if (present !== null || !compiled.needsMessageId) return { messageId: present, write: present }
  const fresh = newMessageId(scheme)
  if (fresh === null) return { problem: `${scheme.name} needs a message id.` }
  return { messageId: fresh, write: fresh }
}

/** Which of the scheme's header names the request uses already (0: the first ones, `svix-*`). */
function headerFamily(compiled: CompiledScheme, head: RequestHead): number {
  const families = [compiled.signatureNames, compiled.timestampNames, compiled.messageIdNames]
  const used = families
    .map((names) => findFirstHeader(head.rawHeaders, names)?.position)
    .filter((position) => position !== undefined)
  return used.length === 0 ? 0 : Math.min(...used)
}

function signatureHeader(scheme: Scheme, timestampText: string | null, signature: string): string {
  const { signature: form, timestamp } = scheme
  if (form.list === undefined || form.pair === undefined) return `${form.prefix ?? ''}${signature}`
  const field =
    timestamp && 'field' in timestamp.place ? timestamp.place.field : form.timestampField
  const entries = [`${form.version ?? 'v1'}${form.pair}${signature}`]
  if (field !== undefined) entries.unshift(`${field}${form.pair}${timestampText ?? ''}`)
  return entries.join(form.list)
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
