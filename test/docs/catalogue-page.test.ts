import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { cataloguePage } from './catalogue-page.ts'

test('docs/catalogue.md says what the data says (made by node test/docs/write-catalogue-page.ts)', () => {
  const path = fileURLToPath(new URL('../../docs/catalogue.md', import.meta.url))
  expect(readFileSync(path, 'utf8')).toBe(cataloguePage())
})
