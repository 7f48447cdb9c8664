import { useCallback, useMemo } from 'react'
import { z } from 'zod'
import { SortColumn } from '#contract/delivery.ts'
import { useKeptText } from '#renderer/app/use-kept.ts'
import { columnIds, LEAST_WIDTH, MOST_WIDTH, type ColumnId } from './columns.ts'

const Width = z.number().min(LEAST_WIDTH).max(MOST_WIDTH)
const ListLook = z.object({
  shown: z.array(z.enum(columnIds)).nullable().default(null),
  widths: z.partialRecord(z.enum(columnIds), Width).default({}),
  sort: SortColumn.default('time'),
  ascending: z.boolean().default(false),
  grouped: z.boolean().default(false),
})
/** Columns, order and grouping of the list, as this machine remembers them. */
export type ListLook = z.infer<typeof ListLook>

export const usual: ListLook = ListLook.parse({})

/** What is kept; the usual where it cannot be read. */
export function readLook(text: string): ListLook {
  try {
    return ListLook.safeParse(JSON.parse(text)).data ?? usual
  } catch {
    return usual
  }
}

export function useListLook(): [ListLook, (change: Partial<ListLook>) => void] {
  const [text, setText] = useKeptText('list', '{}')
  const look = useMemo(() => readLook(text), [text])
  const change = useCallback(
    (to: Partial<ListLook>) => setText(JSON.stringify({ ...look, ...to })),
    [look, setText],
  )
  return [look, change]
}

/** Adds a column to those that are shown, or takes it away. */
export function withColumn(shown: readonly ColumnId[], id: ColumnId, on: boolean): ColumnId[] {
  return columnIds.filter((each) => (each === id ? on : shown.includes(each)))
}

/** The order after another click on a head: falling, rising, and the newest first again. */
export function nextSort(look: ListLook, sort: SortColumn): Pick<ListLook, 'sort' | 'ascending'> {
  if (sort === 'time') return { sort, ascending: look.sort === 'time' && !look.ascending }
  if (look.sort !== sort) return { sort, ascending: false }
  return look.ascending ? { sort: 'time', ascending: false } : { sort, ascending: true }
}
