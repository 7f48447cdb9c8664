const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Sizes in decimal units as ui.md has them: `812 B`, `1.2 kB`, `31 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes
  let unit = -1
  // 999.95 would round up to "1000.0 kB".
  while (unit < 0 || (value >= 999.5 && unit < units.length - 1)) {
    value /= 1000
    unit += 1
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${units[unit] ?? ''}`
}

/** The exact count, for hovering: `1,234 bytes`. */
export function formatBytes(bytes: number): string {
  return `${whole.format(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`
}

export function formatCount(count: number): string {
  return whole.format(count)
}

export function formatCappedCount(count: { count: number; capped: boolean }): string {
  return `${whole.format(count.count)}${count.capped ? '+' : ''}`
}

/** A length of time in at most two units, as a person would say it: `850 ms`, `1.2 s`, `12 min 4 s`. */
export function formatDuration(ms: number): string {
  const length = Math.abs(ms)
  if (length < 999.5) return `${Math.round(length)} ms`
  if (length < 9_950) return `${(length / 1000).toFixed(1)} s`
  const seconds = Math.round(length / 1000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return pair(seconds, 60, 'min', 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440) return pair(minutes, 60, 'h', 'min')
  return pair(Math.round(minutes / 60), 24, 'd', 'h')
}

/** A length that is known in whole seconds: `3 s`, `5 min`. */
export function formatSeconds(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
}

function pair(value: number, size: number, big: string, small: string): string {
  const rest = value % size
  const head = `${whole.format(Math.floor(value / size))} ${big}`
  return rest === 0 ? head : `${head} ${rest} ${small}`
}

/** Skew with its sign, always: `−0.9 s`, `+5 min`. Seconds in, timestamp minus receipt. */
export function formatSkew(skewSeconds: number): string {
  const length = Math.abs(skewSeconds)
  const text = length < 0.9995 ? `${length.toFixed(1)} s` : formatDuration(length * 1000)
  if (text === '0.0 s') return '0 s'
  return `${skewSeconds < 0 ? '−' : '+'}${text}`
}

/** How long ago something was, coarse: `now`, `8 s ago`, `3 min ago`, `2 d ago`. */
export function formatAgo(thenMs: number, nowMs: number): string {
  const seconds = Math.round((nowMs - thenMs) / 1000)
  if (seconds < 2) return 'now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, '0')
}

/** Local time of day to the second: `14:02:11`. */
export function formatClock(ms: number): string {
  const date = new Date(ms)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`
}

/** Local date: `2026-11-21`. */
export function formatDay(ms: number): string {
  const date = new Date(ms)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** Local date and time with milliseconds and offset: `2026-11-21 14:02:11.042 +01:00`. */
export function formatLocal(ms: number): string {
  const date = new Date(ms)
  const offset = -date.getTimezoneOffset()
  const sign = offset < 0 ? '−' : '+'
  const zone = `${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
  return `${formatDay(ms)} ${formatClock(ms)}.${pad(date.getMilliseconds(), 3)} ${zone}`
}

/** The same moment in UTC: `2026-11-21 13:02:11.042 UTC`. Moments that no calendar has come back raw. */
export function formatUtc(ms: number): string {
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) return `${ms} ms since 1970`
  return date.toISOString().replace('T', ' ').replace('Z', ' UTC')
}

/** `1st`, `2nd`, `3rd`, `11th`, `22nd`. */
export function ordinal(value: number): string {
  const tens = value % 100
  if (tens >= 11 && tens <= 13) return `${value}th`
  const ending = ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'
  return `${value}${ending}`
}
