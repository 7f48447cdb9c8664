import type { Badge } from './page-messages.ts'

/** What the tray shows of the listener. */
export interface ListenerState {
  url: string | null
  paused: boolean
  /** The engine answers, so that it can be paused and resumed. */
  reachable: boolean
}

export type TrayItem =
  | { kind: 'text'; label: string }
  | { kind: 'line' }
  | { kind: 'failure'; label: string; deliveryId: number }
  | { kind: 'action'; label: string; action: TrayAction }
  | { kind: 'quit'; label: string }

export type TrayAction = 'show' | 'pause' | 'resume' | 'copy-url'

/** The tray's menu, from the listener's state and the newest failures. */
export function trayMenu(listener: ListenerState, badge: Badge): TrayItem[] {
  const { url, paused, reachable } = listener
  const items: TrayItem[] = [{ kind: 'text', label: listenerText(listener) }]
  if (url !== null) items.push({ kind: 'action', label: 'Copy Capture URL', action: 'copy-url' })
  if (reachable && paused) {
    items.push({ kind: 'action', label: 'Resume Listening', action: 'resume' })
  } else if (reachable && url !== null) {
    items.push({ kind: 'action', label: 'Pause Listening', action: 'pause' })
  }
  items.push({ kind: 'line' }, { kind: 'text', label: failuresText(badge.count) })
  for (const { deliveryId, text } of badge.newest) {
    items.push({ kind: 'failure', label: menuLabel(text), deliveryId })
  }
  items.push(
    { kind: 'line' },
    { kind: 'action', label: 'Show Countersign', action: 'show' },
    { kind: 'quit', label: 'Quit Countersign' },
  )
  return items
}

/** `Listening on http://127.0.0.1:4100`, `Paused: …`, `Not listening`. */
export function listenerText({ url, paused }: ListenerState): string {
  if (paused) return 'Paused: nothing is recorded'
  return url === null ? 'Not listening' : `Listening on ${url}`
}

/** What stands beside the pointer over the tray. */
export function trayTip(listener: ListenerState, { count }: Badge): string {
  return `Countersign: ${count > 0 ? failuresText(count) : listenerText(listener)}`
}

/** `No new failures`, `1 new failure`, `12 new failures`. */
export function failuresText(count: number): string {
  if (count === 0) return 'No new failures'
  return count === 1 ? '1 new failure' : `${count} new failures`
}

/** In a label `&` marks the key of the entry. */
function menuLabel(text: string): string {
  return text.replaceAll('&', '&&')
}
