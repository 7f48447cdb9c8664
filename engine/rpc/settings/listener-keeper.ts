import os from 'node:os'
import type { ListenerStanding } from '#engine/listener/listen.ts'
import { type Clocks, type Gap, gapsBetween } from '#engine/listener/gaps.ts'
import { isHere } from '#engine/listener/reached.ts'
import { EngineStartError } from '#engine/options.ts'
import type { Problems } from '#engine/rpc/problems.ts'

/** Watches over the listener while the world around it changes. */
export interface ListenerKeeper {
  /** One look; the timer does the same. */
  look(): Promise<void>
  stop(): void
}

export interface KeeperOptions {
  /** `null`: nothing was opened yet. */
  standing(): ListenerStanding | null
  place(): { host: string; port: number; url: string }
  /** Opens what could not be opened at the start; false: it still cannot, or is not wanted. */
  openFirst(): Promise<boolean>
  /** Looks whether the certificate is another one now. */
  renew(): Promise<void>
  /** It listens again. */
  onBack(): void
  onGap?: ((gap: Gap) => void) | undefined
  problems: Problems
  clocks?: (() => Clocks) | undefined
  everyMs?: number | undefined
  isHere?: ((host: string) => boolean) | undefined
}

const EVERY_MS = 2000
/** What is over is said for so long. */
const SAID_MS = 10 * 60_000

export function keepListening(options: KeeperOptions): ListenerKeeper {
  const { problems, everyMs = EVERY_MS, clocks = readClocks } = options
  const here = options.isHere ?? isHere
  const timers = new Set<NodeJS.Timeout>()
  let last = clocks()
  let lostAtMs: number | null = null
  let isLooking = false
  let stopped = false

  const say = (code: string, sentence: string) => {
    problems.report(code, sentence)
    const timer = setTimeout(() => {
      timers.delete(timer)
      problems.clear(code)
    }, SAID_MS).unref()
    timers.add(timer)
  }
  const lost = (code: 'listener-stopped' | 'address-gone', sentence: string) => {
    lostAtMs ??= last.wallMs
    problems.report(code, sentence)
  }
  const back = () => {
    problems.clear('listener-stopped')
    problems.clear('address-gone')
    if (lostAtMs === null) return
    const { url } = options.place()
    const since = `${clock(lostAtMs)} to ${clock(clocks().wallMs)}`
    say('listener-back', `Listening again on ${url}. From ${since} nothing could be captured.`)
    lostAtMs = null
    options.onBack()
  }
  const reopen = async (standing: ListenerStanding) => {
    try {
      await standing.reopen()
      back()
    } catch (error) {
      if (!(error instanceof EngineStartError)) throw error
      lost('listener-stopped', `Nothing listens. ${error.message} It is tried again all the time.`)
    }
  }
  const lookAt = async (standing: ListenerStanding, afterSleep: boolean) => {
    const { host, port } = options.place()
    if (!here(host)) {
      lost(
        'address-gone',
        `The address ${host} is gone from this machine (its network is off or another one), so senders cannot reach port ${port}. Listening goes on as soon as it is back; Settings, Listener has other addresses.`,
      )
      return
    }
    if (!standing.isOpen) return reopen(standing)
    const doubtful = afterSleep || lostAtMs !== null
    if (doubtful && !(await standing.isReached())) return reopen(standing)
    back()
  }
  const look = async () => {
    const now = clocks()
    const gaps = gapsBetween(last, now, everyMs)
    last = now
    for (const gap of gaps) {
      say(gap.kind, gapSentence(gap, now))
      options.onGap?.(gap)
    }
    if (isLooking || stopped) return
    isLooking = true
    try {
      const standing = options.standing()
      const slept = gaps.some(({ kind }) => kind === 'stood')
      if (standing) await lookAt(standing, slept)
      else if (await options.openFirst()) options.onBack()
      if (options.standing()?.isOpen) await options.renew()
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      problems.report('listener-unwatched', `The listener could not be looked after: ${why}.`)
    })
  }, everyMs).unref()
  return {
    look,
    stop() {
      stopped = true
      clearInterval(timer)
      for (const each of timers) clearTimeout(each)
    },
  }
}

function readClocks(): Clocks {
  return { wallMs: Date.now(), monotonicMs: performance.now(), uptimeMs: os.uptime() * 1000 }
}

function gapSentence({ kind, ms }: Gap, { wallMs }: Clocks): string {
  if (kind === 'stood') {
    return `This computer slept, or Countersign was stopped, for ${span(ms)} until ${clock(wallMs)}. Nothing was captured in that time; most providers send again.`
  }
  const way = ms > 0 ? 'forward' : 'back'
  return `The clock of this computer was set ${way} by ${span(Math.abs(ms))}. Deliveries keep the time at which they arrived by the clock of then; skew is told from the new one on.`
}

/** Such as "2 h 10 min", "4 min 12 s", "12 s". */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

/** The time of day, as this machine tells it. */
function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}
