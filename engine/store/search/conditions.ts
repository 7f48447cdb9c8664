import { type Verdict, verdicts } from '#contract/verdict.ts'
import type { Wanted } from './types.ts'

/** What the list indexes of `deliveries` begin with; `null`: any. */
export interface Kinds {
  /** Endpoint ids; `null` among them: the catch-all. */
  endpoints: readonly (number | null)[] | null
  verdicts: readonly Verdict[] | null
  repeated: boolean | null
}

/** The conditions of a filter that are no words of the language. */
export function kindsOf(filter: Wanted['filter']): Kinds {
  const { endpoint, verdicts: wanted, duplicates } = filter ?? {}
  return {
    endpoints: endpoint === undefined ? null : [endpoint === 'catch-all' ? null : endpoint],
    verdicts: wanted === undefined ? null : verdicts.filter((verdict) => wanted.includes(verdict)),
    repeated: duplicates ?? null,
  }
}
