import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseFilter } from '#contract/filter/parse.ts'
import { filtersPage } from './filters-page.ts'

const page = filtersPage()

test('docs/filters.md says what the table of keys says (made by node test/docs/write-filters-page.ts)', () => {
  const path = fileURLToPath(new URL('../../docs/filters.md', import.meta.url))
  expect(readFileSync(path, 'utf8')).toBe(page)
})

test('every filter that the page shows parses', () => {
  const block = /```\n([^`]+)```/.exec(page)?.[1]?.trim().split('\n') ?? []
  const shown = [...page.matchAll(/`(-?[a-z]+:[^`…]+)`/g)].map(([, text]) => text ?? '')
  const filters = [...block, ...shown.map((text) => text.replaceAll('\\|', '|'))]
  expect(filters.length).toBeGreaterThan(50)
  for (const filter of filters)
    expect([filter, parseFilter(filter, 0)]).toMatchObject([filter, { ok: true }])
})
