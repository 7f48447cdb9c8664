import type { Database } from 'better-sqlite3'
import type { BodyReader } from '#engine/store/body-reader.ts'
import { type Budget, startBudget } from './budget.ts'
import { defineFunctions } from './facet-test.ts'
import { findPage } from './list.ts'
import { rowReader } from './row-reader.ts'
import { tallyWalk } from './tally.ts'
import type {
  DeliverySearch,
  IdsPage,
  IdsQuery,
  ListPage,
  ListQuery,
  SearchOptions,
  Tally,
  TallyQuery,
  Wanted,
} from './types.ts'
import { viewWalker } from './view-walker.ts'
import { defineVocabulary } from './vocabulary.ts'
import type { Walk } from './walk.ts'

/** Counts stop here (design "Storage"). */
const COUNT_CAP = 10_000
const COUNT_MS = 1_000

/** Makes known to a connection what searching needs; before it refuses all changes. */
export function prepareForSearch(db: Database): void {
  defineFunctions(db)
  defineVocabulary(db)
}

/** Prepares finding on a connection that is prepared for it; see DeliverySearch. */
export function openSearch(
  db: Database,
  bodies: BodyReader,
  options: SearchOptions = {},
): DeliverySearch {
  const rows = rowReader(db)
  const walk = viewWalker(db, bodies, options)

  const list = (query: ListQuery): ListPage => {
    const { skip = 0, limit, grouped = false } = query
    const budget = startBudget(options)
    const against = query.before !== undefined && query.after === undefined
    const { ids, ...page } = findPage(walk(query, query, against), skip, limit, budget)
    if (against) ids.reverse()
    return { ...page, rows: rows(ids, grouped) }
  }
  const tally = (query: TallyQuery): Tally => {
    const budget = startBudget(options)
    return tallyWalk(walk(query, query, false), query.sinceAnchor ?? 0, budget)
  }
  const count = (wanted: Wanted, cap: number) => {
    // Without a query an index counts: the cap alone keeps that short, on a busy machine as well.
    const budget = startBudget(wanted.where ? options : { ...options, budgetMs: COUNT_MS })
    return countWalk(walk(wanted, {}, false), cap, budget)
  }
  const ids = ({ below, limit, ...wanted }: IdsQuery): IdsPage => {
    const budget = startBudget(options)
    const span = { after: { id: below, value: null } }
    const page = findPage(walk(wanted, span, false), 0, limit, budget)
    const last = page.ids[page.ids.length - 1]
    const searchedTo = page.searchedTo?.id ?? (page.hasMore ? (last ?? null) : null)
    return { ids: page.ids, searchedTo }
  }
  // Each call sees one state of the database.
  const counted = db.transaction(count)
  return {
    list: db.transaction(list),
    tally: db.transaction(tally),
    count: (wanted, cap = COUNT_CAP) => counted(wanted, cap),
    ids: db.transaction(ids),
  }
}

function countWalk(walk: Walk, cap: number, budget: Budget) {
  if (walk.jump?.(cap + 1)) return { count: cap, capped: true }
  let count = 0
  for (;;) {
    const step = walk.next(budget)
    if (step === 'end') return { count, capped: false }
    if (step === 'time' || count === cap) return { count, capped: true }
    count += 1
    if (budget.spent()) return { count, capped: true }
  }
}
