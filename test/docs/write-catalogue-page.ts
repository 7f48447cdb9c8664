/** `node test/docs/write-catalogue-page.ts` writes docs/catalogue.md from the schemes' data. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { cataloguePage } from './catalogue-page.ts'

writeFileSync(fileURLToPath(new URL('../../docs/catalogue.md', import.meta.url)), cataloguePage())
