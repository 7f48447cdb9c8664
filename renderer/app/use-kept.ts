import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab of the browser shell may have changed it.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const nameOf = (key: string) => `countersign.${key}`

/** Remembers a choice for whoever uses it by this key. */
export function keep(key: string, value: string): void {
  localStorage.setItem(nameOf(key), value)
  for (const listener of listeners) listener()
}

/** A choice that this machine remembers, such as a language; the same wherever it is used. */
export function useKeptText(key: string, fallback: string): [string, (value: string) => void] {
  const name = nameOf(key)
  const value = useSyncExternalStore(subscribe, () => localStorage.getItem(name) ?? fallback)
  const setValue = useCallback((next: string) => keep(key, next), [key])
  return [value, setValue]
}

/** A number that this machine remembers, such as the width of a pane. */
export function useKeptNumber(key: string, fallback: number): [number, (value: number) => void] {
  const [text, setText] = useKeptText(key, String(fallback))
  const kept = Number(text)
  const setNumber = useCallback((next: number) => setText(String(next)), [setText])
  return [text !== '' && Number.isFinite(kept) ? kept : fallback, setNumber]
}

/** Something that is on or off, and how to turn it round. */
export function useKeptSwitch(
  key: string,
  fallback: boolean,
): { on: boolean; set: (on: boolean) => void; toggle: () => void } {
  const [value, setValue] = useKeptNumber(key, fallback ? 1 : 0)
  const on = value === 1
  const set = useCallback((next: boolean) => setValue(next ? 1 : 0), [setValue])
  const toggle = useCallback(() => set(!on), [set, on])
  return { on, set, toggle }
}
