import { describe, expect, it } from 'vitest'
import { nextSort, readLook, usual, withColumn } from './use-list-look.ts'

describe('what a machine remembers of the list', () => {
  it('is the usual where it cannot be read', () => {
    for (const text of ['', '{', '[]', '{"sort":"colour"}', '{"widths":{"time":4}}']) {
      expect(readLook(text)).toEqual(usual)
    }
    expect(readLook('{"sort":"size","widths":{"time":80}}')).toMatchObject({
      sort: 'size',
      widths: { time: 80 },
      shown: null,
    })
  })

  it('goes round in three clicks', () => {
    const orders = [usual]
    for (let click = 0; click < 3; click += 1) {
      orders.push({ ...usual, ...nextSort(orders.at(-1) ?? usual, 'size') })
    }
    expect(orders.map(({ sort, ascending }) => [sort, ascending])).toEqual([
      ['time', false],
      ['size', false],
      ['size', true],
      ['time', false],
    ])
    expect(nextSort(usual, 'time')).toEqual({ sort: 'time', ascending: true })
    expect(nextSort({ ...usual, ascending: true }, 'time')).toEqual({
      sort: 'time',
      ascending: false,
    })
  })

  it('keeps the order of the columns', () => {
    expect(withColumn(['time', 'verdict'], 'skew', true)).toEqual(['time', 'skew', 'verdict'])
    expect(withColumn(['time', 'verdict'], 'verdict', false)).toEqual(['time'])
  })
})
