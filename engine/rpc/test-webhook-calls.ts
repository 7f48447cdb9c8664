import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Scheme } from '#contract/scheme.ts'
import { buildReplay, type ReplayedDelivery } from '#engine/replay/build.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { prepareReplay } from '#engine/replay/replay-once.ts'
import { send } from '#engine/replay/send.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { signingSecret } from '#engine/signatures/secret.ts'
import { newMessageId } from '#engine/signatures/sign.ts'
import type { VerifyContext } from '#engine/signatures/types.ts'
import type { Rooms } from './rooms.ts'

const TIMEOUT_MS = 10_000

/** Signed as the endpoint's sender would where that can be done, else as it is. */
function prepareTest(
  sample: ReplayedDelivery,
  url: string,
  scheme: Scheme | null,
  context: VerifyContext,
): OutgoingRequest | { problem: string } {
  const secret = scheme ? signingSecret(scheme, context.secrets, null) : undefined
  if (scheme && secret) {
    const { settings = {} } = context
    const messageId = newMessageId(scheme)
    const resign = { scheme, secret, settings, timestampMs: Date.now(), messageId }
    const made = prepareReplay({ delivery: sample, url, resign })
    if ('request' in made) return made.request
  }
  return buildReplay({ delivery: sample, url })
}

/** A real request over a real socket to our own listener, signed as the endpoint's sender would. */
export function testWebhookCalls(rooms: Rooms) {
  const os = implement(api)
  return os.tools.sendTest.handler(async ({ input, errors }) => {
    const { listening } = rooms.status()
    if (!listening) throw errors.UNAVAILABLE({ message: 'Nothing listens: start the listener.' })
    const endpoint = rooms.roster.endpoints().find(({ id }) => id === input.endpointId)
    if (input.endpointId !== null && !endpoint) {
      throw errors.NOT_FOUND({ message: `There is no endpoint ${input.endpointId}.` })
    }
    const scheme = endpoint?.schemeId ? rooms.schemes.find(endpoint.schemeId) : null
    const sample = sampleRequest(scheme)
    const path = endpoint?.path.replace(/\*$/, 'test') ?? '/test'
    const head = { ...sample, target: path + sample.targetSuffix }
    const url = listening.url + head.target
    const context = rooms.roster.preparedOf(endpoint?.id ?? null).contextFor(head, Date.now(), null)
    let localPort: number | null = null
    const request = prepareTest(head, url, scheme, context)
    if ('problem' in request) throw errors.BAD_REQUEST({ message: request.problem })
    const outcome = await send(request, {
      timeoutMs: TIMEOUT_MS,
      // Our own listener, whose certificate may be one that nobody else trusts.
      rejectUnauthorized: false,
      onLocalPort: (port) => {
        localPort = port
        rooms.arrivals.expect(port)
      },
    })
    const deliveryId = localPort === null ? null : rooms.arrivals.take(localPort)
    if ('error' in outcome) throw errors.UNAVAILABLE({ message: outcome.error })
    if (deliveryId === null) {
      throw errors.UNAVAILABLE({ message: 'The test webhook was sent but not stored.' })
    }
    return { deliveryId }
  })
}
