import { writeValue } from '#contract/filter/reading.ts'
import { filterKey, filterKeys, type FilterKey } from '#contract/filter/terms.ts'
import { tokenize, type TermToken } from '#contract/filter/tokens.ts'

/** A value that could stand behind a key. */
export interface OfferedValue {
  value: string
  detail?: string
}

/** By key; what is not here falls back to the values of the terms table. */
export type OfferedValues = Partial<Record<string, readonly OfferedValue[]>>

export interface Suggestion {
  /** What is shown, and put in place of the stretch. */
  insert: string
  detail: string
  /** `key`: a value comes next; `whole`: replaces all of the text. */
  kind: 'key' | 'value' | 'whole'
}

export interface Suggestions {
  /** The stretch of the text that a suggestion replaces, in UTF-16 offsets. */
  from: number
  to: number
  items: Suggestion[]
}

const MOST_VALUES = 40
/** Of the values of all keys, for a word without one. */
const MOST_GUESSES = 6

/** What could stand where the caret is. */
export function suggest(text: string, caret: number, offered: OfferedValues): Suggestions {
  const token = tokenize(text).find(
    (each): each is TermToken => each.kind === 'term' && each.from < caret && caret <= each.to,
  )
  if (!token) return { from: caret, to: caret, items: filterKeys.map(keySuggestion) }
  const key = token.key === null ? undefined : filterKey(token.key)
  if (key && caret >= token.valueFrom) {
    const typed = text.slice(token.valueFrom, caret).replace(/^"/, '')
    const items = valueSuggestions(key, typed, offered)
    return { from: token.valueFrom, to: token.to, items }
  }
  const typed = text.slice(token.from, caret).toLowerCase()
  const to = key ? token.valueFrom : token.to
  const keys = filterKeys.filter((each) => each.key.startsWith(typed)).map(keySuggestion)
  return { from: token.from, to, items: [...keys, ...(key ? [] : guesses(typed, offered))] }
}

function keySuggestion({ key, means }: FilterKey): Suggestion {
  return { insert: `${key}:`, detail: means, kind: 'key' }
}

function valuesOf(key: FilterKey, offered: OfferedValues): readonly OfferedValue[] {
  return offered[key.key] ?? (key.values ?? []).map((value) => ({ value }))
}

function valueSuggestions(key: FilterKey, typed: string, offered: OfferedValues): Suggestion[] {
  const wanted = typed.toLowerCase()
  const all = valuesOf(key, offered)
  const begins = all.filter(({ value }) => value.toLowerCase().startsWith(wanted))
  const holds = all.filter(
    ({ value }) =>
      !begins.some((each) => each.value === value) && value.toLowerCase().includes(wanted),
  )
  const found = [...begins, ...holds]
  // The value that stands there already is no suggestion.
  if (found.length === 1 && found[0]?.value.toLowerCase() === wanted) return []
  return found.slice(0, MOST_VALUES).map(({ value, detail }) => ({
    insert: writeValue(value),
    detail: detail ?? '',
    kind: 'value',
  }))
}

/** Values that begin as the word does, with their key. */
function guesses(typed: string, offered: OfferedValues): Suggestion[] {
  if (typed.length < 2) return []
  return filterKeys
    .flatMap((key) =>
      valuesOf(key, offered)
        .filter(({ value }) => value.toLowerCase().startsWith(typed))
        .map(({ value }): Suggestion => {
          return { insert: `${key.key}:${writeValue(value)}`, detail: key.means, kind: 'value' }
        }),
    )
    .slice(0, MOST_GUESSES)
}

/** The text with a suggestion in it, and where the caret goes. */
export function accept(
  text: string,
  { from, to }: Suggestions,
  { insert, kind }: Suggestion,
): { text: string; caret: number } {
  if (kind === 'whole') return { text: insert, caret: insert.length }
  const rest = text.slice(to)
  const space = kind === 'value' && rest === '' ? ' ' : ''
  return {
    text: text.slice(0, from) + insert + space + rest,
    caret: from + insert.length + space.length,
  }
}
