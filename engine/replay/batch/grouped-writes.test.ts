import { describe, expect, it } from 'vitest'
import { createGroupedWrites } from './grouped-writes.ts'

function recorder() {
  const groups: { rows: string[]; ends: number[] }[] = []
  const state = { broken: false, lastId: 0 }
  const writes = createGroupedWrites<string, number>((rows, ends) => {
    if (state.broken) throw new Error('The disk is full.')
    groups.push({ rows: [...rows], ends: [...ends] })
    return rows.map(() => ++state.lastId)
  })
  return { groups, state, writes }
}

describe('grouped writes', () => {
  it('write what comes at once together, in order, at most so many', async () => {
    const { groups, writes } = recorder()
    const names = Array.from({ length: 120 }, (_, index) => `r${index}`)
    const order: number[] = []
    await Promise.all(names.map(async (name) => order.push(await writes.insert(name))))
    expect(groups.map(({ rows }) => rows.length)).toEqual([50, 50, 20])
    expect(order).toEqual(names.map((_, index) => index + 1))
  })

  it('hold no more than some bytes together, and what is larger alone', async () => {
    const together: string[][] = []
    const grouped = createGroupedWrites<{ name: string; kib: number }, number>(
      (rows) => {
        together.push(rows.map(({ name }) => name))
        return rows.map((_, index) => index)
      },
      ({ kib }) => kib * 1024,
    )
    const rows = [200, 50, 50, 5_000, 1, 255, 1].map((kib, at) => ({ name: `r${at}`, kib }))
    await Promise.all(rows.map((row) => grouped.insert(row)))
    expect(together).toEqual([['r0', 'r1'], ['r2'], ['r3'], ['r4', 'r5'], ['r6']])
  })

  it('write ends along with the next beginning, or alone soon', async () => {
    const { groups, writes } = recorder()
    writes.finish(1)
    await writes.insert('a')
    expect(groups).toEqual([{ rows: ['a'], ends: [1] }])
    writes.finish(2)
    await writes.drain()
    expect(groups[1]).toEqual({ rows: [], ends: [2] })
  })

  it('tell a failure to who waits, and keep the ends', async () => {
    const { groups, state, writes } = recorder()
    state.broken = true
    writes.finish(1)
    await expect(writes.insert('a')).rejects.toThrow('full')
    await expect(writes.drain()).rejects.toThrow('full')
    state.broken = false
    await writes.drain()
    expect(groups).toEqual([{ rows: [], ends: [1] }])
  })
})
