const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * DAY),
]

export interface TimeTicks {
  stepMs: number
  at: number[]
}

/** Round local moments in a span, at most `most` of them. */
export function timeTicks(fromMs: number, toMs: number, most: number): TimeTicks {
  const wanted = (toMs - fromMs) / Math.max(1, most)
  const stepMs = steps.find((step) => step >= wanted) ?? Math.ceil(wanted / DAY) * DAY
  // Whole days begin at local midnight, whole hours at local hours.
  const offset = new Date(fromMs).getTimezoneOffset() * MINUTE
  const first = Math.ceil((fromMs - offset) / stepMs) * stepMs + offset
  const at: number[] = []
  for (let tick = first; tick <= toMs; tick += stepMs) at.push(tick)
  return { stepMs, at }
}

const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })
const pad = (value: number) => String(value).padStart(2, '0')

/** `14:02`, `14:02:30` for steps under a minute, `Nov 22` at midnight and for steps of days. */
export function tickLabel(ms: number, stepMs: number): string {
  const date = new Date(ms)
  const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0
  if (stepMs >= DAY || midnight) return day.format(date)
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}`
  return stepMs < MINUTE ? `${clock}:${pad(date.getSeconds())}` : clock
}

/** Round numbers from 0 to at least `most`, at most five steps; whole ones. */
export function countTicks(most: number): number[] {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((times) => times * power).find((s) => s >= rough) ?? 1)
  const ticks = [0]
  while ((ticks.at(-1) ?? 0) < most) ticks.push(ticks.length * step)
  return ticks
}
