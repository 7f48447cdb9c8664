import path from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { RawHeader } from '#contract/http.ts'
import { verdicts, type Verdict } from '#contract/verdict.ts'
import type { SecretSource } from './secret-sources.ts'

export function pathValue(text: string): string {
  return path.resolve(text)
}

/** A TCP port; 0 takes any free one. */
export function portValue(text: string): number {
  return wholeNumber(text, 0, 65_535, 'A port is a number from 0 to 65535.')
}

export function idValue(text: string): number {
  return wholeNumber(
    text,
    1,
    Number.MAX_SAFE_INTEGER,
    'An id is a number, as “countersign list” shows it.',
  )
}

export function limitValue(text: string): number {
  return wholeNumber(text, 1, 1_000_000, 'A limit is a whole number from 1.')
}

/** Of a demo; more would only take long. */
export function demoCountValue(text: string): number {
  return wholeNumber(text, 1, 100_000, 'It is a whole number from 1 to 100,000.')
}

export function afterValue(text: string): number {
  return wholeNumber(text, 0, Number.MAX_SAFE_INTEGER, 'An id is a whole number.')
}

/** At most the longest delay that a timer can have. */
export function secondsValue(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (seconds > 0 && seconds < 2_147_483) return seconds
  throw new InvalidArgumentError('A time is a number of seconds, such as 30.')
}

export function unixSecondsValue(text: string): number {
  const seconds = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (Math.abs(seconds) <= 8_640_000_000_000) return seconds
  throw new InvalidArgumentError('A moment is unix seconds, such as 1700000000.')
}

/** A moment that a signature can be made at. */
export function signedAtValue(text: string): number {
  const seconds = unixSecondsValue(text)
  if (seconds >= 0) return seconds
  throw new InvalidArgumentError('A signature is made after 1970.')
}

export function verdictValue(text: string): Verdict {
  const found = verdicts.find((verdict) => verdict === text)
  if (found !== undefined) return found
  throw new InvalidArgumentError(`A verdict is one of ${verdicts.join(', ')}.`)
}

export function messageIdValue(text: string): 'same' | 'new' {
  if (text === 'same' || text === 'new') return text
  throw new InvalidArgumentError('It is same or new.')
}

export function httpUrlValue(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text
  throw new InvalidArgumentError('A URL begins with http:// or https://.')
}

export function settingValue(
  text: string,
  earlier: ReadonlyArray<readonly [string, string]>,
): ReadonlyArray<readonly [string, string]> {
  const sign = text.indexOf('=')
  if (sign > 0) return [...earlier, [text.slice(0, sign), text.slice(sign + 1)]]
  throw new InvalidArgumentError('A setting is NAME=VALUE.')
}

/** `Name: value`, as in a request. */
export function headerValue(text: string, earlier: readonly RawHeader[]): readonly RawHeader[] {
  const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*)$/.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [...earlier, [name, value]]
  throw new InvalidArgumentError('A header is “Name: value”.')
}

export function secretEnvValue(
  variable: string,
  earlier: readonly SecretSource[] = [],
): readonly SecretSource[] {
  return [...earlier, { kind: 'env', variable }]
}

function wholeNumber(text: string, least: number, most: number, sentence: string): number {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new InvalidArgumentError(sentence)
}
