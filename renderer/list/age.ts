import { useCallback, useSyncExternalStore } from 'react'
import { formatDay } from '#renderer/words/format.ts'

const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400

/** How long ago, in one unit as a column has room for: `now`, `8 s`, `3 min`, `5 h`, `2 d`. */
export function formatAge(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - thenMs) / 1000))
  if (seconds < 1) return 'now'
  if (seconds < MINUTE) return `${seconds} s`
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`
  if (seconds < 100 * DAY) return `${Math.floor(seconds / DAY)} d`
  return formatDay(thenMs).slice(2, 7)
}

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

/** The age of a moment, by the second; draws anew only when it reads differently. */
export function useAge(thenMs: number): string {
  const read = useCallback(() => formatAge(thenMs, Date.now()), [thenMs])
  return useSyncExternalStore(subscribe, read)
}
