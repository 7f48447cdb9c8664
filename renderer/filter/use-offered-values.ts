import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { DeliveryRow } from '#contract/delivery.ts'
import { states } from '#contract/filter/filter.ts'
import { catchAll } from '#contract/filter/terms.ts'
import { pathOf } from '#contract/http.ts'
import { verdicts } from '#contract/verdict.ts'
import { api } from '#renderer/app/api.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { formatCount } from '#renderer/words/format.ts'
import { verdictLooks } from '#renderer/words/verdicts.ts'
import type { OfferedValue, OfferedValues } from './suggest.ts'

/** Rows that event types, paths and methods are taken from: the newest ones. */
const LOOKED_AT = 200
const FRESH_MS = 10_000

const stateDetails: Partial<Record<(typeof states)[number], string>> = {
  failure: 'A correct receiver would refuse it',
  duplicate: 'It repeats an earlier one',
  replay: 'Countersign sent it',
  imported: 'It came from a file',
  cut: 'Its body is too long to be searched whole',
}

const verdictValues = [...verdicts]
  .reverse()
  .map((verdict) => ({ value: verdict, detail: verdictLooks[verdict].meaning }))
const stateValues = states.map((value) => ({ value, detail: stateDetails[value] ?? '' }))

/** Most frequent first. */
function seen(values: readonly (string | null)[]): OfferedValue[] {
  const counts = new Map<string, number>()
  for (const value of values) {
    if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].sort((one, other) => other[1] - one[1]).map(([value]) => ({ value }))
}

/** `invoice.*` where several types begin so. */
function families(types: readonly OfferedValue[]): OfferedValue[] {
  const heads = types.flatMap(({ value }) => /^[^.]+(?=\.)/.exec(value)?.[0] ?? [])
  const repeated = heads.filter((head, index) => heads.indexOf(head) !== index)
  return [...new Set(repeated)].map((head) => ({ value: `${head}.*`, detail: 'All of these' }))
}

function seenInRows(rows: readonly DeliveryRow[]): OfferedValues {
  const types = seen(rows.map(({ eventType }) => eventType))
  return {
    type: [...types, ...families(types)],
    path: seen(rows.map(({ target }) => pathOf(target))),
    ...(rows.length === 0 ? {} : { method: seen(rows.map(({ method }) => method)) }),
  }
}

/** Values of what is there: names, tags, schemes, and what came lately. Asked for when `wanted`. */
export function useOfferedValues(wanted: boolean): OfferedValues {
  const endpoints = useEndpoints()
  const schemes = useSchemes()
  const tags = useQuery({ ...api.deliveries.tags.queryOptions(), enabled: wanted }).data
  const rows = useQuery({
    ...api.deliveries.list.queryOptions({ input: { limit: LOOKED_AT } }),
    enabled: wanted,
    staleTime: FRESH_MS,
  }).data?.rows
  return useMemo(
    () => ({
      ...seenInRows(rows ?? []),
      endpoint: [
        ...endpoints.map(({ name, path }) => ({ value: name, detail: path })),
        { value: catchAll, detail: 'No endpoint' },
      ],
      verdict: verdictValues,
      is: stateValues,
      scheme: schemes.map(({ id, name }) => ({ value: id, detail: name })),
      tag: (tags ?? []).map(({ name, count }) => ({ value: name, detail: formatCount(count) })),
    }),
    [endpoints, schemes, tags, rows],
  )
}
