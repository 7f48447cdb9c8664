import { describe, expect, test } from 'vitest'
import type { TimestampForm } from '#contract/scheme.ts'
import { formatTimestamp, judgeAge, parseTimestamp, readLaxly, skewSeconds } from './timestamp.ts'

type Unit = TimestampForm['unit']
const unixMs = (text: string, unit: Unit) => parseTimestamp(text, unit)?.unixMs ?? null
const form = (unit: Unit, age?: TimestampForm['age']): TimestampForm => ({
  place: { header: 'T' },
  unit,
  ...(age && { age }),
})

describe('a number', () => {
  test('is in the unit of the scheme', () => {
    expect(parseTimestamp('1760000000', 's')).toEqual({
      ...{ text: '1760000000', unixMs: 1_760_000_000_000, unit: 's' },
    })
    expect(parseTimestamp('1760000000123', 'ms')).toEqual({
      ...{ text: '1760000000123', unixMs: 1_760_000_000_123, unit: 'ms' },
    })
    expect(parseTimestamp('5', 'ms')).toEqual({ text: '5', unixMs: 5, unit: 'ms' })
    expect(parseTimestamp('1760000000123', 's')?.unixMs).toBe(1_760_000_000_123_000)
  })

  test.each(['s-or-ms', 'any'] as const)('of %s is told by its size', (unit) => {
    expect(parseTimestamp('99999999999', unit)).toMatchObject({ unixMs: 99_999_999_999e3 })
    expect(parseTimestamp('99999999999', unit)?.unit).toBe('s')
    expect(parseTimestamp('100000000000', unit)).toMatchObject({ unixMs: 1e11, unit: 'ms' })
    expect(parseTimestamp('0', unit)).toMatchObject({ unixMs: 0, unit: 's' })
  })

  test('has to be one that a calendar reaches', () => {
    expect(unixMs('8640000000000', 's')).toBe(8.64e15)
    expect(unixMs('8640000000001', 's')).toBeNull()
    expect(unixMs('8640000000000000', 'ms')).toBe(8.64e15)
    expect(unixMs('8640000000000001', 'ms')).toBeNull()
  })

  test.each(['', ' 1', '1 ', '01', '00', '+1', '-1', '1.0', '1e3', '0x1', '１', '1/', '1:', '9:'])(
    'is not %j',
    (text) => {
      for (const unit of ['s', 'ms', 's-or-ms', 'any'] as const) {
        expect(parseTimestamp(text, unit)).toBeNull()
      }
    },
  )

  test('has at most 16 digits', () => {
    expect(unixMs('1000000000000000', 'ms')).toBe(1e15)
    expect(unixMs('10000000000000000', 'ms')).toBeNull()
  })
})

describe('a date and time', () => {
  const at = Date.UTC(2026, 10, 22, 13, 4, 5)

  test.each([
    ['2026-11-22T13:04:05Z', 0],
    ['2026-11-22t13:04:05z', 0],
    ['2026-11-22 13:04:05Z', 0],
    ['2026-11-22T15:04:05+02:00', 0],
    ['2026-11-22T15:04:05+0200', 0],
    ['2026-11-22T07:34:05-05:30', 0],
    ['2026-11-22T13:04:05.6Z', 600],
    ['2026-11-22T13:04:05.678Z', 678],
    ['2026-11-22T13:04:05.678999999Z', 678],
  ])('%s with a zone', (text, ms) => {
    expect(parseTimestamp(text, 'iso8601')).toEqual({ text, unixMs: at + ms, unit: 'text' })
    expect(parseTimestamp(text, 'any')).toEqual({ text, unixMs: at + ms, unit: 'text' })
    for (const other of ['s', 'ms', 's-or-ms', 'iso8601-no-zone', 'http-date'] as const) {
      expect(parseTimestamp(text, other)).toBeNull()
    }
  })

  test.each([
    ['2026-11-22T13:04:05', 0],
    ['2026-11-22t13:04:05', 0],
    ['2026-11-22 13:04:05.12', 120],
  ])('%s without a zone is UTC', (text, ms) => {
    expect(parseTimestamp(text, 'iso8601-no-zone')?.unixMs).toBe(at + ms)
    expect(parseTimestamp(text, 'iso8601')).toBeNull()
  })

  test.each([
    '2026-13-22T13:04:05Z',
    '2026-11-22T25:04:05Z',
    'x2026-11-22T13:04:05Z',
    '2026-11-22T13:04:05Zx',
    '2026-11-22T13:04Z',
    '2026-11-22T13:04:05.Z',
    '2026-11-22',
    '',
  ])('%j is none', (text) => {
    expect(parseTimestamp(text, 'iso8601')).toBeNull()
    expect(parseTimestamp(text.replace('Z', ''), 'iso8601-no-zone')).toBeNull()
  })

  test('of HTTP', () => {
    const text = 'Sun, 22 Nov 2026 13:04:05 GMT'
    expect(parseTimestamp(text, 'http-date')).toEqual({ text, unixMs: at, unit: 'text' })
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']) {
      expect(parseTimestamp(text.replace('Sun', day), 'http-date')?.unixMs).toBe(at)
    }
    for (const wrong of [
      text.replace('Sun', 'Day'),
      text.replace('GMT', 'CET'),
      text.replace('22 Nov', '2 Nov'),
      text.replace('Nov', 'Abc'),
      ` ${text}`,
      `${text} `,
      '2026-11-22T13:04:05Z',
      '1760000000',
    ]) {
      expect(parseTimestamp(wrong, 'http-date')).toBeNull()
    }
  })
})

