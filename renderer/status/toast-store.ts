import { useSyncExternalStore } from 'react'

/** A sentence about something that was done, with what can be done about it. */
export interface Toast {
  readonly sentence: string
  readonly tone: 'good' | 'bad'
  readonly action?: { readonly name: string; readonly run: () => void }
}

/** How long it stays while nothing is done about it. */
const SHOWN_MS = 8_000

let current: Toast | null = null
let timer: ReturnType<typeof setTimeout> | null = null
const listeners = new Set<() => void>()

/** Shows a toast in place of the one before; `null` takes it away. */
export function showToast(toast: Toast | null): void {
  current = toast
  if (timer !== null) clearTimeout(timer)
  timer = toast === null ? null : setTimeout(() => showToast(null), SHOWN_MS)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useToast(): Toast | null {
  return useSyncExternalStore(subscribe, () => current)
}
