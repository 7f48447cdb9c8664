import { verdicts } from '#contract/verdict.ts'
import { readMoment } from './dates.ts'
import { states, type FilterTerm } from './filter.ts'
import { readJson } from './json-path.ts'
import { nearest } from './nearest.ts'
import { readRange, skew, statusCode, type Measure } from './ranges.ts'
import { found, readWritten, textOf, wrong, type Read, type Stretch } from './reading.ts'
import { readSearchText } from './search-text.ts'

type PatternKind = 'endpoint' | 'scheme' | 'type' | 'method' | 'path' | 'tag'

/** A text that is compared whole; `*` stands for any run in it, also in quotes. */
function readPattern(value: Stretch): Read<string> {
  const written = readWritten(value)
  if ('problem' in written) return written
  const { text, starBehind } = written.value
  if (text === '') return wrong(value, 'There is nothing in these quotes.')
  return found(starBehind ? `${text}*` : text)
}

export const pattern = (kind: PatternKind) => (value: Stretch) => {
  const read = readPattern(value)
  return 'problem' in read ? read : found<FilterTerm>({ kind, pattern: read.value })
}

export const part = (kind: 'id' | 'note') => (value: Stretch) => {
  const read = readWritten(value)
  if ('problem' in read) return read
  const { text, starBehind } = read.value
  if (starBehind) return wrong(value, 'No * is needed: any part of it is found.')
  if (text === '') return wrong(value, 'There is nothing in these quotes.')
  return found<FilterTerm>({ kind, text })
}

export const words = (where: 'body' | 'headers' | 'url') => (value: Stretch) =>
  readSearchText(value, where)

export const numbers =
  (kind: 'size' | 'duration', measure: Measure) =>
  (value: Stretch): Read<FilterTerm> => {
    const read = readRange(value, measure)
    return 'problem' in read ? read : found({ kind, range: read.value.range })
  }

export function readVerdict(value: Stretch): Read<FilterTerm> {
  const read = readOneOf(value, verdicts, 'verdict')
  return 'problem' in read ? read : found({ kind: 'verdict', verdict: read.value })
}

export function readState(value: Stretch): Read<FilterTerm> {
  const text = textOf(value).toLowerCase()
  if (verdicts.some((verdict) => verdict === text && verdict !== 'challenge')) {
    return wrong(value, `${text} is a verdict: write verdict:${text}.`)
  }
  const read = readOneOf(value, states, 'state')
  return 'problem' in read ? read : found({ kind: 'is', state: read.value })
}

function readOneOf<T extends string>(value: Stretch, all: readonly T[], what: string): Read<T> {
  const written = readWritten(value)
  if ('problem' in written) return written
  const text = written.value.text.toLowerCase()
  const one = all.find((each) => each === text)
  if (one !== undefined) return found(one)
  const near = nearest(text, all)
  const advice = near === null ? `Write one of ${all.join(', ')}.` : `Write ${near}.`
  return wrong(value, `There is no ${what} “${text.slice(0, 30)}”. ${advice}`)
}

export function readStatus(value: Stretch): Read<FilterTerm> {
  const family = /^([1-5])xx$/i.exec(textOf(value))
  if (family) {
    const from = Number(family[1]) * 100
    const range = { from, fromOpen: false, to: from + 99, toOpen: false }
    return found({ kind: 'status', range })
  }
  const read = readRange(value, statusCode)
  return 'problem' in read ? read : found({ kind: 'status', range: read.value.range })
}

export function readSkew(value: Stretch): Read<FilterTerm> {
  const read = readRange(value, skew)
  return 'problem' in read ? read : found({ kind: 'skew', ...read.value })
}

export function readAfter(value: Stretch, nowMs: number): Read<FilterTerm> {
  const read = readMoment(value, nowMs)
  if ('problem' in read) return read
  const range = { from: read.value, fromOpen: false, to: null, toOpen: false }
  return found({ kind: 'time', range })
}

export function readBefore(value: Stretch, nowMs: number): Read<FilterTerm> {
  const read = readMoment(value, nowMs)
  if ('problem' in read) return read
  const range = { from: null, fromOpen: false, to: read.value, toOpen: true }
  return found({ kind: 'time', range })
}

/** `name`, `name=value`, `name="a value"`; RFC 9110 section 5.1 says what a name is made of. */
export function readHeader(value: Stretch): Read<FilterTerm> {
  const [name = ''] = /^[!#$%&'+\-.^_`|~0-9a-z]*/i.exec(textOf(value)) ?? []
  const end = value.from + name.length
  if (end === value.to && name !== '')
    return found({ kind: 'header', name: name.toLowerCase(), pattern: null })
  if (name === '' || value.source[end] !== '=') {
    return wrong(
      { from: end, to: value.to },
      'Write the name of a header, then possibly = and its value, such as x-foo=bar.',
    )
  }
  if (end + 1 === value.to) {
    return wrong(
      value,
      `A value belongs behind =; without it, ${name} finds every one that is there.`,
    )
  }
  const written = readWritten({ ...value, from: end + 1 })
  if ('problem' in written) return written
  const { text, starBehind } = written.value
  return found({
    kind: 'header',
    name: name.toLowerCase(),
    pattern: starBehind ? `${text}*` : text,
  })
}

export function readJsonTerm(value: Stretch): Read<FilterTerm> {
  const read = readJson(value)
  return 'problem' in read ? read : found({ kind: 'json', ...read.value })
}
