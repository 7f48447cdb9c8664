import {
  EndpointName,
  EndpointPath,
  type SchemeInfo,
  type SettingValues,
} from '#contract/endpoint.ts'
import type { Tolerance } from '#contract/verification.ts'
import type { BasicsDraft } from './endpoint-basics.tsx'
import { readSettings } from './setting-fields.tsx'
import { readTolerance } from './tolerance-field.tsx'

export interface Basics {
  name: string
  path: string
  schemeId: string | null
  tolerance: Tolerance | null
  settings: SettingValues
  answerChallenges: boolean
}

/**
 * What a draft means, or what is wrong with it by field; the contract's own rules and words.
 * @param urlIsKnown there is a public URL, by which what comes here was called
 */
export function checkBasics(
  draft: BasicsDraft,
  schemes: readonly SchemeInfo[],
  urlIsKnown = false,
): Basics | Map<string, string> {
  const scheme = schemes.find(({ id }) => id === draft.schemeId)
  const settings = readSettings(draft.settings, scheme, urlIsKnown)
  const errors = settings instanceof Map ? new Map(settings) : new Map<string, string>()
  const name = EndpointName.safeParse(draft.name)
  const path = EndpointPath.safeParse(draft.path)
  const tolerance = readTolerance(draft.tolerance)
  if (!name.success) errors.set('name', name.error.issues[0]?.message ?? '')
  if (!path.success) errors.set('path', path.error.issues[0]?.message ?? '')
  if (typeof tolerance === 'string') errors.set('tolerance', tolerance)
  if (!name.success || !path.success || typeof tolerance === 'string') return errors
  if (settings instanceof Map) return errors
  return {
    name: name.data,
    path: path.data,
    schemeId: draft.schemeId,
    tolerance: tolerance.value,
    settings,
    answerChallenges: draft.answerChallenges,
  }
}
