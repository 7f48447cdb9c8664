import type { FilterProblem } from './filter.ts'

/** A stretch of the filter's text, in UTF-16 offsets. */
export interface Stretch {
  source: string
  from: number
  to: number
}

/** What was read, or why it could not be. */
export type Read<T> = { value: T } | { problem: FilterProblem }

export function found<T>(value: T): Read<T> {
  return { value }
}

export function wrong({ from, to }: { from: number; to: number }, sentence: string) {
  return { problem: { from, to, sentence } }
}

export function textOf({ source, from, to }: Stretch): string {
  return source.slice(from, to)
}

export interface Written {
  text: string
  quoted: boolean
  /** A `*` stands directly behind the closing quote. */
  starBehind: boolean
}

/**
 * A value as a person writes it: bare up to the next space or parenthesis, or in quotes, where
 * `\"` and `\\` stand for `"` and `\`. The quotes go around all of it.
 */
export function readWritten(stretch: Stretch): Read<Written> {
  const raw = textOf(stretch)
  if (!raw.startsWith('"')) {
    if (/^[“”„]/.test(raw)) {
      return wrong({ from: stretch.from, to: stretch.from + 1 }, 'Write straight quotes: ".')
    }
    const within = raw.indexOf('"')
    if (within < 0) return found({ text: raw, quoted: false, starBehind: false })
    const at = { from: stretch.from + within, to: stretch.to }
    return wrong(at, 'Quotes go around the whole value: put the first one at its beginning.')
  }
  const end = closingQuote(raw, 0)
  if (end === null) return wrong(stretch, 'This quote has no end. Write " behind the last word.')
  const rest = raw.slice(end + 1)
  if (rest !== '' && rest !== '*') {
    const at = { from: stretch.from + end + 1, to: stretch.to }
    return wrong(at, 'The value ends with its quote. Put a space before the next condition.')
  }
  return found({
    text: raw.slice(1, end).replace(/\\(["\\])/g, '$1'),
    quoted: true,
    starBehind: rest === '*',
  })
}

/** Where the quote that opens at `start` is closed; `null`: nowhere. */
export function closingQuote(text: string, start: number): number | null {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index += 1
    else if (text[index] === '"') return index
  }
  return null
}

/** The text in quotes, so that it reads back the same. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Without quotes where it reads back the same: `id://x` would be a URL. */
export function writeValue(text: string): string {
  return /^(?!\/\/)[^\s"()“”„]+$/.test(text) ? text : quote(text)
}
