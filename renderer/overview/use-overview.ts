import { useEffect, useState } from 'react'
import type { OverviewInput } from '#contract/overview.ts'
import { client } from '#renderer/app/api.ts'
import { onChange } from '#renderer/app/changes.ts'
import { addStep, addSums, emptySum, type OverviewSum } from './overview-sum.ts'
import type { TimeRange } from './time-range.ts'

/** Fetching again is never more often than twice a second. */
const PAUSE_MS = 500
/** Verdicts are judged anew row by row: all of it is counted again at most this often. */
const RECOUNT_MS = 3_000
/** New rows are counted again until they are so many: their answers become known meanwhile. */
const MOST_RECENT = 5_000
/** More than this many buckets: a span that grew is cut anew. */
const MOST_BUCKETS = 360
/** Rows of a moment from now: clocks are not read at once. */
const AHEAD_MS = 60_000

export interface OverviewState {
  sum: OverviewSum | null
  /** When the first delivery came, of a span without a beginning. */
  fromMs: number
  /** 0 to 1 while it is still being counted for the first time, `null` then. */
  progress: number | null
  error: unknown
  /** When this was counted. */
  countedAtMs: number
}

const nothing: OverviewState = { sum: null, fromMs: 0, progress: 0, error: null, countedAtMs: 0 }

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

type Endpoint = OverviewInput['endpoint']
type Tell = (state: OverviewState) => void

/** Counts a span step by step, then follows what arrives. */
class Follower {
  readonly #endpoint: Endpoint
  readonly #range: TimeRange
  readonly #tell: Tell
  #stopped = false
  #running = false
  #due: 'all' | 'new' | null = 'all'
  #settled: OverviewSum | null = null
  #settledTo = 0
  #fromMs = 0

  constructor(endpoint: Endpoint, range: TimeRange, tell: Tell) {
    this.#endpoint = endpoint
    this.#range = range
    this.#tell = tell
  }

  stop(): void {
    this.#stopped = true
  }

  want(what: 'all' | 'new'): void {
    if (this.#due !== 'all') this.#due = what
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#due !== null && !this.#stopped) {
      const what = this.#due
      this.#due = null
      try {
        // Of nothing there is no beginning to go on from.
        const begun = this.#settled !== null && this.#settled.counted > 0 ? this.#settled : null
        if (what === 'all' || !begun) await this.#countAll()
        else await this.#countNew(begun)
      } catch (error) {
        if (!this.#stopped) this.#tell({ ...nothing, sum: this.#settled, progress: null, error })
      }
      await wait(PAUSE_MS)
      if (what === 'all' && this.#due === 'all') await wait(RECOUNT_MS - PAUSE_MS)
    }
    this.#running = false
  }

  /** `begunMs`: where a span without a beginning was found to begin; `null`: not yet. */
  #span(begunMs: number | null): { fromMs: number | null; toMs: number } {
    const range = this.#range
    if (range.kind === 'fixed') return range
    const toMs = Date.now() + AHEAD_MS
    if (range.lengthMs !== null) return { fromMs: Date.now() - range.lengthMs, toMs }
    return { fromMs: begunMs, toMs }
  }

  async #countAll(): Promise<void> {
    const first = this.#settled === null
    const given = { endpoint: this.#endpoint, ...this.#span(null) }
    let sum: OverviewSum | null = null
    let afterId = 0
    for (;;) {
      const step = await client.overview.get({ ...given, bucketMs: sum?.bucketMs ?? null, afterId })
      if (this.#stopped) return
      sum = addStep(sum ?? emptySum(step.bucketMs), step)
      this.#fromMs = step.fromMs
      afterId = step.lookedTo
      if (!step.hasMore) break
      // What is shown stays until the new count is whole.
      if (first) this.#show(sum, afterId / Math.max(1, step.lastId))
    }
    this.#settled = sum
    this.#settledTo = afterId
    this.#show(sum, null)
  }

  async #countNew(settled: OverviewSum): Promise<void> {
    const given = {
      endpoint: this.#endpoint,
      ...this.#span(this.#fromMs),
      bucketMs: settled.bucketMs,
    }
    let recent = emptySum(settled.bucketMs)
    let afterId = this.#settledTo
    for (;;) {
      const step = await client.overview.get({ ...given, afterId })
      if (this.#stopped) return
      recent = addStep(recent, step)
      afterId = step.lookedTo
      if (!step.hasMore) break
    }
    const sum = addSums(settled, recent)
    if (recent.counted > MOST_RECENT) {
      this.#settled = sum
      this.#settledTo = afterId
    }
    if (sum.buckets.size > MOST_BUCKETS) this.#due = 'all'
    this.#show(sum, null)
  }

  #show(sum: OverviewSum, progress: number | null): void {
    this.#tell({ sum, fromMs: this.#fromMs, progress, error: null, countedAtMs: Date.now() })
  }
}

/** The deliveries of an endpoint in a time range, counted in the engine and kept up to date. */
export function useOverview(endpoint: Endpoint, range: TimeRange): OverviewState {
  const [told, setTold] = useState({ endpoint, range, state: nothing })
  useEffect(() => {
    const follower = new Follower(endpoint, range, (state) => setTold({ endpoint, range, state }))
    follower.want('all')
    const stopListening = onChange((change) => {
      if (change === 'everything' || change.judged || change.removed) follower.want('all')
      else if (change.arrived > 0) follower.want('new')
    })
    return () => {
      stopListening()
      follower.stop()
    }
  }, [endpoint, range])
  // What was counted for another span says nothing of this one.
  return told.endpoint === endpoint && told.range === range ? told.state : nothing
}
