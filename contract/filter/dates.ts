import { found, readWritten, wrong, type Read, type Stretch } from './reading.ts'

const units: Partial<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

const advice =
  'Write a time ago (2h, 30min, 7d), today, yesterday, 2026-11-01 or "2026-11-01 14:00".'

/**
 * A moment in unix milliseconds: a time ago (`2h`), `now`, `today` and `yesterday` (their
 * beginning), `14:00` of today, a date or an ISO 8601 timestamp; local time where no zone is
 * written.
 */
export function readMoment(stretch: Stretch, nowMs: number): Read<number> {
  const written = readWritten(stretch)
  if ('problem' in written) return written
  const text = written.value.text.trim().toLowerCase()
  const moment = relative(text, nowMs) ?? named(text, nowMs) ?? clock(text, nowMs)
  if (moment !== null) return found(moment)
  const date = /^(\d{4}-\d\d?-\d\d?)(?:[t ](.*))?$/.exec(text)
  if (!date) return wrong(stretch, `“${shortened(text)}” is no moment. ${advice}`)
  const absolute = readDate(date[1] ?? '', date[2] ?? '00:00')
  if (absolute !== null) return found(absolute)
  return wrong(stretch, `There is no moment “${shortened(text)}” in the calendar. ${advice}`)
}

function shortened(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text
}

function relative(text: string, nowMs: number): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)([a-z]+)$/.exec(text)
  const unit = units[match?.[2] ?? '']
  if (!match || unit === undefined) return null
  return Math.max(0, Math.round(nowMs - Number(match[1]) * unit))
}

function named(text: string, nowMs: number): number | null {
  if (text === 'now') return Math.round(nowMs)
  if (text !== 'today' && text !== 'yesterday') return null
  const now = new Date(nowMs)
  const day = now.getDate() - (text === 'yesterday' ? 1 : 0)
  return new Date(now.getFullYear(), now.getMonth(), day).getTime()
}

interface Clock {
  hour: number
  minute: number
  second: number
  ms: number
}

function readClock(text: string): Clock | null {
  const match = /^(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/.exec(text)
  if (!match) return null
  const [hour, minute, second] = [match[1], match[2], match[3]].map((part) => Number(part ?? 0))
  if (hour === undefined || minute === undefined || second === undefined) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  return { hour, minute, second, ms: Number((match[4] ?? '0').padEnd(3, '0').slice(0, 3)) }
}

function clock(text: string, nowMs: number): number | null {
  const read = readClock(text)
  if (!read) return null
  const day = new Date(nowMs)
  return day.setHours(read.hour, read.minute, read.second, read.ms)
}

/** The offset behind a time, in minutes east of UTC; `null`: local time. */
function readZone(text: string): { time: string; offset: number | null } | null {
  const match = /^([\d:.,]*?) ?(z|[+-]\d\d(?::?\d\d)?)?$/.exec(text)
  if (!match) return null
  const zone = match[2]
  if (zone === undefined) return { time: match[1] ?? '', offset: null }
  if (zone === 'z') return { time: match[1] ?? '', offset: 0 }
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''))
  return { time: match[1] ?? '', offset: zone.startsWith('-') ? -minutes : minutes }
}

function readDate(dayText: string, timeText: string): number | null {
  const [year = 0, month = 0, day = 0] = dayText.split('-').map(Number)
  const zone = readZone(timeText)
  const time = zone && readClock(zone.time)
  if (!zone || !time || year < 1970) return null
  const exists = new Date(Date.UTC(year, month - 1, day))
  if (exists.getUTCMonth() !== month - 1 || exists.getUTCDate() !== day) return null
  const { hour, minute, second, ms } = time
  const parts = [year, month - 1, day, hour, minute, second, ms] as const
  if (zone.offset === null) return new Date(...parts).getTime()
  return Date.UTC(...parts) - zone.offset * 60_000
}

/** Reads back as the same moment in every zone. */
export function writeMoment(ms: number): string {
  return new Date(ms).toISOString()
}
