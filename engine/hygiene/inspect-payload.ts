import type { HygieneFinding } from '#contract/hygiene.ts'
import { Inspector } from './inspector.ts'
import { formParts } from './multipart.ts'

/** More is not looked at: nobody waits for it, and what leaks stands at the beginning as well. */
export const INSPECTED_BYTES = 1024 * 1024

const BINARY = /^(?:image|audio|video|font)\//
const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'
/** Text has no NUL; what has one early is of a format that is not read here. */
const PROBED_BYTES = 1024

/**
 * What a payload carries that does not belong into a webhook: card numbers, keys, tokens, passwords
 * (https://docs.notifykit.dev, “Keep Secrets Out of Payloads”). In linear time, at most 50 findings
 * in the order of the payload, and no finding holds the secret itself.
 *
 * JSON is told by its first character, whatever the content type says; repeated keys are each
 * looked at, and JSON in a form field or a string is read as JSON. Where a body stops being JSON
 * the rest is looked at as text. Files of a multipart form are not looked at.
 * @param body with its content coding undone; beyond 1 MiB nothing is looked at
 * @param contentType the header as sent
 * @param atMs the moment at which a token counts as expired, unix milliseconds
 */
export function inspectPayload(
  body: Uint8Array,
  contentType: string | null,
  atMs: number,
): HygieneFinding[] {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (BINARY.test(type) || body.subarray(0, PROBED_BYTES).includes(0)) return []
  // The byte order mark goes with the decoding.
  const text = new TextDecoder().decode(body.subarray(0, INSPECTED_BYTES))
  const inspector = new Inspector(atMs)
  if (/^[ \t\r\n]*[{["]/.test(text)) inspector.json(text, null, 0)
  else if (type === FORM) inspectForm(text, inspector)
  else if (type === MULTIPART) inspectParts(text, contentType ?? '', inspector)
  else inspector.text(text, null)
  return inspector.findings
}

function inspectParts(text: string, contentType: string, inspector: Inspector): void {
  const parts = formParts(text, contentType)
  if (parts === null) return inspector.text(text, null)
  for (const { name, value } of parts) {
    if (inspector.full()) return
    inspector.field(name, value)
  }
}

/** https://url.spec.whatwg.org/#urlencoded-parsing */
function inspectForm(text: string, inspector: Inspector): void {
  for (let from = 0; from < text.length && !inspector.full();) {
    const found = text.indexOf('&', from)
    const end = found < 0 ? text.length : found
    if (end > from) {
      const pair = text.slice(from, end)
      const equals = pair.indexOf('=')
      if (equals >= 0)
        inspector.field(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)))
    }
    from = end + 1
  }
}

/** Never throws: what is no UTF-8 becomes replacement characters, a stray `%` stays. */
function decode(text: string): string {
  // Too short for a name or a value that anything is found in.
  if (text.length < 3 || !/[%+]/.test(text)) return text
  const bytes = Buffer.from(text.replace(/\+/g, ' '))
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const decoded = byte === 0x25 ? hexByte(bytes, at + 1) : -1
    if (decoded >= 0) at += 2
    bytes[length++] = decoded >= 0 ? decoded : byte
  }
  return bytes.toString('utf8', 0, length)
}

/** The byte that two hexadecimal digits say, -1 where they are none. */
function hexByte(bytes: Uint8Array, at: number): number {
  const high = hexDigit(bytes[at])
  const low = hexDigit(bytes[at + 1])
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
