import { createProcedureClient, getRouter, isProcedure } from '@orpc/server'
import type { Status } from '#contract/status.ts'
import type { EngineOptions } from '#engine/options.ts'
import { runHealthTask } from '#engine/store/doctor/run-health-task.ts'
import { suspicionOf } from '#engine/store/damage-signs.ts'
import { incidentSentence, listIncidents } from '#engine/store/salvage/incident.ts'
import type { ChangeFeed } from './changes.ts'
import type { Problems } from './problems.ts'
import type { EngineRouter } from './router.ts'
import { standIn, type StandIn } from './stand-in.ts'

/** Everything that works on one opened database. */
export interface Life {
  router: EngineRouter
  status(): Status
}

/** What a life is told of the ones around it. */
export interface LifeHooks {
  /** Closed in reverse order when the life ends. */
  closers: (() => Promise<void> | void)[]
  /** Where the life before listened: senders know it; `null`: this is the first. */
  at: Status['listening']
  feed: ChangeFeed
  /** Something failed; when it may be for a damaged database, that is looked into. */
  suspect(error: unknown): void
  /** The same for what is only told in words; also tells of databases that were set aside. */
  watch(problems: Problems): Problems
  /** Sets the database aside and goes on with what can be read of it. */
  renew(reason: string): Promise<void>
  /** The answer of a later life to a call that came to this one; `null`: it is its own to answer. */
  later(path: readonly string[], input: unknown, signal?: AbortSignal): Promise<unknown> | null
}

export interface Lives extends Life {
  close(): Promise<void>
}

/** A damaged database after each other so often means that the disk is failing. */
const MOST_RENEWALS = 3
const WITHIN_MS = 3_600_000
const VERIFY_EVERY_MS = 60_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

const EVERYTHING = {
  judged: true,
  answered: true,
  endpoints: true,
  removed: true,
  marks: true,
  savedFilters: true,
  settings: true,
  replays: true,
  runs: true,
  status: true,
}

/**
 * Keeps an engine going when its database turns out to be damaged while it runs: everything on it
 * is closed, it is set aside, and everything begins anew on what could be read. Whoever holds the
 * first router is answered by the newest life; senders hear 503 meanwhile.
 */
export async function openLives(options: {
  dataDir: string
  feed: ChangeFeed
  begin(hooks: LifeHooks): Promise<Life>
}): Promise<Lives> {
  const lives = new SuccessiveLives(options)
  await lives.open()
  return lives
}

class SuccessiveLives implements Lives {
  readonly #options: Parameters<typeof openLives>[0]
  #first: Life | null = null
  #current: Life | null = null
  /** The last word of the life before. */
  #last: Status | null = null
  #closers: LifeHooks['closers'] = []
  #renewing: Promise<void> | null = null
  /** What a person reads while there is no life. */
  #between: { sentence: string; sinceMs: number; standIn: StandIn | null } | null = null
  #renewals: number[] = []
  #verifiedAtMs = Number.NEGATIVE_INFINITY
  #closed = false

  constructor(options: Parameters<typeof openLives>[0]) {
    this.#options = options
  }

  async open(): Promise<void> {
    this.#first = await this.#begin()
    this.#current = this.#first
  }

