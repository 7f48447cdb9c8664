import { cardSense } from './field-names.ts'
import type { Match } from './match.ts'

interface Brand {
  name: string
  /** The first digits (IIN, ISO/IEC 7812-1). */
  prefix: RegExp
  lengths: readonly number[]
}

const to19 = [16, 17, 18, 19]
/** Issuer ranges as the networks publish them; https://en.wikipedia.org/wiki/Payment_card_number */
const brands: readonly Brand[] = [
  { name: 'Visa', prefix: /^4/, lengths: [13, 16, 19] },
  {
    name: 'Mastercard',
    prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
  },
  { name: 'American Express', prefix: /^3[47]/, lengths: [15] },
  { name: 'Discover', prefix: /^(?:6011|64[4-9]|65)/, lengths: to19 },
  { name: 'Diners Club', prefix: /^(?:30[0-5]|3095|36|38|39)/, lengths: [14, 16] },
  { name: 'JCB', prefix: /^35(?:2[89]|[3-8])/, lengths: to19 },
  { name: 'UnionPay', prefix: /^62/, lengths: to19 },
  { name: 'Mir', prefix: /^220[0-4]/, lengths: to19 },
  {
    name: 'Maestro',
    prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/,
    lengths: [13, 14, 15, ...to19],
  },
]

/** Numbers that card networks and providers publish for tests. */
const published = new Set(
  (
    '4242424242424242 4111111111111111 4012888888881881 4000056655665556 4000000000000002 ' +
    '5555555555554444 5105105105105100 2223003122003222 5200828282828210 378282246310005 ' +
    '371449635398431 6011111111111117 6011000990139424 3056930009020004 36227206271667 ' +
    '30569309025904 38520000023237 3566002020360505 3530111333300000 6200000000000005'
  ).split(' '),
)

/** Plain digits, groups of four (with a rest for 19), or the 4-6-5 and 4-6-4 of Amex and Diners. */
const CANDIDATE =
  /(?<![A-Za-z\d_])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3\d{3}([ -])\d{6}\2\d{4,5}|\d{13,19})(?![A-Za-z\d_])/g
const NAME_BEFORE = /([A-Za-z][\w.-]{0,39})["']?\]?\s{0,2}[=:>]\s{0,2}["']?$/

/** ISO/IEC 7812-1 annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function brandOf(digits: string): Brand | null {
  if (!isLuhn(digits)) return null
  const fits = ({ prefix, lengths }: Brand) =>
    lengths.includes(digits.length) && prefix.test(digits)
  return brands.find(fits) ?? null
}

/** A piece of an id, a decimal, a phone number, an e-mail address or a path, or of a longer row. */
function isInsideMore(text: string, index: number, end: number, grouped: boolean): boolean {
  const before = text.slice(Math.max(0, index - 6), index)
  const after = text.slice(end, end + 6)
  if (/[+/#@]$|[\d][.:]$|[A-Za-z\d]-$/.test(before)) return true
  if (/^(?:@|[.:]\d|-[A-Za-z\d])/.test(after)) return true
  return grouped && (/(?:^|\D)\d{4} $/.test(before) || /^ \d{4}(?:\D|$)/.test(after))
}

/** Whether a number of that length may be taken for a card where it stands. */
function isLikely(digits: string, sense: ReturnType<typeof cardSense>, grouped: boolean): boolean {
  if (grouped || sense === 'card') return true
  if (sense === 'other') return false
  // A phone number with its country code has 13 digits; ids of 17 to 19 are everywhere (snowflakes).
  return digits.length <= 16 ? digits.length > 13 : sense === 'number'
}

/**
 * Card numbers in a text: issuer range, length, check digit, and a place where ids, timestamps and
 * phone numbers do not stand.
 * @param name the field that the text is the value of, `null` for a text of its own
 */
export function findCards(text: string, name: string | null, limit: number): Match[] {
  const found: Match[] = []
  if (text.length < 13) return found
  for (const candidate of text.matchAll(CANDIDATE)) {
    const match = judge(text, candidate[0], candidate.index, name)
    if (match) found.push(match)
    if (found.length >= limit) break
  }
  return found
}

/** The same for a number that stands by itself, as in JSON. */
export function cardNumber(digits: string, name: string | null): Match | null {
  const brand = brandOf(digits)
  if (!brand || !isLikely(digits, cardSense(name ?? ''), false)) return null
  return matchOf(brand, digits, 0, digits.length)
}

function judge(text: string, whole: string, index: number, name: string | null): Match | null {
  const grouped = whole[4] === ' ' || whole[4] === '-'
  // After the four groups a security code may stand, which is no part of the number.
  const tries = grouped && whole.length > 19 ? [whole, whole.slice(0, 19)] : [whole]
  for (const written of tries) {
    const digits = grouped ? written.replace(/[ -]/g, '') : written
    const brand = brandOf(digits)
    if (!brand || isInsideMore(text, index, index + whole.length, grouped)) continue
    if (!isLikely(digits, cardSense(nameBefore(text, index, whole) ?? name ?? ''), grouped))
      continue
    return matchOf(brand, digits, index, index + written.length)
  }
  return null
}

/** What the text itself calls the number, as in `id=…`; `''` in the midst of other words. */
function nameBefore(text: string, index: number, whole: string): string | null {
  if (text.length === whole.length) return null
  const before = NAME_BEFORE.exec(text.slice(Math.max(0, index - 48), index))?.[1]
  return before ?? (text.trim() === whole ? null : '')
}

function matchOf(brand: Brand, digits: string, index: number, end: number): Match {
  const what = `${/^[AEIOU]/.test(brand.name) ? 'n' : ''} ${brand.name} card number`
  return {
    code: 'card-number',
    index,
    end,
    sentence: published.has(digits) ? `A${what}, published for tests.` : `Looks like a${what}.`,
    preview: `${digits.slice(0, 6)}…${digits.slice(-4)}`,
  }
}
