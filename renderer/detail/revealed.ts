import { useSyncExternalStore } from 'react'

/** The delivery whose credentials are shown; another one that is opened starts masked. */
let revealed: number | null = null
const listeners = new Set<() => void>()

function set(deliveryId: number | null): void {
  revealed = deliveryId
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function isRevealed(deliveryId: number): boolean {
  return revealed === deliveryId
}

/** Whether the credentials of a delivery are shown, in all its tabs; and how to change that. */
export function useRevealed(deliveryId: number): [shown: boolean, toggle: () => void] {
  const shown = useSyncExternalStore(subscribe, () => revealed === deliveryId)
  return [shown, () => set(shown ? null : deliveryId)]
}
