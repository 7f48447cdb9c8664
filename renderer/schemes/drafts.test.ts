import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { changeDraft, draftOf, dropDraft, redo, startDraft, undo } from './drafts.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  dropDraft('a')
})
const textOf = () => draftOf('a')?.text
const type = (text: string, afterMs: number) => {
  vi.advanceTimersByTime(afterMs)
  changeDraft('a', text, 'saved')
}

test('what is typed quickly is undone together, down to what was saved', () => {
  type('s', 0)
  type('sa', 100)
  type('sav', 100)
  type('later', 5_000)
  undo('a')
  expect(textOf()).toBe('sav')
  undo('a')
  expect(textOf()).toBe('saved')
  undo('a')
  expect(textOf()).toBe('saved')
  redo('a')
  redo('a')
  redo('a')
  expect(textOf()).toBe('later')
})

test('a change after undo ends what could be redone; the same text is no change', () => {
  type('one', 0)
  type('two', 5_000)
  undo('a')
  type('three', 5_000)
  redo('a')
  expect(textOf()).toBe('three')
  const before = draftOf('a')
  type('three', 5_000)
  expect(draftOf('a')).toBe(before)
})

test('a draft begun with a file has nothing to undo', () => {
  startDraft('a', 'file')
  undo('a')
  expect(textOf()).toBe('file')
  dropDraft('a')
  expect(draftOf('a')).toBeNull()
})
