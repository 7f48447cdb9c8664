import { useSyncExternalStore } from 'react'
import type { NewEndpoint } from '#contract/endpoint.ts'

/** The dialog that is open; at most one. */
export type OpenDialog =
  | { kind: 'new-endpoint'; start?: Partial<NewEndpoint>; suggested?: string[] }
  | { kind: 'edit-endpoint'; endpointId: number; schemeId?: string | null; suggested?: string[] }
  | { kind: 'replay'; deliveryId: number }
  /** Chooses what the first of them is compared with. */
  | { kind: 'compare'; ids: readonly number[] }
  | { kind: 'shortcuts' }
  | { kind: 'palette'; find?: 'endpoints' }

let current: OpenDialog | null = null
const listeners = new Set<() => void>()

export function showDialog(dialog: OpenDialog | null): void {
  current = dialog
  for (const listener of listeners) listener()
}

export function openDialog(): OpenDialog | null {
  return current
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useDialog(): OpenDialog | null {
  return useSyncExternalStore(subscribe, openDialog)
}
