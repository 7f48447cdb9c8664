import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron'
import { channels, type EngineState } from './channels.ts'
import type { DesktopLog } from './desktop-log.ts'
import { FromEngine, type StartOptions, type ToEngine } from './engine-messages.ts'
import { answerKeyRequest } from './os-key-storage.ts'
import { RestartPolicy } from './restart-policy.ts'

/** How long quitting waits for requests under way and their commits. */
const DRAIN_MS = 10_000

export interface EngineProcessOptions {
  /** dist/engine.cjs, absolute. */
  entryFile: string
  start: StartOptions
  log: DesktopLog
  onReady(ready: { url: string | null; attached: boolean }): void
  /** It stopped by itself; before anything is done about it. */
  onCrash(code: number): void
  /** The engine is not running and will not be started again unless `retry` is called. */
  onFailed(sentence: string): void
}

/**
 * The engine in its utilityProcess: starts it, starts it again when it dies, and hands every page
 * a port of its own for each page load and each engine. Main makes the channels and keeps neither
 * end, so it never sees what goes through them.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions
  readonly #restarts = new RestartPolicy()
  readonly #pages = new Set<WebContents>()
  #child: UtilityProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #closing = false
  #start: StartOptions
  #state: EngineState = { state: 'starting', sentence: null }

  constructor(options: EngineProcessOptions) {
    this.#options = options
    this.#start = options.start
  }

  start(): void {
    const child = utilityProcess.fork(this.#options.entryFile, [], {
      serviceName: 'Countersign engine',
      stdio: 'pipe',
    })
    this.#child = child
    if (child.stdout) this.#options.log.follow(child.stdout, null)
    if (child.stderr) this.#options.log.follow(child.stderr, process.stderr)
    child.on('message', (message: unknown) => this.#received(child, message))
    child.on('error', (type, location) =>
      this.#options.log.warn('engine-fault', { type, location }),
    )
    child.once('exit', (code) => this.#exited(child, code))
    this.#send(child, { type: 'start', options: this.#start })
    for (const page of this.#pages) this.#connect(child, page)
  }

  /** Tries again after `onFailed`. */
  retry(): void {
    if (this.#child !== null || this.#closing) return
    this.#restarts.reset()
    this.#enter({ state: 'starting', sentence: null })
    this.start()
  }

  /** Gives a page its port now, and another one whenever the engine is started again. */
  connectPage(page: WebContents): void {
    if (!this.#pages.has(page)) {
      this.#pages.add(page)
      page.once('destroyed', () => this.#pages.delete(page))
    }
    if (this.#child !== null) this.#connect(this.#child, page)
    page.send(channels.engineState, this.#state)
  }

  /**
   * Lets the engine finish what is under way, 10 s at most.
   *
   * @returns whether it ended by itself
   */
  async close(): Promise<boolean> {
    this.#closing = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    const child = this.#child
    if (child === null) return true
    const ended = new Promise<boolean>((resolve) => {
      child.once('exit', () => resolve(true))
      setTimeout(() => resolve(false), DRAIN_MS).unref()
    })
    this.#send(child, { type: 'close' })
    const drained = await ended
    if (!drained) {
      this.#options.log.warn('engine-cut-off', { afterMs: DRAIN_MS })
      child.kill()
    }
    return drained
  }

  /** Runs again after `close`: the app was to end, and does not. */
  reopen(): void {
    this.#closing = false
    this.retry()
  }

  #send(child: UtilityProcess, message: ToEngine): void {
    child.postMessage(message)
  }

  #connect(child: UtilityProcess, page: WebContents): void {
    const { port1, port2 } = new MessageChannelMain()
    const message: ToEngine = { type: 'port' }
    child.postMessage(message, [port1])
    page.postMessage(channels.port, null, [port2])
  }

  #received(child: UtilityProcess, raw: unknown): void {
    const message = FromEngine.parse(raw)
    switch (message.type) {
      case 'ready':
        this.#start = keepingPort(this.#start, message.url)
        this.#enter({ state: 'running', sentence: null })
        this.#options.onReady({ url: message.url, attached: message.attached })
        break
      case 'key-request': {
        const bytes = answerKeyRequest(message)
        this.#send(child, { type: 'key-answer', id: message.id, bytes })
        break
      }
      case 'start-failed':
        this.#options.log.error('start-failed', new Error(message.message), {
          code: message.code,
        })
        this.#lost()
        child.kill()
        this.#fail(message.message)
        break
    }
  }

  #exited(child: UtilityProcess, code: number): void {
    if (this.#child !== child) return
    this.#lost()
    if (this.#closing) return
    const waitMs = this.#restarts.crashed(performance.now())
    this.#options.log.warn('engine-ended', { code })
    this.#options.onCrash(code)
    if (waitMs === null) {
      this.#fail(
        'The engine stopped four times within a minute. Nothing is recorded until it runs.',
      )
      return
    }
    const sentence = 'The engine stopped and is being started again.'
    this.#enter({ state: 'restarting', sentence })
    this.#timer = setTimeout(() => this.start(), waitMs)
  }

  #lost(): void {
    this.#child = null
    for (const page of this.#pages) page.send(channels.portLost)
  }

  #fail(sentence: string): void {
    this.#enter({ state: 'failed', sentence })
    this.#options.onFailed(sentence)
  }

  #enter(state: EngineState): void {
    this.#state = state
    for (const page of this.#pages) page.send(channels.engineState, state)
  }
}

/** Senders know the port by now: an engine that is started again asks for the same one. */
function keepingPort(start: StartOptions, url: string | null): StartOptions {
  const port = url === null ? 0 : Number(new URL(url).port)
  if (port === 0 || port === start.listen.port) return start
  return { ...start, listen: { ...start.listen, port, portWasAskedFor: false } }
}
