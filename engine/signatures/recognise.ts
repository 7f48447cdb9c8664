import { schemes } from './catalogue.ts'
import type { RequestHead } from './types.ts'

/** The scheme that the headers betray, the surest first; `null`: none. */
export function recognise(
  head: RequestHead,
): { schemeId: string; confidence: 'certain' | 'likely' } | null {
  const names = new Set(head.rawHeaders.map(([name]) => name.toLowerCase()))
  let likely: string | null = null
  for (const { id, recognition } of schemes) {
    if (!recognition.headers.every((name) => names.has(name))) continue
    const { certainWith } = recognition
    if (recognition.confidence === 'certain' || (certainWith && names.has(certainWith))) {
      return { schemeId: id, confidence: 'certain' }
    }
    likely ??= id
  }
  return likely === null ? null : { schemeId: likely, confidence: 'likely' }
}