test('an SDK reads more than that', () => {
  expect(readLaxly('12abc', 'parseInt')).toBe(12)
  expect(readLaxly('12abc', 'Number')).toBeNull()
  expect(readLaxly('1e3', 'Number')).toBe(1000)
  expect(readLaxly('0x10', 'parseInt')).toBe(0)
  expect(readLaxly('0x10', 'Number')).toBe(16)
  for (const parsing of ['parseInt', 'Number'] as const) {
    for (const text of ['', '  ', 'Infinity', 'now']) expect(readLaxly(text, parsing)).toBeNull()
    expect(readLaxly(' 7 ', parsing)).toBe(7)
  }
})

describe('the age', () => {
  const signed = { text: '', unixMs: 1_760_000_000_000, unit: 's' } as const
  const tolerance = { pastSeconds: 300, futureSeconds: 60 }
  const side = (atMs: number, age?: TimestampForm['age']) =>
    judgeAge(form('s', age), signed, tolerance, signed.unixMs + atMs)

  test('of whole seconds counts from the second of receipt', () => {
    expect(side(300_999)).toBe('inside')
    expect(side(301_000)).toBe('too-old')
    expect(side(-60_000)).toBe('inside')
    expect(side(-60_001)).toBe('too-new')
    expect(side(-61_000)).toBe('too-new')
  })

  test('is exact where the scheme says so, and where there are milliseconds', () => {
    expect(side(300_000, 'exact')).toBe('inside')
    expect(side(300_001, 'exact')).toBe('too-old')
    expect(side(-60_000, 'exact')).toBe('inside')
    expect(side(-60_001, 'exact')).toBe('too-new')
    const inMs = { ...signed, unit: 'ms' } as const
    expect(judgeAge(form('ms'), inMs, tolerance, signed.unixMs + 300_000)).toBe('inside')
    expect(judgeAge(form('ms'), inMs, tolerance, signed.unixMs + 300_001)).toBe('too-old')
  })

  test('is boundless where there is no limit', () => {
    const past = { pastSeconds: null, futureSeconds: 60 }
    const future = { pastSeconds: 300, futureSeconds: null }
    expect(judgeAge(form('s'), signed, past, signed.unixMs + 1e12)).toBe('inside')
    expect(judgeAge(form('s'), signed, past, signed.unixMs - 1e6)).toBe('too-new')
    expect(judgeAge(form('s'), signed, future, 0)).toBe('inside')
    expect(judgeAge(form('s'), signed, future, signed.unixMs + 1e6)).toBe('too-old')
  })

  test('is told in seconds, negative before receipt', () => {
    expect(skewSeconds(signed, signed.unixMs + 1_500)).toBe(-1.5)
    expect(skewSeconds(signed, signed.unixMs - 250)).toBe(0.25)
  })
})

test.each<[Unit, number, string]>([
  ['s', 1_760_000_000_999, '1760000000'],
  ['any', 1_760_000_000_999, '1760000000'],
  ['ms', 1_760_000_000_999, '1760000000999'],
  ['ms', 1_760_000_000_999.7, '1760000000999'],
  ['s-or-ms', 1_760_000_000_999, '1760000000999'],
  ['iso8601', 1_760_000_000_000, '2025-10-09T08:53:20Z'],
  ['iso8601', 1_760_000_000_120, '2025-10-09T08:53:20.120Z'],
  ['iso8601-no-zone', 1_760_000_000_000, '2025-10-09T08:53:20'],
  ['iso8601-no-zone', 1_760_000_000_120, '2025-10-09T08:53:20.120'],
  ['http-date', 1_760_000_000_000, 'Thu, 09 Oct 2025 08:53:20 GMT'],
])('%s writes %d as %s, and reads it again', (unit, ms, text) => {
  expect(formatTimestamp(form(unit), ms)).toBe(text)
  expect(parseTimestamp(text, unit)).not.toBeNull()
})
