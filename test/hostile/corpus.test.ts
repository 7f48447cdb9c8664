import { describe, expect, it } from 'vitest'
import { corpus } from './corpus.ts'

describe('the hostile corpus', () => {
  const all = corpus()

  it('has at least 500 payloads, each once and each a technique of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(500)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const techniques = all.map(({ category, from, technique }) =>
      [category, from, technique].join(),
    )
    expect(new Set(techniques).size).toBe(all.length)
    const plain = all.filter(({ large }) => !large)
    expect(new Set(plain.map(({ bytes }) => bytes.toString('latin1'))).size).toBe(plain.length)
  })

  it('is numbered as its files are', () => {
    for (const { id, category } of all) expect(id).toMatch(new RegExp(`^${category}-\\d{3}$`))
  })

  it('holds every kind that the page names', () => {
    const leasts = [
      ['html-element', 80],
      ['html-event', 80],
      ['svg-mathml', 50],
      ['url', 50],
      ['template', 35],
      ['css', 25],
      ['markdown', 35],
      ['terminal', 90],
      ['deception', 60],
      ['encoding', 30],
      ['json', 35],
      ['xml', 20],
      ['multipart', 15],
      ['form-csv-log', 60],
      ['bomb', 25],
      ['polyglot', 15],
    ] as const
    const counted = leasts.map(([category, least]) => {
      return { category, least, count: all.filter((one) => one.category === category).length }
    })
    expect(counted.filter(({ count, least }) => count < least)).toEqual([])
  })

  it('has bombs that are small until they go off', () => {
    const bombs = all.filter(({ coding }) => coding?.includes('gzip') || coding === 'br')
    const sizes = bombs.map(({ bytes, id }) => ({ id, size: bytes.length }))
    expect(sizes.filter(({ size }) => size >= 1024 * 1024)).toEqual([])
  })
})
