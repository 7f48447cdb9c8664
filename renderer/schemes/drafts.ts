import { useSyncExternalStore } from 'react'

/** The key of the draft of a scheme that is not saved yet; no id of a scheme can be this. */
export const NEW = '+'

interface Draft {
  text: string
  past: readonly string[]
  future: readonly string[]
  changedAtMs: number
}

/** Texts that differ from what is saved, by scheme id; kept for as long as the page lives. */
const drafts = new Map<string, Draft>()
const listeners = new Set<() => void>()

/** Changes that follow each other as quickly as typing does are undone together. */
const TOGETHER_MS = 600
const MOST_STEPS = 200

function put(id: string, draft: Draft | null): void {
  if (draft) drafts.set(id, draft)
  else drafts.delete(id)
  for (const listener of listeners) listener()
}

/** @param saved what the draft began as, where there is none yet */
export function changeDraft(id: string, text: string, saved: string): void {
  const draft = drafts.get(id) ?? { text: saved, past: [], future: [], changedAtMs: 0 }
  if (draft.text === text) return
  const now = Date.now()
  const goesOn = now - draft.changedAtMs < TOGETHER_MS && draft.past.length > 0
  const past = goesOn ? draft.past : [...draft.past, draft.text].slice(-MOST_STEPS)
  put(id, { text, past, future: [], changedAtMs: now })
}

/** Begins a draft anew, such as with a file. */
export function startDraft(id: string, text: string): void {
  put(id, { text, past: [], future: [], changedAtMs: 0 })
}

export function undo(id: string): void {
  const draft = drafts.get(id)
  const text = draft?.past[draft.past.length - 1]
  if (!draft || text === undefined) return
  const future = [draft.text, ...draft.future]
  put(id, { text, past: draft.past.slice(0, -1), future, changedAtMs: 0 })
}

export function redo(id: string): void {
  const draft = drafts.get(id)
  const text = draft?.future[0]
  if (!draft || text === undefined) return
  const past = [...draft.past, draft.text]
  put(id, { text, past, future: draft.future.slice(1), changedAtMs: 0 })
}

export function dropDraft(id: string): void {
  put(id, null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The draft of a scheme; `null`: it is as it was saved. */
export function draftOf(id: string): Draft | null {
  return drafts.get(id) ?? null
}

/** The same, followed. */
export function useDraft(id: string): Draft | null {
  return useSyncExternalStore(subscribe, () => draftOf(id))
}
