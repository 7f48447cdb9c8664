import { isIPv6 } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { EngineStartError } from '#engine/options.ts'
import type { Place } from './bind-port.ts'
import { type CaptureOptions, type CaptureServer, createCaptureServer } from './capture-server.ts'
import type { Credentials } from './credentials.ts'
import { type Door, openDoor } from './door.ts'
import { knock } from './reached.ts'

/** Where to listen and what to speak there. */
export interface ListenAt extends Place {
  /** Absent or `null`: plain HTTP. */
  tls?: Credentials | null
}

export interface ListenerOptions extends CaptureOptions, ListenAt {}

export interface Listener {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Which port was taken, and which one it is instead; `null`: the wanted one. */
  readonly portNotice: string | null
  readonly activeConnections: number
  /**
   * Listens elsewhere, or speaks something else, from now on: the new place is open before the old
   * one closes, and requests that were begun there are answered. Rejects with EngineStartError, and
   * then nothing has changed.
   */
  move(to: ListenAt): Promise<void>
  /** Stops accepting, lets begun requests finish (10 s at most), then closes the connections. */
  close(): Promise<void>
  readonly standing?: ListenerStanding
}

/** Whether a listener is where it should be, and how to bring it back. */
export interface ListenerStanding {
  /** The port did not close by itself. */
  readonly isOpen: boolean
  /** Whether a connection to its address comes in here, and not nowhere or at somebody else's. */
  isReached(): Promise<boolean>
  /** Opens the same port anew. Rejects with EngineStartError, and then nothing has changed. */
  reopen(): Promise<void>
}

/** How long a place that was left still takes what is on its way to it. */
const GRACE_MS = 2000

/**
 * Starts the capture port: every request that arrives goes to the sink, also what Node would have
 * answered by itself, and is answered when the sink says so.
 * Rejects with EngineStartError `port-taken` or `host-unusable`.
 */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const listener = new MovableListener(options)
  await listener.open()
  return listener
}

/** A port and what serves the connections that come in through it. */
interface Opened {
  door: Door
  server: CaptureServer
}

class MovableListener implements Listener, ListenerStanding {
  private readonly options: ListenerOptions
  private current: Opened | null = null
  private wanted: ListenAt
  /** What was left for another place and still ends its connections. */
  private readonly leaving = new Set<Promise<void>>()
  /** Doors that were left and are still open for a while. */
  private readonly shutting = new Set<Promise<void>>()
  private readonly hurry = new AbortController()
  /** Ports that connections came from, only while we knock at our own door. */
  private readonly knocks = new Set<number>()
  private isKnocked = false
  private closed: Promise<void> | null = null

  constructor(options: ListenerOptions) {
    this.options = options
    this.wanted = options
  }

  get url(): string {
    return urlOf(this.wanted.tls ? 'https' : 'http', this.host, this.port)
  }

  get host(): string {
    return this.wanted.host
  }

  get port(): number {
    return this.current?.door.port ?? this.wanted.port
  }

  get portNotice(): string | null {
    return this.current?.door.portNotice ?? null
  }

  get activeConnections(): number {
    return this.current?.server.activeConnections ?? 0
  }

  get standing(): ListenerStanding {
    return this
  }

  get isOpen(): boolean {
    return this.current?.door.isOpen ?? false
  }

  isReached(): Promise<boolean> {
    this.isKnocked = true
    return knock(this.host, this.port, async (localPort) => {
      const giveUpAt = performance.now() + 1000
      while (!this.knocks.has(localPort) && performance.now() < giveUpAt) await delay(10)
      return this.knocks.delete(localPort)
    }).finally(() => {
      this.isKnocked = false
      this.knocks.clear()
    })
  }

  async reopen(): Promise<void> {
    if (this.closed) return
    const old = this.current
    const port = this.port
    old?.door.close()
    const opened = await this.openAt({ ...this.wanted, port, portWasAskedFor: true })
    // Closed meanwhile: nobody would close what was opened just now.
    if (this.closed) return shut(opened)
    this.current = opened
    if (old) this.leave(old)
  }

