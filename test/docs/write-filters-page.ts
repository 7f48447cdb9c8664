/** `node test/docs/write-filters-page.ts` writes docs/filters.md from the table of keys. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { filtersPage } from './filters-page.ts'

writeFileSync(fileURLToPath(new URL('../../docs/filters.md', import.meta.url)), filtersPage())
