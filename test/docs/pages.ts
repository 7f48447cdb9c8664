import { readdirSync } from 'node:fs'
import { schemes } from '#engine/signatures/catalogue.ts'
import { absolute } from './absolute.ts'
import { apiPage } from './api-page.ts'
import { callSentencesFile } from './call-sentences.ts'
import { cataloguePage } from './catalogue-page.ts'
import { cliPage } from './cli-page.ts'
import { endpointCheckPage } from './endpoint-check-page.ts'
import { filtersPage } from './filters-page.ts'
import { jsonPage, schemaFiles } from './json-page.ts'
import { providerPage } from './provider-page.ts'
import { shortcutsPage } from './shortcuts-page.ts'

/** Every file that `npm run docs:generate` makes from data, by its path in the project. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['server/call-sentences.ts', await callSentencesFile()],
    ['docs/catalogue.md', cataloguePage()],
    ['docs/cli.md', cliPage()],
    ['docs/json.md', jsonPage()],
    ...schemaFiles(),
    ['docs/filters.md', filtersPage()],
    ['docs/shortcuts.md', shortcutsPage()],
    ['docs/endpoint-check.md', endpointCheckPage()],
    ['docs/api.md', await apiPage()],
    ...schemes.map((each): [string, string] => [
      `docs/providers/${each.id}.md`,
      providerPage(each),
    ]),
  ])
}

/** Pages of providers that the catalogue does not have (any more). */
export function strayProviderPages(): string[] {
  const known = new Set(schemes.map(({ id }) => `${id}.md`))
  return readdirSync(absolute('docs/providers')).filter((name) => !known.has(name))
}
