import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementHeight, reveal, type Scale, scrolled, scrollOf, TALLEST } from './scroll-scale.ts'

const ROW = 32
const million: Scale = { total: 1_000_000 * ROW, view: 700 }
const fiveMillion: Scale = { total: 5_000_000 * ROW, view: 700 }
const few: Scale = { total: 5_000 * ROW, view: 700 }
const rowAt = (offset: number) => Math.floor(offset / ROW)

/** Drags the thumb to a share of its way. */
function dragged(scale: Scale, share: number) {
  const end = elementHeight(scale) - scale.view
  return scrolled(scale, { offset: 0, scroll: 0 }, share * end).offset
}

describe('a list that is taller than an element may be', () => {
  it.each([million, fiveMillion])('is dragged to its first, middle and last row', (scale) => {
    const count = scale.total / ROW
    expect(elementHeight(scale)).toBe(TALLEST)
    expect(rowAt(dragged(scale, 0))).toBe(0)
    expect(Math.abs(rowAt(dragged(scale, 0.5)) - count / 2)).toBeLessThan(12)
    const last = dragged(scale, 1)
    expect(last + scale.view).toBeCloseTo(scale.total, 3)
  })

  it('moves by real pixels with the wheel, from anywhere', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true })
    const step = fc.integer({ min: -600, max: 600 })
    fc.assert(
      fc.property(share, step, (part, by) => {
        const offset = part * (fiveMillion.total - fiveMillion.view)
        const scroll = scrollOf(fiveMillion, offset)
        const after = scrolled(fiveMillion, { offset, scroll }, scroll + by)
        expect(after.offset).toBeCloseTo(offset + by, 3)
      }),
    )
  })

  it('wheels up to the very first row and down to the last, however far that is', () => {
    for (const direction of [-1, 1]) {
      const start = direction < 0 ? 60_000 : million.total - million.view - 60_000
      let place = { offset: start, scroll: scrollOf(million, start) }
      for (let turn = 0; turn < 700; turn += 1) {
        const end = elementHeight(million) - million.view
        const scroll = Math.min(end, Math.max(0, place.scroll + direction * 100))
        const { offset, settle } = scrolled(million, place, scroll)
        place = { offset, scroll: settle === 'now' ? scrollOf(million, offset) : scroll }
      }
      expect(place.offset).toBe(direction < 0 ? 0 : million.total - million.view)
    }
  })

  it('is put right when the scrollbar has drifted', () => {
    const place = { offset: 1_000_000, scroll: scrollOf(million, 1_000_000) }
    expect(scrolled(million, place, place.scroll + 500).settle).toBe('at-rest')
    expect(scrolled(million, place, place.scroll).settle).toBe('no')
  })
})

describe('a list that fits', () => {
  it('scrolls one to one', () => {
    expect(elementHeight(few)).toBe(few.total)
    expect(scrolled(few, { offset: 0, scroll: 0 }, 12_345)).toEqual({
      offset: 12_345,
      settle: 'no',
    })
    expect(scrollOf(few, 12_345)).toBe(12_345)
  })
})

describe('reveal', () => {
  it('moves as little as needed', () => {
    expect(reveal(few, 320, 0, ROW)).toBe(0)
    expect(reveal(few, 320, 640, ROW)).toBe(320)
    expect(reveal(few, 0, 700, ROW)).toBe(32)
    expect(reveal(few, 0, few.total - ROW, ROW)).toBe(few.total - few.view)
  })
})
