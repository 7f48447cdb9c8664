import { describe, expect, it } from 'vitest'
import { columnIds, columns, leastWidth, shownColumns, template, usualColumns } from './columns.ts'

describe('columns', () => {
  it('has each once, and shows more the wider the list is', () => {
    expect(columns.map(({ id }) => id)).toEqual(columnIds)
    const counts = [380, 547, 900, 1400].map((width) => usualColumns(width).length)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    expect(usualColumns(1400)).toEqual(columnIds)
  })

  it.each([380, 480, 547, 860, 1180, 1900])('fits the usual ones into %i px', (width) => {
    const shown = shownColumns({ shown: null, widths: {} }, width)
    expect(leastWidth(shown, {}, 0)).toBeLessThanOrEqual(width)
  })

  it('keeps what was chosen, in its order, and what a row cannot do without', () => {
    const shown = shownColumns({ shown: ['verdict', 'skew'], widths: {} }, 400)
    expect(shown.map(({ id }) => id)).toEqual(['time', 'path', 'skew', 'verdict'])
  })

  it('leaves what is left to a column that may grow, else to nothing', () => {
    const shown = shownColumns({ shown: ['size'], widths: {} }, 400)
    expect(template(shown, {}, 0)).toBe('52px minmax(72px, 1.1fr) 56px')
    expect(template(shown, { path: 300 }, 28)).toBe('28px 52px 300px 56px minmax(0, 1fr)')
  })
})
