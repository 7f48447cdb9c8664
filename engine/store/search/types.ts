import type {
  CappedCount,
  DeliveryFilter,
  DeliveryRow,
  ListPosition,
  SortColumn,
} from '#contract/delivery.ts'
import type { FilterNode } from '#contract/filter/filter.ts'

/** What is asked for; of the filter's query the tree that was read from it. */
export interface Wanted {
  filter?: Omit<DeliveryFilter, 'query'> | undefined
  where?: FilterNode | null | undefined
}

/** The contract's ListView with the query read; what is absent is as there. */
export interface View extends Wanted {
  sort?: SortColumn | undefined
  ascending?: boolean | undefined
  grouped?: boolean | undefined
}

export interface Span {
  after?: ListPosition | undefined
  before?: ListPosition | undefined
}

export interface ListQuery extends View, Span {
  skip?: number | undefined
  limit: number
}

export interface ListPage {
  /** In the view's order. */
  rows: DeliveryRow[]
  /** In the direction that was asked for. */
  hasMore: boolean
  searchedTo: ListPosition | null
  /** What of `skip` is still to be left out when asking again from `searchedTo`. */
  skipLeft: number
}

export interface TallyQuery extends View, Span {
  sinceAnchor?: number | undefined
}

export interface Tally {
  count: number
  anchors: ListPosition[]
  sinceAnchor: number
  countedTo: ListPosition | null
}

export interface IdsQuery extends Wanted {
  /** Only ids below this one. */
  below: number
  limit: number
}

/** Ids newest first; `searchedTo`: ask again below it, `null`: that is all there are. */
export interface IdsPage {
  ids: number[]
  searchedTo: number | null
}

/** Finds deliveries; each call is a step of bounded time that sees one state of the database. */
export interface DeliverySearch {
  list(query: ListQuery): ListPage
  tally(query: TallyQuery): Tally
  /** `capped`: there are more, or time ran out. */
  count(wanted: Wanted, cap?: number): CappedCount
  /** What a selection means, step by step. */
  ids(query: IdsQuery): IdsPage
}

export interface SearchOptions {
  /** Milliseconds that a call may take. */
  budgetMs?: number
  /** Milliseconds of a clock that does not step back. */
  nowMs?: () => number
}
