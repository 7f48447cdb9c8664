import type { ForwardTarget } from '#contract/forwarding.ts'
import { fieldsOf } from '#contract/http.ts'
import { buildReplay } from '#engine/replay/build.ts'
import { type OutgoingRequest, writingProblem } from '#engine/replay/outgoing-request.ts'
import { withAddressHeaders } from './address-headers.ts'
import type { Forwardable } from './forwardable.ts'
import { withHop } from './loops.ts'

/**
 * Builds what goes to a target: the delivery as it came, without what belongs to its own connection
 * (RFC 9110 §7.6.1), framed by a Content-Length (RFC 9112 §6), with Host as the target wants it, and
 * our own hop so that a loop can be told.
 */
export function buildForward(
  delivery: Forwardable,
  target: ForwardTarget,
  from: { instanceId: string; proto: 'http' | 'https' },
): OutgoingRequest | { problem: string } {
  const { method, target: requestTarget, body } = delivery
  const rawHeaders = fieldsOf(delivery.rawHeaders)
  const host = rawHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? null
  const built = buildReplay({
    delivery: { method, target: requestTarget, rawHeaders, body },
    url: target.url,
    hopByHop: 'drop',
    host: target.keepHost && host !== null ? 'keep' : 'rewrite',
  })
  if ('problem' in built) return built
  const { remoteAddress } = delivery
  const told = withAddressHeaders(built.rawHeaders, target.addressHeaders, {
    remoteAddress,
    host,
    proto: from.proto,
  })
  const request = { ...built, rawHeaders: withHop(told, from.instanceId) }
  const problem = writingProblem(request)
  return problem === null ? request : { problem }
}
