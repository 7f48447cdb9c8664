import type { OpenDocument } from '#renderer/body/document/open-document.ts'
import { useAnswer } from '#renderer/body/document/use-document.ts'
import { matchAt, useReport } from '#renderer/body/find-state.ts'
import type { ViewProps } from '#renderer/body/view.ts'

/** Stands in until the body is read for the first search. */
const NOT_READ: OpenDocument = {
  id: 0,
  ask: () => Promise.reject(new Error('The body is not read yet.')),
  close: () => undefined,
}

/** What is found in all the bytes, and which of it is meant. */
export function useFoundBytes({ document, find }: Pick<ViewProps, 'document' | 'find'>) {
  const term = find.term ?? { text: '', matchCase: false, hex: false }
  const enabled = find.term !== null && document !== null
  const { data, isPlaceholderData } = useAnswer(
    document ?? NOT_READ,
    'findBytes',
    { term },
    { enabled },
  )
  const known = enabled && data !== undefined && !isPlaceholderData
  const count = known ? data.ranges.length / 2 : 0
  useReport(find, known ? { count, capped: data.capped } : null)
  const current = known ? matchAt(find, count) : -1
  return {
    ranges: known ? data.ranges : null,
    current,
    start: current < 0 ? null : (data?.ranges[current * 2] ?? null),
  }
}
