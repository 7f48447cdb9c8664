/** `npm run docs:generate`: writes every page of docs/ that is made from data. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { absolute } from './absolute.ts'
import { generatedFiles, strayProviderPages } from './pages.ts'

for (const [path, text] of await generatedFiles()) {
  mkdirSync(dirname(absolute(path)), { recursive: true })
  writeFileSync(absolute(path), text)
}
for (const name of strayProviderPages()) rmSync(absolute(`docs/providers/${name}`))