  async open(): Promise<void> {
    this.current = await this.openAt(this.wanted)
  }

  async move(to: ListenAt): Promise<void> {
    if (this.closed) return
    const old = this.current
    const stays = to.host === this.host && [this.wanted.port, this.port].includes(to.port)
    if (old && stays && old.door.isOpen) {
      const { server } = old
      old.server = createCaptureServer(this.options, to.tls ?? null)
      this.leave({ server, door: null })
    } else {
      const opened = await this.openElsewhere(to)
      // Closed meanwhile: nobody would close what was opened just now.
      if (this.closed) return shut(opened)
      this.current = opened
      if (old) this.leave(old)
    }
    this.wanted = to
  }

  close(): Promise<void> {
    return (this.closed ??= this.closeAll())
  }

  private async closeAll(): Promise<void> {
    this.current?.door.close()
    this.hurry.abort()
    await Promise.all([this.current?.server.close(), ...this.leaving])
  }

  private leave({ server, door }: { server: CaptureServer; door: Door | null }): void {
    server.retire()
    const shutting = this.shutSlowly(door).finally(() => this.shutting.delete(shutting))
    if (door) this.shutting.add(shutting)
    const done = shutting.then(() => server.close()).finally(() => this.leaving.delete(done))
    this.leaving.add(done)
  }

  /** Senders on their way to the old place still come in: closed at once, it would reset them. */
  private async shutSlowly(door: Door | null): Promise<void> {
    const { signal } = this.hurry
    if (!signal.aborted) await delay(GRACE_MS, undefined, { signal }).catch(() => undefined)
    door?.close()
  }

  private async openAt(at: ListenAt): Promise<Opened> {
    const server = createCaptureServer(this.options, at.tls ?? null)
    try {
      const door = await openDoor(at, {
        entered: (socket) => {
          if (this.isKnocked && socket.remotePort) this.knocks.add(socket.remotePort)
          opened.server.take(socket)
        },
        stopped: (why) => this.stopped(why),
        refused: (why) => this.refused(why),
      })
      const opened = { door, server }
      return opened
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** A place that was left a moment ago is still in our own way: for so long it is waited for. */
  private async openOnceFree(to: ListenAt): Promise<Opened> {
    try {
      return await this.openAt(to)
    } catch (error) {
      if (!isTaken(error) || this.shutting.size === 0) throw error
      await Promise.all(this.shutting)
      return this.openAt(to)
    }
  }

  private async openElsewhere(to: ListenAt): Promise<Opened> {
    try {
      return await this.openOnceFree(to)
    } catch (error) {
      if (!isTaken(error) || to.port !== this.port) throw error
      // The same port on another address may be in its own way: then the old door closes first.
      this.current?.door.close()
      return this.openAt(to).catch(async (failure: unknown) => {
        await this.openAgain()
        throw failure
      })
    }
  }

  private async openAgain(): Promise<void> {
    const old = this.current
    try {
      const opened = await this.openAt({ ...this.wanted, port: this.port, portWasAskedFor: true })
      if (this.closed) return await shut(opened)
      this.current = opened
      if (old) this.leave(old)
    } catch (error) {
      this.stopped(error instanceof Error ? error.message : String(error))
    }
  }

  private stopped(why: string): void {
    this.options.onProblem({
      code: 'listener-stopped',
      sentence: `The capture port ${this.port} stopped (${why}). It is opened again as soon as it can be.`,
    })
  }

  private refused(why: string): void {
    this.options.onProblem({
      code: 'connection-refused',
      sentence: `A connection could not be taken (${why}); its sender has to come again. Others still are.`,
    })
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof EngineStartError && error.code === 'port-taken'
}

async function shut({ door, server }: Opened): Promise<void> {
  door.close()
  await server.close()
}

/** Where a sender on this machine posts to; an address that means "all" is no place to post to. */
function urlOf(protocol: 'http' | 'https', host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `${protocol}://${isIPv6(name) ? `[${name}]` : name}:${port}`
}
