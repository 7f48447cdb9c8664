import type { SignedTimestamp, Tolerance } from '#contract/verification.ts'
import type { TimestampForm } from '#contract/scheme.ts'

/** The last millisecond that a Date can hold (ECMA-262, 21.4.1.1). */
const LAST_UNIX_MS = 8.64e15

/** Below this a number is in seconds (until the year 5138), from it on in milliseconds (since 1973). */
const MILLISECONDS_FROM = 1e11

/**
 * Reads a timestamp strictly: a whole decimal number without sign, blanks or leading zeros, or a
 * text of the scheme's own form. `null`: it is not one, or no calendar reaches it.
 */
export function parseTimestamp(text: string, unit: TimestampForm['unit']): SignedTimestamp | null {
  if (unit === 'iso8601' || unit === 'iso8601-no-zone' || unit === 'http-date') {
    return parseDateText(text, unit)
  }
  if (!isWholeNumber(text)) return unit === 'any' ? parseDateText(text, 'iso8601') : null
  const value = Number(text)
  const inSeconds = unit === 's' || (unit !== 'ms' && value < MILLISECONDS_FROM)
  const unixMs = inSeconds ? value * 1000 : value
  if (unixMs > LAST_UNIX_MS) return null
  return { text, unixMs, unit: inSeconds ? 's' : 'ms' }
}

/** RFC 3339, section 5.6, with a space allowed for the `T`. */
const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})$/
const NO_ZONE = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d+)?$/
/** RFC 9110, section 5.6.7: the preferred form of an HTTP date. */
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

function parseDateText(
  text: string,
  unit: 'iso8601' | 'iso8601-no-zone' | 'http-date',
): SignedTimestamp | null {
  const unixMs =
    unit === 'http-date'
      ? HTTP_DATE.test(text)
        ? Date.parse(text)
        : Number.NaN
      : parseIso(unit === 'iso8601' ? RFC3339.exec(text) : NO_ZONE.exec(text))
  return Number.isNaN(unixMs) ? null : { text, unixMs, unit: 'text' }
}

function parseIso(found: RegExpExecArray | null): number {
  if (!found) return Number.NaN
  const [, date, time, fraction = '', zone = 'Z'] = found
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  // Date.parse reads milliseconds; providers write up to nanoseconds.
  return Date.parse(`${date}T${time}${fraction.slice(0, 4)}${offset}`)
}

function isWholeNumber(text: string): boolean {
  if (text.length === 0 || text.length > 16) return false
  if (text.startsWith('0') && text.length > 1) return false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}

/** What an SDK would read in a timestamp that is not a plain whole number; `null`: nothing either. */
export function readLaxly(text: string, parsing: 'parseInt' | 'Number'): number | null {
  const value = parsing === 'parseInt' ? Number.parseInt(text, 10) : Number(text)
  return Number.isFinite(value) && text.trim() !== '' ? value : null
}

/** Seconds from receipt to the timestamp: negative when it was signed before. */
export function skewSeconds(timestamp: SignedTimestamp, atMs: number): number {
  return (timestamp.unixMs - atMs) / 1000
}

/**
 * Which side of the tolerance a timestamp lies on; exactly at the limit is inside. A timestamp in
 * seconds names a whole second, so its age counts from the second of receipt as the SDKs do, unless
 * the scheme says `exact`.
 */
export function judgeAge(
  form: TimestampForm,
  timestamp: SignedTimestamp,
  tolerance: Tolerance,
  atMs: number,
): 'inside' | 'too-old' | 'too-new' {
  const wholeSeconds = form.age !== 'exact' && timestamp.unit === 's'
  const clockMs = wholeSeconds ? Math.floor(atMs / 1000) * 1000 : atMs
  const ageMs = clockMs - timestamp.unixMs
  if (tolerance.pastSeconds !== null && ageMs > tolerance.pastSeconds * 1000) return 'too-old'
  if (tolerance.futureSeconds !== null && -ageMs > tolerance.futureSeconds * 1000) return 'too-new'
  return 'inside'
}

/** The text to sign with at a moment: milliseconds where the provider's own software uses them. */
export function formatTimestamp(form: TimestampForm, unixMs: number): string {
  switch (form.unit) {
    case 's':
    case 'any':
      return String(Math.floor(unixMs / 1000))
    case 'iso8601':
      return isoText(unixMs)
    case 'iso8601-no-zone':
      return isoText(unixMs).slice(0, -1)
    case 'http-date':
      return new Date(unixMs).toUTCString()
    case 'ms':
    case 's-or-ms':
      break
  }
  return String(Math.floor(unixMs))
}

/** RFC 3339 in UTC, without milliseconds that say nothing. */
function isoText(unixMs: number): string {
  return new Date(unixMs).toISOString().replace('.000Z', 'Z')
}
