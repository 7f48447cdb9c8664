import type { Range } from './filter.ts'
import { nearest } from './nearest.ts'
import { found, readWritten, wrong, type Read, type Stretch } from './reading.ts'

/** What the numbers of a key are: their units and how to write them. */
export interface Measure {
  /** By unit as written (lower case); the empty one is meant where none stands. */
  units: Record<string, number>
  /** A sign before a number has a meaning. */
  signs: boolean
  /** Such as `>10kb`. */
  example: string
  /** Such as "a size". */
  what: string
}

const time = { ms: 1, s: 1_000, min: 60_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const seconds = Object.fromEntries(Object.entries(time).map(([unit, ms]) => [unit, ms / 1000]))

const sizes = {
  '': 1,
  b: 1,
  kb: 1_000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1_024,
  mib: 1_048_576,
  gib: 1_073_741_824,
}

/** Bytes. */
export const size: Measure = { units: sizes, signs: false, example: '>10kb', what: 'a size' }
/** Milliseconds. */
export const duration: Measure = {
  units: { '': 1, ...time },
  signs: false,
  example: '>500ms',
  what: 'a length of time',
}
/** Seconds. */
export const skew: Measure = {
  units: { '': 1, ...seconds },
  signs: true,
  example: '>60',
  what: 'seconds',
}
export const statusCode: Measure = {
  units: { '': 1 },
  signs: false,
  example: '>=400',
  what: 'a status',
}

export interface SignedRange {
  range: Range
  /** A bound was written with its sign. */
  signed: boolean
}

interface Quantity {
  value: number
  signed: boolean
}

const none = { from: null, fromOpen: false, to: null, toOpen: false }

/** `200`, `>=400`, `<10kb`, `200..299`, `400..` and `..1mb`, in the measure's base unit. */
export function readRange(stretch: Stretch, measure: Measure): Read<SignedRange> {
  const written = readWritten(stretch)
  if ('problem' in written) return written
  if (written.value.quoted) return wrong(stretch, 'A number stands without quotes.')
  const text = written.value.text
  const dots = text.indexOf('..')
  if (dots >= 0) return readSpan(stretch, dots, measure)
  const operator = /^(?:[<>]=?|=)/.exec(text)?.[0] ?? ''
  const number = readQuantity({ ...stretch, from: stretch.from + operator.length }, measure)
  if ('problem' in number) return number
  const { value, signed } = number.value
  return found({ range: compared(operator, value), signed })
}

function compared(operator: string, value: number): Range {
  switch (operator) {
    case '>':
      return { ...none, from: value, fromOpen: true }
    case '>=':
      return { ...none, from: value }
    case '<':
      return { ...none, to: value, toOpen: true }
    case '<=':
      return { ...none, to: value }
    default:
      return { ...none, from: value, to: value }
  }
}

function readSpan(stretch: Stretch, dots: number, measure: Measure): Read<SignedRange> {
  const middle = stretch.from + dots
  const low = { ...stretch, to: middle }
  const high = { ...stretch, from: middle + 2 }
  const nothing: Read<Quantity | null> = found(null)
  const from = low.from === low.to ? nothing : readQuantity(low, measure)
  if ('problem' in from) return from
  const to = high.from === high.to ? nothing : readQuantity(high, measure)
  if ('problem' in to) return to
  const least = from.value?.value ?? null
  const most = to.value?.value ?? null
  if (least === null && most === null) {
    return wrong(stretch, 'A number belongs on one side of the dots at least, such as 200..299.')
  }
  if (least !== null && most !== null && least > most) {
    return wrong(stretch, 'The smaller number comes first.')
  }
  const signed = from.value?.signed === true || to.value?.signed === true
  return found({ range: { ...none, from: least, to: most }, signed })
}

function readQuantity(stretch: Stretch, measure: Measure): Read<Quantity> {
  const text = stretch.source.slice(stretch.from, stretch.to)
  const match = /^([+-]?)(\d{1,16}(?:\.\d{1,9})?)([a-z]*)$/i.exec(text)
  const at = stretch.from === stretch.to ? { ...stretch, from: stretch.from - 1 } : stretch
  if (!match) return wrong(at, `Here belongs ${measure.what}, such as ${measure.example}.`)
  const [, sign = '', digits = '', unit = ''] = match
  if (sign !== '' && !measure.signs) {
    return wrong(
      at,
      `This is never below nothing. Write it without a sign, such as ${measure.example}.`,
    )
  }
  const factor = measure.units[unit.toLowerCase()]
  if (factor === undefined) {
    const from = stretch.to - unit.length
    return wrong({ from, to: stretch.to }, unitSentence(unit, Object.keys(measure.units)))
  }
  // A nanounit is fine enough, and takes away what binary fractions leave behind (1.1 kB).
  const value = Number((Number(digits) * factor).toFixed(9))
  if (value > Number.MAX_SAFE_INTEGER) return wrong(at, 'This number is too large.')
  return found({ value: sign === '-' && value !== 0 ? -value : value, signed: sign !== '' })
}

function unitSentence(unit: string, units: readonly string[]): string {
  const known = units.filter((each) => each !== '')
  if (known.length === 0) return `A status has no unit: take ${unit} away.`
  const near = nearest(unit, known)
  if (near !== null) return `There is no unit ${unit}. Write ${near}.`
  return `There is no unit ${unit}. Write one of ${known.join(', ')}.`
}

/** `null`: not to be said in one condition (one bound open, the other not). */
export function writeRange({ from, fromOpen, to, toOpen }: Range, signed: boolean): string | null {
  const written = (value: number) => (signed && value >= 0 ? `+${decimal(value)}` : decimal(value))
  if (from !== null && to !== null) {
    if (fromOpen || toOpen) return null
    return from === to ? written(from) : `${written(from)}..${written(to)}`
  }
  if (from !== null) return `>${fromOpen ? '' : '='}${written(from)}`
  return to === null ? null : `<${toOpen ? '' : '='}${written(to)}`
}

/** Without an exponent. */
function decimal(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : text
}
