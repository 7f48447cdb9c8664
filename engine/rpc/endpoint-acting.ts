import { answeringProblem } from '#contract/answer-problems.ts'
import type { Answering } from '#contract/answering.ts'
import type { Forwarding } from '#contract/forwarding.ts'
import { assertMaySend } from './host-calls.ts'
import type { Rooms } from './rooms.ts'

interface Refusals {
  BAD_REQUEST(options: { message: string }): Error
  HOST_NOT_ALLOWED(options: { message: string; data: { host: string } }): Error
}

/**
 * Refuses answers that could not be sent, and forwarding to a host that nobody allowed; a target
 * that is off may stand there.
 * @throws BAD_REQUEST, which says where a template is wrong; HOST_NOT_ALLOWED, with the host
 */
export function assertCanAct(
  rooms: Pick<Rooms, 'store'>,
  acting: { answering?: Answering | null | undefined; forwarding?: Forwarding | null | undefined },
  errors: Refusals,
): void {
  const problem = acting.answering ? answeringProblem(acting.answering) : null
  if (problem !== null) throw errors.BAD_REQUEST({ message: problem })
  const urls = acting.forwarding?.targets.map(({ url }) => url) ?? []
  const twice = urls.find((url, index) => urls.indexOf(url) !== index)
  if (twice !== undefined) throw errors.BAD_REQUEST({ message: `${twice} stands there twice.` })
  for (const { url, enabled } of acting.forwarding?.targets ?? []) {
    if (enabled) assertMaySend(rooms, url, errors)
  }
}
