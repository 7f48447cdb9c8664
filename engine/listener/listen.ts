import { isIPv6 } from 'node:net'
import { EngineStartError } from '#engine/options.ts'
import type { Place } from './bind-port.ts'
import type { ListenerProblem } from './capture-context.ts'
import { type CaptureOptions, type CaptureServer, createCaptureServer } from './capture-server.ts'
import type { Credentials } from './credentials.ts'
import { type Door, openDoor } from './door.ts'

export type { ListenerProblem }

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
}

/** How long connections to a place that was left may still bring what is on its way in them. */
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

class MovableListener implements Listener {
  private readonly options: ListenerOptions
  private server: CaptureServer
  private tls: Credentials | null
  private door: Door | null = null
  private wanted: Place
  /** What was left for another place and still ends its connections. */
  private readonly leaving = new Set<Promise<void>>()
  private closed: Promise<void> | null = null

  constructor(options: ListenerOptions) {
    this.options = options
    this.wanted = options
    this.tls = options.tls ?? null
    this.server = createCaptureServer(options, this.tls)
  }

  get url(): string {
    return urlOf(this.tls ? 'https' : 'http', this.host, this.port)
  }

  get host(): string {
    return this.wanted.host
  }

  get port(): number {
    return this.door?.port ?? this.wanted.port
  }

  get portNotice(): string | null {
    return this.door?.portNotice ?? null
  }

  get activeConnections(): number {
    return this.server.activeConnections
  }

  async open(): Promise<void> {
    this.door = await this.openDoor(this.wanted)
  }

  async move(to: ListenAt): Promise<void> {
    const stays = to.host === this.host && [this.wanted.port, this.port].includes(to.port)
    if (!stays) this.door = await this.openElsewhere(to)
    this.wanted = to
    this.tls = to.tls ?? null
    this.leave(this.server)
    this.server = createCaptureServer(this.options, this.tls)
  }

  close(): Promise<void> {
    return (this.closed ??= this.closeAll())
  }

  private async closeAll(): Promise<void> {
    this.door?.close()
    await Promise.all([this.server.close(), ...this.leaving])
  }

  private leave(server: CaptureServer): void {
    const left = server.close(GRACE_MS).finally(() => this.leaving.delete(left))
    this.leaving.add(left)
  }

  private openDoor(place: Place): Promise<Door> {
    return openDoor(place, {
      entered: (socket) => this.server.take(socket),
      stopped: (why) => this.stopped(why),
    })
  }

  private async openElsewhere(to: Place): Promise<Door> {
    const old = this.door
    try {
      const next = await this.openDoor(to)
      old?.close()
      return next
    } catch (error) {
      const taken = error instanceof EngineStartError && error.code === 'port-taken'
      if (!taken || to.port !== this.port) throw error
      // The same port on another address may be in its own way: then the old door closes first.
      old?.close()
      return this.openDoor(to).catch(async (failure: unknown) => {
        await this.openAgain()
        throw failure
      })
    }
  }

  private async openAgain(): Promise<void> {
    const place = { host: this.host, port: this.port, portWasAskedFor: true }
    try {
      this.door = await this.openDoor(place)
    } catch (error) {
      this.stopped(error instanceof Error ? error.message : String(error))
    }
  }

  private stopped(why: string): void {
    this.options.onProblem({
      code: 'listener-stopped',
      sentence: `The capture port ${this.port} stopped (${why}). Restart Countersign to listen again.`,
    })
  }
}

/** Where a sender on this machine posts to; an address that means "all" is no place to post to. */
function urlOf(protocol: 'http' | 'https', host: string, port: number): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `${protocol}://${isIPv6(name) ? `[${name}]` : name}:${port}`
}
