import { formatDuration, formatSeconds } from '#renderer/words/format.ts'

/** How values become heights: `forth` is what the picture is drawn in. */
export interface YScale {
  forth: (value: number) => number
  back: (height: number) => number
  least: number
  most: number
  ticks: number[]
  format: (value: number) => string
}

const same = (value: number) => value

export function linearScale(
  ticks: number[],
  format: (value: number) => string,
  most = ticks.at(-1) ?? 1,
): YScale {
  return { forth: same, back: same, least: 0, most: Math.max(most, 1e-9), ticks, format }
}

const nearZero = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value))
const fromNearZero = (height: number) => Math.sign(height) * Math.expm1(Math.abs(height))

const skewTicks = [1, 10, 60, 300, 1_800, 7_200, 43_200, 259_200, 2_592_000, 31_536_000]

/** Even around zero, logarithmic further out: a second and an hour both show. Seconds. */
export function skewScale(least: number, most: number, format: (value: number) => string): YScale {
  const reach = (value: number) => fromNearZero(nearZero(value) * 1.12 + Math.sign(value) * 0.15)
  const low = Math.min(-1.5, reach(least))
  const high = Math.max(1.5, reach(most))
  const inside = [...skewTicks.map((tick) => -tick), 0, ...skewTicks].filter(
    (tick) => tick > low && tick < high,
  )
  // Those near zero go first where it gets crowded.
  const crowded = inside.length > 7
  const ticks = crowded ? inside.filter((tick) => Math.abs(tick) !== 1) : inside
  return { forth: nearZero, back: fromNearZero, least: low, most: high, ticks, format }
}

const durationTicks = [
  ...[0.001, 0.01, 0.1, 1, 5, 30, 60, 300, 1_800, 3_600, 7_200, 18_000, 43_200, 86_400],
  ...[259_200, 604_800, 2_592_000],
]

/** Logarithmic, for lengths of time. Seconds. */
export function lengthScale(
  least: number,
  most: number,
  format: (value: number) => string,
): YScale {
  const low = Math.max(1e-4, least) / 1.6
  const high = Math.max(most, low * 10) * 2.2
  const inside = durationTicks.filter((tick) => tick >= low && tick <= high)
  const ticks = inside.length > 7 ? inside.filter((_, index) => index % 2 === 0) : inside
  return {
    forth: (value) => Math.log(Math.max(value, low)),
    back: Math.exp,
    least: low,
    most: high,
    ticks,
    format,
  }
}

/** A round length in seconds: `5 s`, `1 min`, `10 ms`. */
export function lengthTick(seconds: number): string {
  return seconds < 1 ? formatDuration(seconds * 1000) : formatSeconds(seconds)
}
