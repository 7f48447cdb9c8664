import { describe, expect, it } from 'vitest'
import { PAGE_ROWS, PageCache } from './page-cache.ts'

const run = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)

describe('PageCache', () => {
  it('holds rows on both sides of 0 and says what is missing', () => {
    const cache = new PageCache<number>()
    cache.put(-30, run(-30, 100), 0)
    expect(cache.at(-30)).toBe(-30)
    expect(cache.at(69)).toBe(69)
    expect(cache.at(70)).toBeUndefined()
    expect(cache.wanted(-30, 70)).toEqual([])
    expect(cache.wanted(-31, 71)).toEqual([-1, 0])
    expect(cache.find((row) => row === -5)).toBe(-5)
    expect(cache.find((row) => row === 500)).toBeNull()
  })

  it('wants aged pages again until they are fetched, and shows them meanwhile', () => {
    const cache = new PageCache<number>()
    cache.put(0, run(0, 400), 0)
    cache.age()
    expect(cache.wanted(0, 400)).toEqual([0, 1])
    expect(cache.at(5)).toBe(5)
    cache.put(0, run(1000, 200), 0)
    cache.fresh(0)
    expect(cache.wanted(0, 400)).toEqual([1])
    expect(cache.at(5)).toBe(1005)
  })

  it('lets go of what is farthest from the eye', () => {
    const cache = new PageCache<number>()
    for (let page = 0; page < 60; page += 1) {
      cache.put(page * PAGE_ROWS, run(page * PAGE_ROWS, PAGE_ROWS), page * PAGE_ROWS)
    }
    expect(cache.pages).toBe(20)
    expect(cache.at(0)).toBeUndefined()
    expect(cache.at(59 * PAGE_ROWS)).toBe(59 * PAGE_ROWS)
  })

  it('cuts in the middle of a page', () => {
    const cache = new PageCache<number>()
    cache.put(0, run(0, 600), 0)
    cache.cut(250)
    expect(cache.at(249)).toBe(249)
    expect(cache.at(250)).toBeUndefined()
    expect(cache.at(450)).toBeUndefined()
    expect(cache.wanted(0, 251)).toEqual([1])
  })
})
