import { platform } from '#renderer/platform/platform.ts'
import { schemeText } from './blank-scheme.ts'
import { valueAt } from './json-path.ts'

/** Larger files are no schemes; the engine takes at most 64 KiB. */
const MOST_BYTES = 1024 * 1024

/** Lets the person keep a scheme as a file, which `import` and the command line take. */
export function exportScheme(scheme: unknown): Promise<void> {
  const id = valueAt(scheme, 'id')
  const name = typeof id === 'string' && /^[a-z0-9-]+$/.test(id) ? id : 'scheme'
  const contents = new Blob([schemeText(scheme)], { type: 'application/json' })
  return platform.saveFile(`${name}.scheme.json`, contents)
}

/** The text of a file that a person chose, laid out when it is JSON. */
export async function readSchemeFile(file: File): Promise<{ text: string } | { problem: string }> {
  if (file.size > MOST_BYTES) return { problem: `${file.name} is too large for a scheme.` }
  const text = await file.text()
  try {
    return { text: schemeText(JSON.parse(text)) }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { problem: `${file.name} is not JSON: ${error.message}` }
  }
}
