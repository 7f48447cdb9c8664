const MIB = 1024 * 1024
const LARGEST_MIB = 1024

/** The limit that a person typed, in bytes, or the sentence that says what is wrong with it. */
export function readBodyLimit(text: string): { bytes: number } | string {
  const mib = /^\s*\d{1,4}(?:\.\d{1,3})?\s*$/.test(text) ? Number(text) : Number.NaN
  const bytes = Math.round(mib * MIB)
  if (!(bytes >= 1024) || mib > LARGEST_MIB) {
    return `The limit is a number of MiB, from 0.001 to ${LARGEST_MIB}.`
  }
  return { bytes }
}

export function writeBodyLimit(bytes: number): string {
  return String(Number((bytes / MIB).toFixed(3)))
}