  get router(): EngineRouter {
    if (this.#first === null) throw new Error('Nothing has begun yet.')
    return this.#first.router
  }

  status(): Status {
    if (this.#current === null) throw new Error('Nothing has begun yet.')
    if (this.#between === null || this.#last === null) return this.#current.status()
    const { sentence, sinceMs, standIn: door } = this.#between
    const problem = { code: 'database-damaged', sentence, sinceMs }
    return { ...this.#last, listening: door?.at ?? null, problems: [problem] }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#renewing
    await closeAll(this.#closers)
  }

  async #begin(): Promise<Life> {
    const closers: LifeHooks['closers'] = []
    this.#closers = closers
    const own: { life: Life | null } = { life: null }
    const hooks: LifeHooks = {
      closers,
      at: this.#last?.listening ?? null,
      feed: this.#options.feed,
      suspect: (error) => this.#suspect(error),
      watch: (problems) => this.#watch(problems),
      renew: (reason) => this.#renew(reason),
      later: (path, input, signal) => this.#later(own.life, path, input, signal),
    }
    try {
      own.life = await this.#options.begin(hooks)
      return own.life
    } catch (error) {
      await closeAll(closers)
      throw error
    }
  }

  #watch(problems: Problems): Problems {
    for (const incident of listIncidents(this.#options.dataDir)) {
      if (incident.acknowledgedAtMs !== null) continue
      problems.report(
        `database-set-aside-${incident.id}`,
        `${incidentSentence(incident)} See Settings, Data.`,
      )
    }
    return {
      ...problems,
      report: (code, sentence) => {
        problems.report(code, sentence)
        if (!code.startsWith('database-')) this.#suspect(sentence)
      },
    }
  }

  #suspect(error: unknown): void {
    const suspicion = suspicionOf(error)
    if (suspicion === 'none' || this.#renewing !== null || this.#closed) return
    const reason = error instanceof Error ? error.message : String(error)
    if (suspicion === 'sure') void this.#renew(reason)
    else void this.#verify()
  }

  /** Another thread read something that is damaged: a look through everything tells what it was. */
  async #verify(): Promise<void> {
    if (performance.now() - this.#verifiedAtMs < VERIFY_EVERY_MS) return
    this.#verifiedAtMs = performance.now()
    const { dataDir } = this.#options
    const damage = await runHealthTask({ kind: 'verify', dataDir }).catch(
      (error: unknown) => `it cannot be looked through: ${String(error)}`,
    )
    if (damage !== null) await this.#renew(damage)
  }

  #renew(reason: string): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#renewing ??= this.#replace(reason).finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #replace(reason: string): Promise<void> {
    const { dataDir, feed } = this.#options
    this.#last = this.#current?.status() ?? null
    const at = this.#last?.listening ?? null
    const say = (sentence: string) => {
      const sinceMs = this.#between?.sinceMs ?? Date.now()
      this.#between = { sentence, sinceMs, standIn: this.#between?.standIn ?? null }
      feed.publish({ status: true })
    }
    say(`The database is damaged (${reason}). ${MEANWHILE}`)
    await closeAll(this.#closers)
    const tooOften = this.#countRenewal()
    let recovered = false
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(LAST_RETRY_MS, waitMs * 2)) {
      await this.#refuseAt(at)
      if (tooOften) return say(TOO_OFTEN)
      try {
        if (!recovered) await runHealthTask({ kind: 'recover', dataDir, reason })
        recovered = true
        await this.#between?.standIn?.close()
        if (this.#between) this.#between.standIn = null
        if (this.#closed) return
        this.#current = await this.#begin()
        this.#between = null
        feed.publish(EVERYTHING)
        return
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        say(`${why} It is tried again by itself. ${MEANWHILE}`)
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      if (this.#closed) return
    }
  }

  /** While there is no database, senders are asked to come again. */
  async #refuseAt(at: Status['listening']): Promise<void> {
    const between = this.#between
    if (at === null || between === null || between.standIn !== null) return
    between.standIn = await standIn(at).catch(() => null)
    this.#closers.push(async () => between.standIn?.close())
    this.#options.feed.publish({ status: true })
  }

  #countRenewal(): boolean {
    const now = performance.now()
    this.#renewals = this.#renewals.filter((at) => now - at < WITHIN_MS)
    this.#renewals.push(now)
    return this.#renewals.length > MOST_RENEWALS
  }

  #later(
    own: Life | null,
    path: readonly string[],
    input: unknown,
    signal: AbortSignal | undefined,
  ): Promise<unknown> | null {
    const isStatus = path.join('.') === 'status.get'
    if (this.#between !== null && isStatus) return Promise.resolve(this.status())
    if (this.#renewing === null && (own === null || own === this.#current)) return null
    return this.#pass(path, input, signal)
  }

  async #pass(path: readonly string[], input: unknown, signal?: AbortSignal): Promise<unknown> {
    await this.#renewing
    const found = this.#current === null ? null : getRouter(this.#current.router, path)
    if (!isProcedure(found)) throw new Error(`There is no call ${path.join('.')}.`)
    const call = createProcedureClient(found, { context: {}, path: [...path] })
    return call(input, signal ? { signal } : {})
  }
}

/** The same start again: where it listened, or next to it, whatever port was asked for then. */
export function continued(options: EngineOptions, at: Status['listening']): EngineOptions {
  if (at === null || options.listen === null) return options
  return { ...options, listen: { ...options.listen, port: at.port, portWasAskedFor: false } }
}

const MEANWHILE = 'Deliveries are refused with 503 until what can be read is in a new one.'
const TOO_OFTEN =
  'The database was damaged more than three times within an hour: its disk is failing. ' +
  'Deliveries are refused with 503. Move the data directory to another disk, and start again.'

/** All of them are closed, whatever one of them says: what they work on is damaged. */
async function closeAll(closers: LifeHooks['closers']): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers.splice(0).reverse()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  for (const failure of failures) console.error('Closing did not go well:', failure)
}
