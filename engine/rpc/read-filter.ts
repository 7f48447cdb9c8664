import type { DeliveryFilter } from '#contract/delivery.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import type { Wanted } from '#engine/store/search/types.ts'

export interface Refusals {
  BAD_REQUEST(options: { message: string }): Error
}

/**
 * A filter with its query read.
 * @throws BAD_REQUEST with the parser's sentence and where in the query it belongs
 */
export function readFilter(filter: DeliveryFilter, errors: Refusals): Wanted {
  const { query, ...rest } = filter
  if (query === undefined || query.trim() === '') return { filter: rest }
  const parsed = parseFilter(query, Date.now())
  if (parsed.ok) return { filter: rest, where: parsed.filter }
  const { sentence, from, to } = parsed.problem
  const place = to > from + 1 ? `characters ${from + 1} to ${to}` : `character ${from + 1}`
  throw errors.BAD_REQUEST({ message: `${sentence} (${place} of the query)` })
}
