import type { Scheme } from '#contract/scheme.ts'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import { checkScheme } from '#engine/signatures/check-scheme.ts'
import type { OwnSchemeRow } from '#engine/store/own-schemes-table.ts'

/** The schemes of the catalogue and those that people here described, in memory. */
export interface SchemeBook {
  /** `null`: there is no such scheme. The same object for as long as the scheme is unchanged. */
  find(id: string): Scheme | null
  /** The catalogue, then the own ones. */
  all(): readonly Scheme[]
  own(): readonly Scheme[]
  isOwn(id: string): boolean
  /** What is stored and cannot be used, in one sentence; `null`: nothing. */
  problem(): string | null
  reload(): void
}

/** A stored scheme, read: the scheme, or why it cannot be used. */
export function readOwnScheme({
  id,
  json,
}: OwnSchemeRow): { scheme: Scheme } | { problem: string } {
  const checked = checkScheme(parseOrNull(json))
  if ('scheme' in checked) return checked
  const [first] = checked.problems
  return {
    problem: `The scheme “${id}” cannot be used: ${first?.path ?? ''} ${first?.sentence ?? ''}`,
  }
}

function parseOrNull(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

export function createSchemeBook(list: () => readonly OwnSchemeRow[]): SchemeBook {
  let kept = new Map<string, { json: string; read: ReturnType<typeof readOwnScheme> }>()
  let own: readonly Scheme[] = []
  let problem: string | null = null
  const reload = () => {
    const before = kept
    kept = new Map(
      list().map((row) => {
        const known = before.get(row.id)
        const unchanged = known?.json === row.json
        return [row.id, unchanged ? known : { json: row.json, read: readOwnScheme(row) }]
      }),
    )
    const read = [...kept.values()].map((each) => each.read)
    own = read.flatMap((each) => ('scheme' in each ? [each.scheme] : []))
    problem = read.flatMap((each) => ('problem' in each ? [each.problem] : []))[0] ?? null
  }
  reload()
  return {
    find: (id) => findScheme(id, own),
    all: () => [...schemes, ...own],
    own: () => own,
    isOwn: (id) => own.some((scheme) => scheme.id === id),
    problem: () => problem,
    reload,
  }
}
