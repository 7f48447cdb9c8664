import { readdirSync, readFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { absolute } from './absolute.ts'

/** What the contract's comments say of each call, by its id (`deliveries.list`), one paragraph each. */
export function readCallSentences(): ReadonlyMap<string, string> {
  const areas = areaNames()
  const found = new Map<string, string>()
  for (const file of readdirSync(absolute('contract/api')).sort()) {
    const source = readFileSync(absolute(`contract/api/${file}`), 'utf8')
    for (const part of source.split(/^export const (?=\w+ = \{$)/m).slice(1)) {
      const area = areas.get(/^\w+/.exec(part)?.[0] ?? '')
      if (area === undefined) continue
      const body = part.slice(0, part.indexOf('\n}\n'))
      for (const [, comment = '', name = ''] of body.matchAll(CALL)) {
        found.set(`${area}.${name}`, paragraph(comment))
      }
    }
  }
  return found
}

/** A comment at the indentation of the calls, and the call that it stands in front of. */
const CALL = /^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}(\w+):/gm

function paragraph(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim())
  return lines.filter(Boolean).join(' ')
}

/** `deliveriesApi` → `deliveries`, as contract/api.ts puts them together. */
function areaNames(): ReadonlyMap<string, string> {
  const source = readFileSync(absolute('contract/api.ts'), 'utf8')
  const pairs = [...source.matchAll(/^ {2}(\w+): (\w+Api),$/gm)]
  return new Map(pairs.map(([, area = '', name = '']) => [name, area]))
}

/** server/call-sentences.ts: comments are gone from what is built, so they are kept as data. */
export async function callSentencesFile(): Promise<string> {
  const entries = [...readCallSentences()].sort(([one], [other]) => (one < other ? -1 : 1))
  const data = JSON.stringify(Object.fromEntries(entries))
  const text = `/** What the contract's comments say of its calls, for the OpenAPI document. Made by \`npm run docs:generate\`. */
export const callSentences: Readonly<Record<string, string>> = ${data}
`
  const path = absolute('server/call-sentences.ts')
  return format(text, { ...(await resolveConfig(path)), parser: 'typescript' })
}
