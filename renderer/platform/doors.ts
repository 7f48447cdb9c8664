import { messagePortLink, webSocketLink, type ApiLink } from '#contract/client.ts'

/**
 * What the host says of the engine while the page has no link, or one that nothing answers yet:
 * `starting`, `restarting` after it stopped, `failed` and not started again, or `ended`: another
 * program runs in its place and this page belongs to none.
 */
export type EngineNews = 'starting' | 'running' | 'restarting' | 'failed' | 'ended'

export interface DoorEvents {
  opened: (link: ApiLink) => void
  lost: () => void
  /** `sentence` says what happened; `null`: there is nothing to say. */
  news: (state: EngineNews, sentence: string | null) => void
}

/** One way to the engine. It reports every link that opens and every link that is lost. */
export interface Door {
  open(events: DoorEvents): void
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/** The wait before try number `attempt` (from 0): doubles, and never exceeds five seconds. */
export function backOffMs(attempt: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
}

const LINK_ENDED =
  'The Countersign that this page belongs to has ended. Another runs here now: open the link that it printed.'

/**
 * A program that was started anew does not know this page's cookie, and a WebSocket does not say
 * why it was refused; a request does.
 */
async function tellWhenLinkEnded(news: DoorEvents['news']): Promise<void> {
  try {
    const { status } = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })
    if (status === 401) news('ended', LINK_ENDED)
  } catch {
    // Nothing answers there: the connection is lost, and that is said already.
  }
}

/** Browser shell: a WebSocket that is opened again, with back-off, whenever it closes. */
export function socketDoor(url: string): Door {
  return {
    open({ opened, lost, news }) {
      let attempt = 0
      const connect = () => {
        const socket = new WebSocket(url)
        socket.binaryType = 'arraybuffer'
        socket.addEventListener('open', () => {
          attempt = 0
          opened(webSocketLink(socket))
        })
        socket.addEventListener('close', () => {
          if (attempt === 0) lost()
          setTimeout(connect, backOffMs(attempt))
          void tellWhenLinkEnded(news)
          attempt += 1
        })
      }
      connect()
    },
  }
}

const hostStates = ['starting', 'running', 'restarting', 'failed'] as const

/**
 * Desktop shell: the preload posts a port for each page load and each engine restart. Chromium
 * before 122 does not tell a page that the other end of a port closed, so a new port stands for
 * the loss of the old one, and the old one's pending calls are rejected through its close event.
 */
export function portDoor(requestPort: () => void): Door {
  return {
    open({ opened, lost, news }) {
      let current: MessagePort | null = null
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.source !== window || event.origin !== location.origin) return
        const data = event.data
        if (typeof data !== 'object' || data === null || !('type' in data)) return
        if (data.type === 'countersign:port') {
          const port = event.ports[0]
          if (port === undefined) return
          const previous = current
          current = port
          if (previous) previous.dispatchEvent(new Event('close'))
          port.addEventListener('close', () => {
            if (current === port) lost()
          })
          const link = messagePortLink(port)
          port.start()
          opened(link)
        } else if (data.type === 'countersign:port-lost') {
          current?.dispatchEvent(new Event('close'))
        } else if (data.type === 'countersign:engine-state' && 'state' in data) {
          const state = hostStates.find((each) => each === data.state)
          const sentence = 'sentence' in data ? data.sentence : null
          if (state) news(state, typeof sentence === 'string' ? sentence : null)
        }
      })
      requestPort()
    },
  }
}
