/** What differs from the captured request, as the engine names it, in words: `header X-Id`. */
export function changedWords(changed: readonly string[]): string[] {
  return changed.map((each) => each.replace(/^header:/, 'header '))
}
