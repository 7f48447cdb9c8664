import type { AppState, UpdateStep } from '#contract/app-state.ts'
import { HostNews } from './host-news.ts'

/** What the person can choose of the desktop app itself. */
export interface AppChange {
  startAtLogin?: boolean
  keepRunning?: boolean
  updates?: boolean
}

/** How the import of a file ended that was opened from outside. */
export interface OpenedFile {
  name: string
  added: number
  alreadyHere: number
  problem: string | null
}

export interface AppHost {
  /** `null` until the host has said. */
  readonly state: () => AppState | null
  /** Calls back on every change; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void
  change(change: AppChange): void
  step(step: UpdateStep): void
}

export interface AppBridge {
  appState(): Promise<AppState | null>
  changeApp(change: AppChange): void
  updateStep(step: UpdateStep): void
}

export const openedFileNews = new HostNews<OpenedFile>()

/** The desktop app around this page, as its main process tells it. */
export function appHost(bridge: AppBridge): AppHost {
  let state: AppState | null = null
  const listeners = new Set<() => void>()
  const become = (next: AppState | null) => {
    state = next
    for (const listener of listeners) listener()
  }
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || event.origin !== location.origin) return
    const { data } = event
    if (isAppChanged(data)) become(data.state)
    if (isImported(data)) openedFileNews.tell(data)
  })
  let asked = false
  return {
    state: () => state,
    subscribe(listener) {
      if (!asked) {
        asked = true
        void bridge.appState().then(become)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    change: (change) => bridge.changeApp(change),
    step: (step) => bridge.updateStep(step),
  }
}

/** Only the preload posts such messages: the page's own origin is checked before. */
function isAppChanged(data: unknown): data is { state: AppState } {
  return typeOf(data) === 'countersign:app-changed'
}

function isImported(data: unknown): data is OpenedFile {
  return typeOf(data) === 'countersign:imported'
}

function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : null
}
