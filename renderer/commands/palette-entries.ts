import { score } from './score.ts'

/** Something that the palette offers. */
export interface PaletteEntry {
  /** Stable, so that what was chosen lately can be found again. */
  id: string
  group: string
  title: string
  /** Quieter, behind the title. */
  detail?: string
  /** Normalised. */
  keys?: readonly string[]
  /** The endpoint's colour, where it is one; `null`: grey. */
  colour?: number | null
  /** Offered only when something is typed: there are too many of them. */
  onlyWhenTyped?: boolean
  run: () => void
}

export interface PaletteGroup {
  title: string
  entries: PaletteEntry[]
}

const MOST_FOUND = 60
const RECENT = 'Recent'
const RECENT_BONUS = 6

function points(entry: PaletteEntry, typed: string, recent: readonly string[]): number | null {
  const found = score(typed, `${entry.title} ${entry.detail ?? ''} ${entry.group}`)
  if (found === null) return null
  const inTitle = score(typed, entry.title) === null ? 0 : RECENT_BONUS * 2
  const at = recent.indexOf(entry.id)
  const common = entry.onlyWhenTyped ? 0 : RECENT_BONUS
  return found + inTitle + common + (at < 0 ? 0 : RECENT_BONUS - at)
}

function inGroups(entries: readonly PaletteEntry[]): PaletteGroup[] {
  const groups = new Map<string, PaletteEntry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.group) ?? []
    groups.set(entry.group, [...group, entry])
  }
  return [...groups].map(([title, members]) => ({ title, entries: members }))
}

/**
 * What the palette shows: everything in its groups, headed by what was chosen lately, while nothing
 * is typed; else what answers, the best first, in one group without a heading.
 */
export function paletteGroups(
  entries: readonly PaletteEntry[],
  typed: string,
  recent: readonly string[],
): PaletteGroup[] {
  if (typed.trim() === '') {
    const offered = entries.filter((entry) => !entry.onlyWhenTyped)
    const lately = recent.flatMap((id) => entries.find((entry) => entry.id === id) ?? [])
    const others = inGroups(offered.filter(({ id }) => !recent.includes(id)))
    return lately.length > 0 ? [{ title: RECENT, entries: lately }, ...others] : others
  }
  const found = entries
    .flatMap((entry) => {
      const worth = points(entry, typed, recent)
      return worth === null ? [] : [{ entry, worth }]
    })
    .sort((one, other) => other.worth - one.worth)
    .slice(0, MOST_FOUND)
  return found.length > 0 ? [{ title: '', entries: found.map(({ entry }) => entry) }] : []
}
