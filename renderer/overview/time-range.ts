import { formatClock, formatDay } from '#renderer/words/format.ts'

export const presetRanges = [
  { id: '15m', name: '15 min', lengthMs: 900_000, words: 'in the last 15 minutes' },
  { id: '1h', name: '1 h', lengthMs: 3_600_000, words: 'in the last hour' },
  { id: '24h', name: '24 h', lengthMs: 86_400_000, words: 'in the last 24 hours' },
  { id: '7d', name: '7 d', lengthMs: 604_800_000, words: 'in the last 7 days' },
  { id: 'all', name: 'All', lengthMs: null, words: 'yet' },
] as const

export type PresetId = (typeof presetRanges)[number]['id']
export const DEFAULT_RANGE: PresetId = '24h'

/** A span that moves with the clock (`lengthMs` null: since the first delivery), or a fixed one. */
export type TimeRange =
  | { kind: 'last'; id: PresetId; lengthMs: number | null; words: string }
  | { kind: 'fixed'; fromMs: number; toMs: number; words: string }

/** Reads `24h` or `1700000000000-1700000060000`; whatever it cannot read is the last 24 hours. */
export function readRange(text: string | undefined): TimeRange {
  const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '') ?? []
  if (from !== undefined && to !== undefined && Number(from) < Number(to)) {
    const [fromMs, toMs] = [Number(from), Number(to)]
    return { kind: 'fixed', fromMs, toMs, words: 'in this span' }
  }
  const preset = presetRanges.find(({ id }) => id === (text ?? DEFAULT_RANGE))
  const { id, lengthMs, words } = preset ?? presetRanges[2]
  return { kind: 'last', id, lengthMs, words }
}

export function writeSpan(fromMs: number, toMs: number): string {
  return `${Math.floor(fromMs)}-${Math.ceil(toMs)}`
}

/** Both ends, the day only where it differs from today's or from the other: `14:02:11 – 14:05:30`. */
export function formatSpan(fromMs: number, toMs: number, nowMs: number): string {
  const sameDay = formatDay(fromMs) === formatDay(toMs)
  const clock = (ms: number) =>
    toMs - fromMs < 3_600_000 ? formatClock(ms) : formatClock(ms).slice(0, 5)
  const day = (ms: number) =>
    formatDay(ms) === formatDay(nowMs) && sameDay ? '' : `${formatDay(ms)} `
  const end = sameDay ? clock(toMs) : `${day(toMs)}${clock(toMs)}`
  return `${day(fromMs)}${clock(fromMs)} – ${end}`
}

const moment = (ms: number) => new Date(ms).toISOString()

/** The filter of a span in the language of the filter field, to the millisecond. */
export function spanQuery(fromMs: number, toMs: number): string {
  return `after:"${moment(Math.floor(fromMs))}" before:"${moment(Math.ceil(toMs))}"`
}
