import type { Delivery } from '#contract/delivery.ts'

export interface Moment {
  name: string
  /** Unix milliseconds; `null`: not known. */
  atMs: number | null
}

/** From one known moment to the next. */
export interface Span {
  name: string
  fromMs: number
  lengthMs: number
  /** Share of the bar, in percent. */
  share: number
  /** It lasted much longer than the rest together and is drawn shorter. */
  shortened: boolean
}

/** The stations of a delivery in their order. */
export function momentsOf(delivery: Delivery): Moment[] {
  const { receivedAtMs, completedAtMs, times } = delivery
  return [
    { name: 'Connection', atMs: times.connectedAtMs },
    { name: 'First byte', atMs: receivedAtMs },
    { name: 'Last byte', atMs: completedAtMs },
    { name: 'Commit', atMs: times.committedAtMs },
    { name: 'Answer', atMs: times.answeredAtMs },
  ]
}

/** What happens until a station is reached. */
const until: Record<string, string> = {
  'First byte': 'until the request began',
  'Last byte': 'reading it',
  Commit: 'judging and storing it',
  Answer: 'answering',
}

/** A connection that is kept open waits long for its next request; its span takes this share. */
const SHORTENED_SHARE = 18
/** So narrow that it can still be seen and pointed at. */
const LEAST_SHARE = 1.5

/** The spans between the moments that are known, with their shares of a bar. */
export function spansOf(moments: readonly Moment[]): Span[] {
  const known = moments.flatMap(({ name, atMs }) => (atMs === null ? [] : [{ name, atMs }]))
  const spans = known.slice(1).map(({ name, atMs }, index) => {
    const before = known[index]
    const fromMs = before?.atMs ?? atMs
    // Clocks are set back at times; nothing ends before it began.
    return {
      name: until[name] ?? name,
      first: before?.name,
      fromMs,
      lengthMs: Math.max(0, atMs - fromMs),
    }
  })
  const [waiting] = spans
  const rest = spans.slice(1).reduce((sum, { lengthMs }) => sum + lengthMs, 0)
  const shortened =
    waiting !== undefined &&
    waiting.first === 'Connection' &&
    spans.length > 1 &&
    waiting.lengthMs > Math.max(20, rest * 3)
  const total = shortened ? rest : rest + (waiting?.lengthMs ?? 0)
  const room = shortened ? 100 - SHORTENED_SHARE : 100
  const raw = spans.map(({ lengthMs }, index) => {
    if (shortened && index === 0) return SHORTENED_SHARE
    const even = room / (spans.length - (shortened ? 1 : 0))
    return Math.max(LEAST_SHARE, total === 0 ? even : (lengthMs / total) * room)
  })
  const sum = raw.reduce((all, share) => all + share, 0)
  return spans.map(({ name, fromMs, lengthMs }, index) => ({
    ...{ name, fromMs, lengthMs },
    share: ((raw[index] ?? 0) / sum) * 100,
    shortened: shortened && index === 0,
  }))
}
