/** RFC 8259 section 6. */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** A number by its digits: `0.digits × 10^exponent`; zero has no digits. */
interface Decimal {
  negative: boolean
  digits: string
  exponent: number
}

/** @returns `null`: it is no JSON number */
export function readDecimal(source: string): Decimal | null {
  const found = NUMBER.exec(source)
  if (!found) return null
  const [, sign, whole = '', fraction = '', exponent = '0'] = found
  const all = whole + fraction
  let first = 0
  while (all[first] === '0') first += 1
  let end = all.length
  while (end > first && all[end - 1] === '0') end -= 1
  const digits = all.slice(first, end)
  // Exponents beyond what a number holds are all the same: no body is long enough to reach them.
  return {
    negative: sign === '-' && digits !== '',
    digits,
    exponent: digits === '' ? 0 : whole.length - first + Number(exponent),
  }
}

/** Below 0, 0 or above 0, as `one - other` is; exact, however long they are. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.negative !== other.negative) return one.negative ? -1 : 1
  const bySize = compareSizes(one, other)
  return one.negative ? -bySize : bySize
}

function compareSizes(one: Decimal, other: Decimal): number {
  if (one.digits === '' || other.digits === '') return one.digits.length - other.digits.length
  if (one.exponent !== other.exponent) return one.exponent < other.exponent ? -1 : 1
  if (one.digits === other.digits) return 0
  return one.digits < other.digits ? -1 : 1
}
