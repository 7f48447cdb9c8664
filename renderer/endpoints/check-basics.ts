import { EndpointName, EndpointPath } from '#contract/endpoint.ts'
import type { Tolerance } from '#contract/verification.ts'
import type { BasicsDraft } from './endpoint-basics.tsx'
import { readTolerance } from './tolerance-field.tsx'

export interface Basics {
  name: string
  path: string
  schemeId: string | null
  tolerance: Tolerance | null
}

/** What a draft means, or what is wrong with it by field; the contract's own rules and words. */
export function checkBasics(draft: BasicsDraft): Basics | Map<string, string> {
  const errors = new Map<string, string>()
  const name = EndpointName.safeParse(draft.name)
  const path = EndpointPath.safeParse(draft.path)
  const tolerance = readTolerance(draft.tolerance)
  if (!name.success) errors.set('name', name.error.issues[0]?.message ?? '')
  if (!path.success) errors.set('path', path.error.issues[0]?.message ?? '')
  if (typeof tolerance === 'string') errors.set('tolerance', tolerance)
  if (!name.success || !path.success || typeof tolerance === 'string') return errors
  return {
    name: name.data,
    path: path.data,
    schemeId: draft.schemeId,
    tolerance: tolerance.value,
  }
}
