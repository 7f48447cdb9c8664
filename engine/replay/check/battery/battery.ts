import type { CheckCase, CheckGroup } from '#contract/check.ts'
import type { ActionCase } from '#engine/replay/check/outcome.ts'
import { probesToSend } from '#engine/replay/check/probes.ts'
import type { World } from '#engine/replay/check/world.ts'
import { acceptCases } from './accepts.ts'
import { behaveCases } from './behaves.ts'
import type { ProbeCase } from './probe-case.ts'
import { bodyCases } from './rejects-body.ts'
import { signatureCases } from './rejects-signature.ts'
import { timeCases } from './rejects-time.ts'

export type BatteryCase = ProbeCase | ActionCase

/** Every question, in the order in which it is asked; the first decides whether there are more. */
export const battery: readonly BatteryCase[] = [
  ...acceptCases,
  ...signatureCases,
  ...bodyCases,
  ...timeCases,
  ...behaveCases,
]

const groups: readonly CheckGroup[] = ['accepts', 'rejects', 'behaves']

/** The names among `only` that are neither a case nor a group. */
export function unknownNames(only: readonly string[]): string[] {
  const known = new Set<string>([...groups, ...battery.map(({ id }) => id)])
  return only.filter((name) => !known.has(name))
}

/** The cases of these ids and groups; none named: all. The valid delivery always comes first. */
export function chosenCases(only: readonly string[]): readonly BatteryCase[] {
  if (only.length === 0) return battery
  return battery.filter(
    ({ id, group }, at) => at === 0 || only.includes(id) || only.includes(group),
  )
}

/** What stands in a list of cases, without how it is built. */
export function caseOf({ id, group, title, why, fix }: BatteryCase): CheckCase {
  return { id, group, title, why, fix }
}

/** The cases that apply to the scheme of this world. */
export function applicableCases(world: World): CheckCase[] {
  return battery.filter((each) => applies(each, world)).map(caseOf)
}

function applies(each: BatteryCase, world: World): boolean {
  if ('act' in each) return each.unless?.(world) == null
  // Whether there is a second secret is not the scheme's.
  return each.id === 'accepts.second-secret' || !('skipped' in probesToSend(world, each))
}
