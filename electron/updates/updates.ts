import type { UpdatePhase, UpdateState, UpdateStep } from '#contract/app-state.ts'
import type { UpdateSource } from './update-source.ts'
import type { UpdateWay } from './update-way.ts'

/** After the start, and then once a day. */
const FIRST_CHECK_MS = 15_000
const CHECK_EVERY_MS = 24 * 60 * 60_000
/** How often it is looked whether deliveries still arrive. */
const LOOK_EVERY_MS = 5_000

export interface UpdatesOptions {
  way: UpdateWay
  page: string | null
  /** Opened the first time that something is asked for; it loads electron-updater. */
  openSource: () => Promise<UpdateSource>
  /** Whether nothing arrives and nothing is under way, so that a restart loses nothing. */
  isQuiet: () => boolean
  /** Lets the engine finish; what comes then ends the app. */
  beforeInstall: () => Promise<void>
  /** It could not be replaced: this one goes on. */
  onInstallFailed: () => void
  onChange: () => void
  log: (level: 'info' | 'warn', sentence: string) => void
}

interface Progress {
  phase: UpdatePhase
  version: string | null
  notes: string | null
  percent: number | null
  sentence: string | null
}

const IDLE: Progress = { phase: 'idle', version: null, notes: null, percent: null, sentence: null }

/**
 * Newer versions: asked for when the person allows it, fetched when they say so, and installed
 * when they say so and nothing arrives any more.
 */
export class Updates {
  readonly #options: UpdatesOptions
  #allowed = false
  #progress = IDLE
  #source: UpdateSource | null = null
  #nextCheck: NodeJS.Timeout | null = null
  #waiting: NodeJS.Timeout | null = null

  constructor(options: UpdatesOptions) {
    this.#options = options
  }

  state(): UpdateState {
    const { way, page } = this.#options
    const sentence = this.#progress.sentence ?? way.sentence
    return { ...this.#progress, allowed: this.#allowed, way: way.way, page, sentence }
  }

  /** What the person chose; off is at once: nothing more is asked for or installed. */
  allow(allowed: boolean): void {
    if (allowed === this.#allowed) return
    this.#allowed = allowed
    this.#stopTimers()
    if (allowed && this.#options.way.way !== 'none') this.#checkIn(FIRST_CHECK_MS)
    this.#enter(IDLE)
  }

  async step(step: UpdateStep): Promise<void> {
    if (!this.#allowed || this.#options.way.way === 'none') return
    const { phase } = this.#progress
    if (step === 'check' && ['idle', 'failed', 'found'].includes(phase)) await this.#check()
    else if (step === 'download' && phase === 'found') await this.#download()
    else if (step === 'install' && phase === 'ready') this.#installWhenQuiet()
    else if (step === 'later' && phase === 'waiting') this.#later()
  }

  stop(): void {
    this.#allowed = false
    this.#stopTimers()
  }

  async #check(): Promise<void> {
    this.#enter({ ...IDLE, phase: 'checking' })
    await this.#tryTo('It could not be looked for newer versions.', async (source) => {
      const found = await source.check()
      if (!this.#allowed) return
      if (found === null) this.#enter({ ...IDLE, sentence: 'There is nothing newer.' })
      else this.#enter({ ...IDLE, phase: 'found', ...found })
    })
    if (this.#allowed) this.#checkIn(CHECK_EVERY_MS)
  }

  async #download(): Promise<void> {
    if (this.#options.way.way !== 'itself') return
    const { version, notes } = this.#progress
    const found = { ...IDLE, version, notes }
    this.#enter({ ...found, phase: 'downloading', percent: 0 })
    await this.#tryTo('The new version could not be fetched.', async (source) => {
      await source.download((percent) => this.#tellPercent(Math.floor(percent)))
      if (this.#allowed) this.#enter({ ...found, phase: 'ready' })
    })
  }

  /** Every percent once: a disk is faster than a page that draws. */
  #tellPercent(percent: number): void {
    if (this.#progress.phase !== 'downloading' || this.#progress.percent === percent) return
    this.#enter({ ...this.#progress, percent })
  }

  #installWhenQuiet(): void {
    if (this.#options.isQuiet()) {
      void this.#install()
      return
    }
    const sentence = 'Deliveries arrive. It is installed as soon as none has come for a minute.'
    if (this.#progress.phase !== 'waiting') {
      this.#enter({ ...this.#progress, phase: 'waiting', sentence })
    }
    this.#waiting = setTimeout(() => this.#installWhenQuiet(), LOOK_EVERY_MS)
  }

  #later(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
    this.#enter({ ...this.#progress, phase: 'ready', sentence: null })
  }

  async #install(): Promise<void> {
    this.#enter({ ...this.#progress, phase: 'installing', sentence: null })
    await this.#tryTo('The new version could not be installed.', async (source) => {
      await this.#options.beforeInstall()
      try {
        source.install()
      } catch (error) {
        this.#options.onInstallFailed()
        throw error
      }
    })
  }

  async #tryTo(what: string, work: (source: UpdateSource) => Promise<void>): Promise<void> {
    try {
      this.#source ??= await this.#options.openSource()
      await work(this.#source)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.#options.log('warn', `${what} ${why}`)
      if (this.#allowed) this.#enter({ ...IDLE, phase: 'failed', sentence: `${what} ${why}` })
    }
  }

  #checkIn(ms: number): void {
    if (this.#nextCheck !== null) clearTimeout(this.#nextCheck)
    this.#nextCheck = setTimeout(() => {
      // What is being fetched or waits is not forgotten over a look for something newer.
      if (['idle', 'failed', 'found'].includes(this.#progress.phase)) void this.#check()
      else this.#checkIn(CHECK_EVERY_MS)
    }, ms)
  }

  #stopTimers(): void {
    for (const timer of [this.#nextCheck, this.#waiting]) if (timer !== null) clearTimeout(timer)
    this.#nextCheck = null
    this.#waiting = null
  }

  #enter(progress: Progress): void {
    this.#progress = progress
    this.#options.onChange()
  }
}
