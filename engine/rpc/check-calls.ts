import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { NewCheck } from '#contract/check.ts'
import type { Scheme } from '#contract/scheme.ts'
import { settingProblems } from '#contract/setting-problems.ts'
import { applicableCases, unknownNames } from '#engine/replay/check/battery/battery.ts'
import { reportFile } from '#engine/replay/check/reports/report-file.ts'
import { makeWorld, trialWorld, type World } from '#engine/replay/check/world.ts'
import type { Secret, Settings } from '#engine/signatures/types.ts'
import { assertMaySend } from './host-calls.ts'
import type { Rooms } from './rooms.ts'

/** Whose secrets sign, or one sentence that says why there are none. */
function signingWith(
  rooms: Rooms,
  input: NewCheck,
): { secrets: readonly Secret[]; settings: Settings } | { problem: string } {
  const given = input.secretTexts.map((text, at) => ({ id: null, name: `secret ${at + 1}`, text }))
  if (input.endpointId === null) return { secrets: given, settings: input.settings }
  const endpoint = rooms.roster.endpoints().find(({ id }) => id === input.endpointId)
  if (!endpoint) return { problem: `There is no endpoint ${input.endpointId}.` }
  const { secrets, settings, lockedSecrets } = rooms.roster.profileOf(endpoint.id)
  if (lockedSecrets && secrets.length === 0) {
    return { problem: 'The endpoint’s secrets are sealed with a key that is not available here.' }
  }
  return { secrets: [...secrets, ...given], settings: { ...settings, ...input.settings } }
}

async function worldFor(
  rooms: Rooms,
  scheme: Scheme,
  input: NewCheck,
): Promise<World | { problem: string }> {
  const signing = signingWith(rooms, input)
  if ('problem' in signing) return signing
  const wrong = settingProblems(scheme, input.settings).find(({ code }) => code !== 'missing')
  if (wrong) return { problem: wrong.sentence }
  const unknown = unknownNames(input.only)
  if (unknown.length > 0) return { problem: `There is no case or group “${unknown[0]}”.` }
  return makeWorld({ scheme, url: input.url, ...signing })
}

const missing = (id: number) => ({ message: `There is no check ${id}.` })

/** Endpoint checks: what there is to ask, asking it, and what came of it. */
export function checkCalls(rooms: Rooms) {
  const os = implement(api)
  const { checks } = rooms
  return {
    cases: os.checks.cases.handler(async ({ input: { schemeId }, errors }) => {
      const scheme = rooms.schemes.find(schemeId)
      if (!scheme) throw errors.NOT_FOUND({ message: `There is no scheme “${schemeId}”.` })
      return applicableCases(await trialWorld(scheme))
    }),
    start: os.checks.start.handler(async ({ input, errors }) => {
      const scheme = rooms.schemes.find(input.schemeId)
      if (!scheme) throw errors.NOT_FOUND({ message: `There is no scheme “${input.schemeId}”.` })
      assertMaySend(rooms, input.url, errors)
      const world = await worldFor(rooms, scheme, input)
      if ('problem' in world) throw errors.BAD_REQUEST({ message: world.problem })
      const { only, timeoutMs, verifyTls } = input
      return checks.start({ world, only, timeoutMs, verifyTls })
    }),
    get: os.checks.get.handler(({ input: { id }, errors }) => {
      const report = checks.get(id)
      if (!report) throw errors.NOT_FOUND(missing(id))
      return report
    }),
    list: os.checks.list.handler(({ input: { limit } }) => checks.list(limit)),
    cancel: os.checks.cancel.handler(({ input: { id }, errors }) => {
      if (!checks.cancel(id) && !checks.get(id)) throw errors.NOT_FOUND(missing(id))
      return {}
    }),
    remove: os.checks.remove.handler(({ input: { id }, errors }) => {
      if (!checks.remove(id)) throw errors.NOT_FOUND(missing(id))
      return {}
    }),
    report: os.checks.report.handler(({ input: { id, format }, errors }) => {
      const report = checks.get(id)
      if (!report) throw errors.NOT_FOUND(missing(id))
      return reportFile(report, format)
    }),
  }
}
