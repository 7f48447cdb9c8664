import { expect, it } from 'vitest'
import { momentOf } from './moment.ts'

it('reads seconds and dates, and nothing else', () => {
  expect(momentOf('now', 'junk')).toEqual({ kind: 'now' })
  expect(momentOf('custom', ' 1746561234 ')).toEqual({ kind: 'custom', unixSeconds: 1746561234 })
  expect(momentOf('custom', '2026-11-21T14:02:11Z')).toEqual({
    kind: 'custom',
    unixSeconds: 1795269731,
  })
  for (const text of ['', 'soon', '12 min', '-5', '2026-99-99']) {
    expect(momentOf('custom', text)).toBeNull()
  }
})
