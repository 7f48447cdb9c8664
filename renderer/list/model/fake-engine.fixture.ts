import type { DeliveryRow, ListPosition, ListView } from '#contract/delivery.ts'
import type { ListRange } from './places.ts'
import type { FoundPage, ListSource, TallyRange, TallyStep } from './list-source.ts'
import { comparePositions, positionOf } from './position.ts'

export function makeRow(id: number, change: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    id,
    receivedAtMs: 1_700_000_000_000 + id,
    endpointId: null,
    endpointName: null,
    method: 'POST',
    target: `/n/${id}`,
    eventType: null,
    messageId: null,
    bodyByteLength: (id * 7919) % 997,
    verdict: 'valid',
    verdictAtReceipt: 'valid',
    schemeId: null,
    skewSeconds: id % 5 === 0 ? null : (id % 17) - 8,
    duplicate: null,
    statusAnswered: 200,
    problem: null,
    replayId: null,
    challenge: null,
    durationMs: null,
    pinned: false,
    hasNote: false,
    tags: [],
    attempts: null,
    ...change,
  }
}

export const byTime: ListView = { filter: {}, sort: 'time', ascending: false, grouped: false }

/** An engine of rows in memory that answers as the contract says. */
export class FakeEngine implements ListSource {
  rows: DeliveryRow[]
  /** Rows that one call looks at: what is beyond is for the next call. */
  lookAt = Number.POSITIVE_INFINITY
  /** Which rows a filter with a query finds. */
  matches: (row: DeliveryRow) => boolean = () => true
  calls: string[] = []
  #nextId: number

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => makeRow(index + 1))
    this.#nextId = count + 1
  }

  arrive(count: number): number {
    for (let step = 0; step < count; step += 1) this.rows.push(makeRow(this.#nextId++))
    return this.#nextId - 1
  }

  remove(...ids: number[]): void {
    const gone = new Set(ids)
    this.rows = this.rows.filter(({ id }) => !gone.has(id))
  }

  sorted(view: ListView): DeliveryRow[] {
    return [...this.rows].sort((a, b) =>
      comparePositions(positionOf(a, view.sort), positionOf(b, view.sort), view),
    )
  }

  shown(view: ListView): DeliveryRow[] {
    return this.sorted(view).filter((row) => this.#belongs(view, row))
  }

  async list(
    view: ListView,
    range: Partial<ListRange> & { limit: number },
    signal: AbortSignal,
  ): Promise<FoundPage> {
    await this.#turn(signal)
    const { before, skip = 0, limit } = range
    this.calls.push(`list ${JSON.stringify(range)}`)
    const walk = this.#span(view, range)
    if (before) walk.reverse()
    const rows: DeliveryRow[] = []
    let skipLeft = skip
    let searchedTo: ListPosition | null = null
    let hasMore = false
    for (const [index, row] of walk.entries()) {
      if (rows.length === limit) hasMore ||= this.#belongs(view, row)
      if (hasMore) break
      if (rows.length < limit && index >= this.lookAt) {
        const last = walk[index - 1]
        searchedTo = last ? positionOf(last, view.sort) : null
        hasMore = true
        break
      }
      if (!this.#belongs(view, row)) continue
      if (skipLeft > 0) skipLeft -= 1
      else rows.push(row)
    }
    return { rows: before ? rows.reverse() : rows, hasMore, searchedTo, skipLeft }
  }

  async tally(view: ListView, range: TallyRange, signal: AbortSignal): Promise<TallyStep> {
    await this.#turn(signal)
    this.calls.push(`tally ${JSON.stringify(range)}`)
    let { sinceAnchor = 0 } = range
    let count = 0
    const anchors: ListPosition[] = []
    for (const [index, row] of this.#span(view, range).entries()) {
      if (index >= this.lookAt) {
        const last = this.#span(view, range)[index - 1]
        if (last) return { count, anchors, sinceAnchor, countedTo: positionOf(last, view.sort) }
      }
      if (!this.#belongs(view, row)) continue
      count += 1
      sinceAnchor += 1
      if (sinceAnchor === 1000) {
        anchors.push(positionOf(row, view.sort))
        sinceAnchor = 0
      }
    }
    return { count, anchors, sinceAnchor, countedTo: null }
  }

  #belongs(view: ListView, row: DeliveryRow): boolean {
    return view.filter.query === undefined || this.matches(row)
  }

  #span(view: ListView, { after, before }: TallyRange): DeliveryRow[] {
    return this.sorted(view).filter((row) => {
      const at = positionOf(row, view.sort)
      if (after && comparePositions(at, after, view) <= 0) return false
      return !before || comparePositions(at, before, view) < 0
    })
  }

  async #turn(signal: AbortSignal): Promise<void> {
    await Promise.resolve()
    signal.throwIfAborted()
  }
}
