import { formatDuration, formatUtc } from '#renderer/words/format.ts'

/** RFC 9110, section 5.6.7: the preferred form and the two obsolete ones. */
const HTTP_DATE =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/
/** Unix times by their length: seconds, milliseconds, microseconds, nanoseconds. */
const UNIT_MS: Record<number, number> = { 10: 1_000, 13: 1, 16: 1e-3, 19: 1e-6 }
/** From 2001-09-09 to 2065: other numbers of ten digits are something else. */
const LATEST_MS = 3_000_000_000_000

/** The moment that a value stands for, in unix milliseconds; `null` when it stands for none. */
export function momentOf(value: string): number | null {
  const text = value.trim()
  if (/^\d+(?:\.\d{1,9})?$/.test(text)) {
    const [whole = ''] = text.split('.')
    const unit = UNIT_MS[whole.length]
    const ms = unit === undefined ? Number.NaN : Number(text) * unit
    return ms >= 1e12 && ms < LATEST_MS ? Math.floor(ms) : null
  }
  if (!HTTP_DATE.test(text) && !ISO_DATE.test(text)) return null
  const ms = Date.parse(/GMT|Z|[+-]\d{2}:?\d{2}$/.test(text) ? text : `${text} GMT`)
  return Number.isNaN(ms) ? null : ms
}

/** A moment in words: its date, and how far it is from the receipt of what told it. */
export function momentWords(ms: number, receivedAtMs: number): string {
  const away = ms - receivedAtMs
  if (Math.abs(away) < 1_000) return `${formatUtc(ms)}, when it was received`
  const where = away < 0 ? 'before it was received' : 'after it was received'
  return `${formatUtc(ms)}, ${formatDuration(away)} ${where}`
}
