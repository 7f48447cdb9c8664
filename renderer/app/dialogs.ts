import { useSyncExternalStore } from 'react'
import type { NewEndpoint } from '#contract/endpoint.ts'
import type { ExportFormat } from '#contract/transfer.ts'
import type { DataKeyTask } from '#renderer/data-key/data-key-dialog.tsx'
import type { Selection } from '#contract/selection.ts'

/** The dialog that is open; at most one. */
export type OpenDialog =
  | { kind: 'new-endpoint'; start?: Partial<NewEndpoint>; suggested?: string[] }
  | {
      kind: 'edit-endpoint'
      endpointId: number
      schemeId?: string | null
      suggested?: string[]
      section?: 'answer' | 'forward'
    }
  | { kind: 'replay'; deliveryId: number }
  /** Many at once: all of them of one endpoint, or `null`. `what`: such as “1,204 deliveries”. */
  | {
      kind: 'replay-many'
      selection: Selection
      what: string
      count: number | null
      endpointId: number | null
      url?: string
    }
  /** Chooses what the first of them is compared with. */
  | { kind: 'compare'; ids: readonly number[] }
  | { kind: 'export'; selection: Selection; what: string; format?: ExportFormat }
  | { kind: 'import' }
  | { kind: 'save-fixture'; ids: readonly number[] }
  | ({ kind: 'data-key' } & DataKeyTask)
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
