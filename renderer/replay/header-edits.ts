import type { RawHeader } from '#contract/http.ts'
import { inOrder } from '#renderer/diff/common-order.ts'

/** A header line that is being edited. */
export interface DraftHeader {
  /** Tells lines apart while they are edited. */
  key: number
  /** Its place among the captured headers; `null`: it was added. */
  from: number | null
  name: string
  value: string
}

type HeaderEdit = 'added' | 'changed' | 'recased' | 'moved'

export function draftHeaders(captured: readonly RawHeader[]): DraftHeader[] {
  return captured.map(([name, value], from) => ({ key: from, from, name, value }))
}

/** What was done to each line, by its key; lines that stand as captured are not in it. */
export function headerEdits(
  captured: readonly RawHeader[],
  headers: readonly DraftHeader[],
): Map<number, HeaderEdit> {
  const kept = headers.filter(({ from }) => from !== null)
  const steady = inOrder(kept.map(({ from }) => from ?? 0))
  const moved = new Set(kept.filter((_, index) => !steady.has(index)).map(({ key }) => key))
  const edits = new Map<number, HeaderEdit>()
  for (const { key, from, name, value } of headers) {
    const before = from === null ? undefined : captured[from]
    if (!before) edits.set(key, 'added')
    else if (before[1] !== value || before[0].toLowerCase() !== name.toLowerCase()) {
      edits.set(key, 'changed')
    } else if (before[0] !== name) edits.set(key, 'recased')
    else if (moved.has(key)) edits.set(key, 'moved')
  }
  return edits
}

/** Captured headers that are no longer there, with their places. */
export function removedHeaders(
  captured: readonly RawHeader[],
  headers: readonly DraftHeader[],
): { from: number; header: RawHeader }[] {
  const left = new Set(headers.map(({ from }) => from))
  return captured.flatMap((header, from) => (left.has(from) ? [] : [{ from, header }]))
}

function nextKey(headers: readonly DraftHeader[], captured: number): number {
  return headers.reduce((most, { key }) => Math.max(most, key + 1), captured)
}

/** A new, empty line at the end. */
export function withAdded(headers: readonly DraftHeader[], captured: number): DraftHeader[] {
  return [...headers, { key: nextKey(headers, captured), from: null, name: '', value: '' }]
}

/** A line that was taken out, back where it stood among those that are left. */
export function withPutBack(
  headers: readonly DraftHeader[],
  from: number,
  [name, value]: RawHeader,
): DraftHeader[] {
  const line: DraftHeader = { key: from, from, name, value }
  const before = headers.findIndex((each) => each.from !== null && each.from > from)
  return before < 0
    ? [...headers, line]
    : [...headers.slice(0, before), line, ...headers.slice(before)]
}

/** A line one place up (`-1`) or down (`1`); at an end everything stays. */
export function withMoved(
  headers: readonly DraftHeader[],
  key: number,
  by: -1 | 1,
): readonly DraftHeader[] {
  const at = headers.findIndex((each) => each.key === key)
  const [one, other] = [headers[at], headers[at + by]]
  if (!one || !other) return headers
  return headers.map((each, index) => (index === at ? other : index === at + by ? one : each))
}

/** The list for the engine; lines without a name are not sent. */
export function rawHeadersOf(headers: readonly DraftHeader[]): RawHeader[] {
  return headers.flatMap(({ name, value }): RawHeader[] => (name === '' ? [] : [[name, value]]))
}

/**
 * What goes out for a line instead of what stands in it, by its key: the nth of a name is the nth
 * of that name. Lines that go out as they stand, or not at all, are not in it.
 */
export function valuesSent(
  headers: readonly DraftHeader[],
  sent: readonly RawHeader[],
): Map<number, string> {
  const values = new Map<string, string[]>()
  for (const [name, value] of sent) {
    const key = name.toLowerCase()
    values.set(key, [...(values.get(key) ?? []), value])
  }
  const taken = new Map<string, number>()
  const other = new Map<number, string>()
  for (const { key, name, value } of headers) {
    const lower = name.toLowerCase()
    const count = taken.get(lower) ?? 0
    taken.set(lower, count + 1)
    const goesOut = values.get(lower)?.[count]
    if (goesOut !== undefined && goesOut !== value) other.set(key, goesOut)
  }
  return other
}
