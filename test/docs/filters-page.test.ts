import { expect, test } from 'vitest'
import { parseFilter } from '#contract/filter/parse.ts'
import { filtersPage } from './filters-page.ts'

const page = filtersPage()

test('every filter that the page shows parses', () => {
  const block = /```\n([^`]+)```/.exec(page)?.[1]?.trim().split('\n') ?? []
  const shown = [...page.matchAll(/`(-?[a-z]+:[^`…]+)`/g)].map(([, text]) => text ?? '')
  const filters = [...block, ...shown.map((text) => text.replaceAll('\\|', '|'))]
  expect(filters.length).toBeGreaterThan(50)
  for (const filter of filters)
    expect([filter, parseFilter(filter, 0)]).toMatchObject([filter, { ok: true }])
})
