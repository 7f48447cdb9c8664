import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendOlder,
  emptyWindow,
  firstPage,
  MOST_ROWS,
  prependNewer,
  replaceRange,
  type ListWindow,
} from './window-model.ts'

interface Row {
  id: number
  note?: string
}

const run = (newest: number, count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: newest - index }))

/** A store of ids 1..total that pages like the engine does. */
const pages = (total: number) => ({
  before: (id: number, limit: number) => {
    const rows = run(Math.min(id - 1, total), Math.max(0, Math.min(limit, id - 1, total)))
    return { rows, hasMore: (rows.at(-1)?.id ?? 1) > 1 }
  },
  after: (id: number, limit: number) => {
    const newest = Math.min(total, id + limit)
    return { rows: run(newest, newest - id), hasMore: newest < total }
  },
})

const withoutGaps = (window: ListWindow<Row>) =>
  window.rows.every((row, index) => row.id === (window.rows[0]?.id ?? 0) - index)

describe('window of a long list', () => {
  it('starts at the newest', () => {
    const window = firstPage({ rows: run(500, 200), hasMore: true })
    expect(window).toMatchObject({ olderBelow: true, newerAbove: false })
    expect(window.rows).toHaveLength(200)
  })

  it('lets the top go when it grows downwards, and says how much', () => {
    let window = firstPage({ rows: run(5000, MOST_ROWS), hasMore: true })
    const step = appendOlder(window, { rows: run(5000 - MOST_ROWS, 200), hasMore: true })
    window = step.window
    expect(step.dropped).toBe(200)
    expect(window.rows).toHaveLength(MOST_ROWS)
    expect(window.newerAbove).toBe(true)
    expect(window.rows[0]?.id).toBe(4800)
  })

  it('takes no row twice', () => {
    const window = firstPage({ rows: run(10, 5), hasMore: true })
    expect(appendOlder(window, { rows: run(7, 7), hasMore: false }).window.rows).toEqual(
      run(10, 10),
    )
    expect(prependNewer(window, { rows: run(12, 4), hasMore: false }).added).toBe(2)
  })

  it('drops rows that left the filter and keeps the rest', () => {
    const window = firstPage<Row>({ rows: run(10, 6), hasMore: false })
    const next = replaceRange(window, 9, 7, [{ id: 9, note: 'new' }, { id: 7 }])
    expect(next.rows).toEqual([{ id: 10 }, { id: 9, note: 'new' }, { id: 7 }, { id: 6 }, { id: 5 }])
  })

  it('stays bounded, ordered and gapless however one scrolls', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9000 }),
        (moves, total) => {
          const store = pages(total)
          let window: ListWindow<Row> = firstPage(store.before(total + 1, 200))
          for (const down of moves) {
            const first = window.rows[0]?.id ?? 0
            const last = window.rows.at(-1)?.id ?? 0
            if (down && window.olderBelow)
              window = appendOlder(window, store.before(last, 200)).window
            if (!down && window.newerAbove)
              window = prependNewer(window, store.after(first, 200)).window
            expect(window.rows.length).toBeLessThanOrEqual(MOST_ROWS)
            expect(withoutGaps(window)).toBe(true)
            expect(window.newerAbove).toBe(window.rows[0]?.id !== total)
            expect(window.olderBelow).toBe(window.rows.at(-1)?.id !== 1)
          }
        },
      ),
    )
  })

  it('is empty before anything is known', () => {
    expect(emptyWindow<Row>().rows).toEqual([])
  })
})
