import type { Change } from '#contract/status.ts'
import { api, client, connection, queryClient } from './api.ts'

type ChangeListener = (change: Change | 'everything') => void
const listeners = new Set<ChangeListener>()

/** Hears every change of the engine; `'everything'` after a reconnection or a gap. */
export function onChange(listener: ChangeListener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(change: Change | 'everything'): void {
  for (const listener of listeners) listener(change)
}

/** How long changes are collected, and how far apart they are fetched while more arrive. */
const SOON_MS = 120
const APART_MS = 500

/** Collects keys and fetches them anew at most twice a second, however fast deliveries arrive. */
const due = new Set<() => Promise<void>>()
let timer: ReturnType<typeof setTimeout> | null = null
let fetchedAtMs = 0
function soon(...jobs: (() => Promise<void>)[]): void {
  for (const job of jobs) due.add(job)
  const waitMs = Math.max(SOON_MS, fetchedAtMs + APART_MS - performance.now())
  timer ??= setTimeout(() => {
    timer = null
    fetchedAtMs = performance.now()
    const now = [...due]
    due.clear()
    Promise.all(now.map((job) => job())).catch(() => undefined)
  }, waitMs)
}

const again = (queryKey: readonly unknown[]) => () =>
  queryClient.invalidateQueries({ queryKey, refetchType: 'active' })
const jobs = {
  counts: again(api.deliveries.count.key()),
  delivery: again(api.deliveries.get.key()),
  explanation: again(api.deliveries.explain.key()),
  diagnosis: again(api.deliveries.diagnose.key()),
  attempts: again(api.deliveries.attempts.key()),
  suggestion: again(api.deliveries.suggestEndpoint.key()),
  endpoints: again(api.endpoints.key()),
  schemes: again(api.schemes.key()),
  secretUsage: again(api.endpoints.secretUsage.key()),
  replays: again(api.replays.key()),
  composed: again(api.compose.history.key()),
  checks: again(api.checks.key()),
  batches: again(api.batches.key()),
  forwards: again(api.forwards.key()),
  status: again(api.status.get.key()),
  /** What would be run follows the listener. */
  tunnels: again(api.tunnels.key()),
  tags: again(api.deliveries.tags.key()),
  savedFilters: again(api.savedFilters.key()),
  settings: again(api.settings.key()),
  dataKey: again(api.dataKey.key()),
}

const { counts, attempts, secretUsage, delivery, explanation, diagnosis } = jobs
const parts = [
  'arrived',
  'judged',
  'answered',
  'endpoints',
  'removed',
  'marks',
  'savedFilters',
  'settings',
  'replays',
  'runs',
  'status',
] as const satisfies readonly (keyof Change)[]
/** What each part of a change makes stale. */
const stale: Readonly<Record<(typeof parts)[number], (() => Promise<void>)[]>> = {
  arrived: [counts, attempts, secretUsage, jobs.forwards],
  judged: [delivery, explanation, diagnosis, counts, attempts, jobs.status, secretUsage],
  answered: [delivery],
  endpoints: [jobs.schemes, jobs.endpoints, delivery, explanation, diagnosis, jobs.suggestion],
  removed: [counts, attempts, delivery, secretUsage, jobs.tags],
  marks: [delivery, jobs.tags, counts],
  savedFilters: [jobs.savedFilters, counts],
  settings: [jobs.settings, jobs.status, jobs.dataKey, jobs.endpoints],
  replays: [jobs.replays, jobs.composed, jobs.forwards, delivery],
  runs: [jobs.batches, jobs.checks, jobs.status],
  status: [jobs.status, jobs.tunnels],
}

function apply(change: Change): void {
  tell(change)
  for (const part of parts) {
    if (change[part]) soon(...stale[part])
  }
}

async function everything(): Promise<void> {
  tell('everything')
  await queryClient.invalidateQueries()
}

/** Follows one link: subscribes first, then takes the snapshot, then applies what comes. */
async function follow(generation: number): Promise<void> {
  const stream = await client.status.changes()
  await everything()
  let lastSeq: number | null = null
  for await (const change of stream) {
    if (connection.generation() !== generation) return
    if (lastSeq !== null && change.fromSeq > lastSeq + 1) await everything()
    lastSeq = change.toSeq
    apply(change)
  }
}

/** Follows the engine for as long as the page lives, over every reconnection. */
export function installChanges(): void {
  let followed = 0
  const start = () => {
    const generation = connection.generation()
    if (connection.state() !== 'open' || generation === followed) return
    followed = generation
    follow(generation).catch(() => {
      // The link broke; the next one starts anew. A stream that ended on a live link is retried.
      setTimeout(() => {
        if (connection.generation() === generation && connection.state() === 'open') {
          followed = 0
          start()
        }
      }, 1000)
    })
  }
  connection.subscribe(start)
  start()
}
