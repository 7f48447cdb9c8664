/** `1.2 GB`, `340 MB`, `12 kB`. */
export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${Math.ceil(bytes / 1e3)} kB`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

const SHOWN = 8

/** `#4, #7 and 12 more`. */
export function someOf(ids: readonly (number | string)[]): string {
  const names = ids.slice(0, SHOWN).map((id) => (typeof id === 'number' ? `#${id}` : id))
  const rest = ids.length - names.length
  return rest === 0
    ? names.join(', ')
    : `${names.join(', ')} and ${rest.toLocaleString('en-US')} more`
}
