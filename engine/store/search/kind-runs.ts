import { verdicts } from '#contract/verdict.ts'
import type { Kinds } from './conditions.ts'
import type { Run } from './runs.ts'

const EVERYTHING: Run = { table: 'deliveries', id: 'id', where: 'true', values: [] }

/** All runs that together are the deliveries of these kinds. */
export function kindRuns({ endpoints, verdicts: wanted, repeated }: Kinds): Run[] {
  if (endpoints === null && wanted === null && repeated === null) return [EVERYTHING]
  const flags = repeated === null ? [0, 1] : [Number(repeated)]
  const pairs = (wanted ?? verdicts).flatMap((verdict) => flags.map((flag) => [verdict, flag]))
  const where = 'verdict = ? AND repeated = ?'
  if (endpoints === null) {
    return pairs.map((values) => ({ table: 'deliveries', id: 'id', where, values }))
  }
  return endpoints.flatMap((endpoint) =>
    pairs.map((pair) => ({
      table: 'deliveries',
      id: 'id',
      where: `endpoint_id IS ? AND ${where}`,
      values: [endpoint, ...pair],
    })),
  )
}
