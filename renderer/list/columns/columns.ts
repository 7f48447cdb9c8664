import type { SortColumn } from '#contract/delivery.ts'

export const columnIds = [
  'time',
  'endpoint',
  'method',
  'path',
  'type',
  'marks',
  'duplicate',
  'skew',
  'status',
  'size',
  'duration',
  'verdict',
] as const
export type ColumnId = (typeof columnIds)[number]

export interface Column {
  readonly id: ColumnId
  /** What stands above it. */
  readonly head: string
  /** What it is called where there is room, such as in the chooser. */
  readonly name: string
  readonly sort?: SortColumn
  /** Pixels: a fixed width, or the least of one that takes a share of what is left. */
  readonly width: number
  readonly share?: number
  readonly toRight?: true
  /** 4 px more before it. */
  readonly apart?: true
}

/** Every column, in the order in which they stand. */
export const columns: readonly Column[] = [
  { id: 'time', head: 'Time', name: 'Time', sort: 'time', width: 52 },
  { id: 'endpoint', head: 'Endpoint', name: 'Endpoint', width: 70, share: 0.5 },
  { id: 'method', head: 'Method', name: 'Method', width: 48 },
  { id: 'path', head: 'Path', name: 'Path', width: 72, share: 1.1 },
  { id: 'type', head: 'Event', name: 'Event type', sort: 'type', width: 72, share: 1 },
  { id: 'marks', head: 'Marks', name: 'Pin, note and tags', width: 84 },
  { id: 'duplicate', head: 'Repeat', name: 'Repeat', width: 78 },
  { id: 'skew', head: 'Skew', name: 'Skew', sort: 'skew', width: 70, toRight: true },
  {
    id: 'status',
    head: 'Status',
    name: 'Status answered',
    sort: 'status',
    width: 50,
    toRight: true,
  },
  { id: 'size', head: 'Size', name: 'Size', sort: 'size', width: 56, toRight: true },
  { id: 'duration', head: 'Took', name: 'Duration', sort: 'duration', width: 62, toRight: true },
  // Figures that end at the right stand before it: a little more room than between others.
  { id: 'verdict', head: 'Verdict', name: 'Verdict', width: 106, apart: true },
]

export const LEAST_WIDTH = 36
export const MOST_WIDTH = 800

/** Without these a row says nothing. */
export const needed: ReadonlySet<ColumnId> = new Set(['time', 'path'])

/** From which width of the list on a column is shown as long as nobody chose any. */
const usualFrom: Readonly<Record<ColumnId, number>> = {
  time: 0,
  endpoint: 0,
  method: 620,
  path: 0,
  type: 450,
  marks: 1_180,
  duplicate: 860,
  skew: 1_180,
  status: 860,
  size: 520,
  duration: 1_180,
  verdict: 0,
}

/** The columns that are shown as long as nobody chose any: calm where the list is narrow. */
export function usualColumns(listWidth: number): ColumnId[] {
  return columnIds.filter((id) => usualFrom[id] <= listWidth)
}

/** What a machine remembers of the columns. */
export interface ColumnChoice {
  /** `null`: the usual ones for the width of the list. */
  readonly shown: readonly ColumnId[] | null
  /** Widths in pixels that someone gave. */
  readonly widths: Readonly<Partial<Record<ColumnId, number>>>
}

export function shownColumns(choice: ColumnChoice, listWidth: number): Column[] {
  const ids = new Set<ColumnId>(choice.shown ?? usualColumns(listWidth))
  return columns.filter(({ id }) => ids.has(id) || needed.has(id))
}

export function widthWithin(width: number): number {
  return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)))
}

/** `grid-template-columns`; the last column that may grow takes what is left. */
export function template(
  shown: readonly Column[],
  widths: ColumnChoice['widths'],
  lead: number,
): string {
  const tracks = shown.map(({ id, width, share }) => {
    const given = widths[id]
    if (given !== undefined) return `${given}px`
    return share === undefined ? `${width}px` : `minmax(${width}px, ${share}fr)`
  })
  const grows = shown.some(({ id, share }) => share !== undefined && widths[id] === undefined)
  const first = lead > 0 ? [`${lead}px`] : []
  return [...first, ...tracks, ...(grows ? [] : ['minmax(0, 1fr)'])].join(' ')
}

const GAP = 12
const PADDING = 24

/** Below this width a list with these columns scrolls sideways. */
export function leastWidth(
  shown: readonly Column[],
  widths: ColumnChoice['widths'],
  lead: number,
): number {
  const all = shown.reduce((sum, { id, width }) => sum + (widths[id] ?? width), 0)
  return all + GAP * (shown.length - 1) + PADDING + (lead > 0 ? lead + GAP : 0)
}
