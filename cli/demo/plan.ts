import { providers, type DemoProvider, type Trouble } from './providers.ts'
import type { Random } from './random.ts'

/** One delivery that is going to be made. */
export interface Planned {
  provider: DemoProvider
  receivedAtMs: number
  /** Seconds that the sender's clock is behind (or that the delivery took). */
  behindSeconds: number
  secret: 'first' | 'last' | 'another'
  change: 're-serialised' | 'unsigned' | 'malformed' | 'newline' | 'cut' | null
  /** The earlier delivery that it repeats. */
  repeats: { of: Planned; how: 'retried' | 'replayed' | 'reused-id' } | null
}

/** Svix's schedule, which others resemble: https://docs.svix.com/retries */
const RETRY_AFTER_MS = [5_000, 300_000, 1_800_000]
const LATE_SECONDS = 724
/** The part of the time span after which a rotated secret signs. */
const ROTATED_AT = 0.4

/** What happens in the time span, oldest first; about `count` deliveries. */
export function planDemo(random: Random, nowMs: number, spanMs: number, count: number): Planned[] {
  const planned = providers.flatMap((provider) => {
    const own = Math.max(1, Math.round((count * provider.share) / 100))
    const moments = Array.from({ length: own }, () => momentWithin(random, nowMs, spanMs))
    moments.sort((a, b) => a - b)
    return moments.flatMap((atMs, index) =>
      withRepeats(random, onePlanned(random, provider, atMs, index / own, index, own), nowMs),
    )
  })
  return planned.sort((a, b) => a.receivedAtMs - b.receivedAtMs)
}

/** More in the last hours than before, and never in the last two seconds. */
function momentWithin(random: Random, nowMs: number, spanMs: number): number {
  return Math.round(nowMs - 2_000 - spanMs * random.next() ** 1.6)
}

function onePlanned(
  random: Random,
  provider: DemoProvider,
  receivedAtMs: number,
  part: number,
  index: number,
  count: number,
): Planned {
  const planned: Planned = {
    provider,
    receivedAtMs,
    behindSeconds: random.next() * 1.5,
    secret: part < ROTATED_AT ? 'first' : 'last',
    change: null,
    repeats: null,
  }
  for (const trouble of provider.troubles) {
    if (trouble.kind === 'drift') planned.behindSeconds += trouble.seconds * part ** 2
    else if (trouble.kind === 'other-secret') {
      const first = Math.floor(trouble.burst.at * count)
      if (index >= first && index < first + trouble.burst.count) planned.secret = 'another'
    } else if (random.next() < trouble.chance) apply(planned, trouble)
  }
  return planned
}

function apply(planned: Planned, { kind }: Trouble): void {
  if (kind === 'late') planned.behindSeconds += LATE_SECONDS
  else if (kind === 'retried' || kind === 'replayed' || kind === 'reused-id') {
    planned.repeats = { of: planned, how: kind }
  } else if (kind !== 'drift' && kind !== 'other-secret') planned.change = kind
}

/** What is marked to be repeated is followed by its repetitions. */
function withRepeats(random: Random, first: Planned, nowMs: number): Planned[] {
  const how = first.repeats?.how
  if (how === undefined) return [first]
  first.repeats = null
  const times = how === 'retried' ? random.between(1, 3) : 1
  const all = [first]
  let atMs = first.receivedAtMs
  for (let number = 0; number < times; number++) {
    atMs += RETRY_AFTER_MS[number] ?? 0
    if (atMs >= nowMs - 2_000) break
    all.push({ ...first, receivedAtMs: atMs, change: null, repeats: { of: first, how } })
  }
  return all
}
