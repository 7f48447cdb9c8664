import type { ApiClient } from '#contract/client.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { Forward } from '#contract/forwarding.ts'
import { escapeTerminal } from './escape.ts'

/** What became of a delivery at one target. */
export interface Forwarded {
  url: string
  state: Forward['state']
  /** `null`: no answer came, or not yet. */
  status: number | null
  tookMs: number | null
  detail: string | null
}

/** Rows that are waited for at once; the others come after them. */
const AT_ONCE = 16
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 250

/** Hands rows on once their first attempt at each target has ended, or at the end of all. */
export interface ForwardedRows {
  add(row: DeliveryRow): void
  /** Hands on what is left, as far as it is known. */
  finish(): Promise<void>
}

export function forwardedRows(
  client: ApiClient,
  onRow: (row: DeliveryRow, forwarded: readonly Forwarded[]) => void,
): ForwardedRows {
  const waiting: DeliveryRow[] = []
  const running = new Set<Promise<void>>()
  let finishing = false

  const handOn = async (row: DeliveryRow) => {
    let forwards = await client.forwards.list({ deliveryId: row.id })
    for (let ms = FIRST_PAUSE_MS; !finishing && !forwards.every(hasEnded); ms *= 1.5) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST_PAUSE_MS)))
      forwards = await client.forwards.list({ deliveryId: row.id })
    }
    onRow(row, await Promise.all(forwards.map((forward) => outcomeOf(client, forward))))
  }
  const next = () => {
    while (running.size < AT_ONCE) {
      const row = waiting.shift()
      if (!row) return
      const one = handOn(row)
        // The engine has ended: the row is known, what became of it is not.
        .catch(() => onRow(row, []))
        .finally(() => {
          running.delete(one)
          next()
        })
      running.add(one)
    }
  }
  return {
    add(row) {
      waiting.push(row)
      next()
    },
    async finish() {
      finishing = true
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** It was tried, or it never will be, or something keeps it from being tried. */
function hasEnded({ state, attempts, detail }: Forward): boolean {
  if (state === 'sending') return false
  return state !== 'waiting' || attempts > 0 || detail !== null
}

async function outcomeOf(
  client: ApiClient,
  { url, state, lastReplayId, detail }: Forward,
): Promise<Forwarded> {
  const replay = lastReplayId === null ? null : await client.replays.get({ id: lastReplayId })
  const status = replay?.answer?.status ?? null
  const tookMs = replay?.timings ? Math.round(replay.timings.totalMs) : null
  return { url, state, status, tookMs, detail }
}

/** `→ 200 in 12 ms`, for each target; why, where there is no status. */
export function forwardedText(forwarded: readonly Forwarded[]): string {
  return forwarded
    .map(({ status, tookMs, detail, state }) => {
      const time = tookMs === null ? '' : ` in ${tookMs} ms`
      if (status !== null) return `→ ${status}${time}`
      return `→ ${state}${detail === null ? '' : `: ${escapeTerminal(detail)}`}`
    })
    .join(', ')
}
