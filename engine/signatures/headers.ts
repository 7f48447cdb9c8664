import type { RawHeader } from '#contract/http.ts'

/**
 * The value of a header, repeats joined with `, ` in order as Node does.
 * `lowerName` is in lower case; `null`: the header is absent.
 */
export function findHeader(rawHeaders: readonly RawHeader[], lowerName: string): string | null {
  let found: string | null = null
  for (const [name, value] of rawHeaders) {
    if (name.length !== lowerName.length || name.toLowerCase() !== lowerName) continue
    found = found === null ? value : `${found}, ${value}`
  }
  return found
}

/** How often a header occurs. */
export function countHeader(rawHeaders: readonly RawHeader[], lowerName: string): number {
  let count = 0
  for (const [name] of rawHeaders) if (name.toLowerCase() === lowerName) count++
  return count
}

/** The first of several names that is there, with its position in `lowerNames`. */
export function findFirstHeader(
  rawHeaders: readonly RawHeader[],
  lowerNames: readonly string[],
): { position: number; value: string } | null {
  for (let position = 0; position < lowerNames.length; position++) {
    const value = findHeader(rawHeaders, lowerNames[position] ?? '')
    if (value !== null) return { position, value }
  }
  return null
}
