import type { RawHeader } from '#contract/http.ts'
import { inOrder } from './common-order.ts'

type HeaderChange = 'same' | 'added' | 'removed' | 'changed'

export interface HeaderRow {
  change: HeaderChange
  a: RawHeader | null
  b: RawHeader | null
  /** The name is written with other capitals. */
  recased: boolean
  /** It stands elsewhere among those that both have. */
  moved: boolean
}

/** Places of each header by its name in lower case. */
function placesByName(headers: readonly RawHeader[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  headers.forEach(([name], index) => {
    const key = name.toLowerCase()
    places.set(key, [...(places.get(key) ?? []), index])
  })
  return places
}

/**
 * Headers side by side: the nth of a name with the nth of that name. In the order of the first
 * list; what only the second has stands where it stood there.
 */
export function compareHeaders(
  one: readonly RawHeader[],
  other: readonly RawHeader[],
): HeaderRow[] {
  const places = placesByName(other)
  const taken = new Map<string, number>()
  const partners = one.map(([name]) => {
    const key = name.toLowerCase()
    const count = taken.get(key) ?? 0
    taken.set(key, count + 1)
    return places.get(key)?.[count] ?? null
  })
  const paired = partners.flatMap((place) => (place === null ? [] : [place]))
  const kept = inOrder(paired)
  const steady = new Set(paired.filter((_, index) => kept.has(index)))
  const rows: HeaderRow[] = []
  const added = (index: number): HeaderRow => ({
    change: 'added',
    a: null,
    b: other[index] ?? null,
    recased: false,
    moved: false,
  })
  const alone = other.flatMap((_, index) => (paired.includes(index) ? [] : [index]))
  one.forEach((header, index) => {
    const place = partners[index] ?? null
    const partner = place === null ? null : (other[place] ?? null)
    if (place === null || !partner) {
      rows.push({ change: 'removed', a: header, b: null, recased: false, moved: false })
      return
    }
    while (steady.has(place) && (alone[0] ?? place) < place) rows.push(added(alone.shift() ?? 0))
    rows.push({
      change: header[1] === partner[1] ? 'same' : 'changed',
      a: header,
      b: partner,
      recased: header[0] !== partner[0],
      moved: !steady.has(place),
    })
  })
  return [...rows, ...alone.map(added)]
}
