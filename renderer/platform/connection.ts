import { DynamicLink } from '@orpc/client'
import { createApiClient, type ApiClient, type ApiLink } from '#contract/client.ts'
import { portDoor, socketDoor, type Door, type EngineNews } from './doors.ts'

/**
 * `connecting`: there has been no engine yet; `open`: it answers; `lost`: it is gone and nobody
 * said why; the others are what the host says of it.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'restarting' | 'failed' | 'ended'

/** How long a call waits for a lost engine before it is told so. */
const WAIT_FOR_ENGINE_MS = 10_000

/** Keeps one client alive over links that come and go. */
export interface Connection {
  readonly client: ApiClient
  /** Counts links: 1 for the first, more after each reconnection; 0 before any. */
  readonly generation: () => number
  readonly state: () => ConnectionState
  /** What the host says of a lost engine; `null` when it says nothing. */
  readonly sentence: () => string | null
  /** Calls back on every change of state or generation; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void
}

export class NotConnectedError extends Error {
  override readonly name = 'NotConnectedError'
  constructor() {
    super('The engine does not answer. Its state is unknown until the connection is back.')
  }
}

/** Opens a door and gives a client whose calls go over whichever link is current. */
export function createConnection(door: Door): Connection {
  let link: ApiLink | null = null
  let generation = 0
  let news: EngineNews = 'running'
  let sentence: string | null = null
  const state = (): ConnectionState => {
    if (news === 'starting') return 'connecting'
    if (news !== 'running') return news
    if (link) return 'open'
    return generation > 0 ? 'lost' : 'connecting'
  }
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  door.open({
    opened: (next) => {
      link = next
      generation += 1
      // A new door means that this page is known again.
      if (news === 'ended') news = 'running'
      tell()
    },
    lost: () => {
      link = null
      tell()
    },
    news: (next, said) => {
      news = next
      sentence = said
      tell()
    },
  })

  const whenLinked = () =>
    new Promise<ApiLink>((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(new NotConnectedError())
      }, WAIT_FOR_ENGINE_MS)
      const stop = subscribe(() => {
        if (!link) return
        clearTimeout(timer)
        stop()
        resolve(link)
      })
    })

  return {
    client: createApiClient(new DynamicLink(() => link ?? whenLinked())),
    generation: () => generation,
    state,
    sentence: () => sentence,
    subscribe,
  }
}

/** The connection of this page, by whichever door its host offers. */
export function connect(): Connection {
  const bridge = window.countersign
  if (bridge) return createConnection(portDoor(() => bridge.requestPort()))
  return createConnection(socketDoor(`${location.origin.replace(/^http/, 'ws')}/rpc`))
}
