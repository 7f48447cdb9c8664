import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { RawHeader } from '#contract/http.ts'
import { buildReplay } from '#engine/replay/build.ts'
import { send } from '#engine/replay/send.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { newMessageId, sign } from '#engine/signatures/sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { PreparedSecret } from '#engine/signatures/types.ts'
import type { Rooms } from './rooms.ts'

const TIMEOUT_MS = 10_000

interface Sample {
  method: string
  target: string
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
}

function signed(sample: Sample, scheme: Scheme, secret: PreparedSecret | undefined) {
  if (!secret) return sample.rawHeaders
  const made = sign({
    scheme,
    secret,
    head: sample,
    body: sample.body,
    timestampMs: Date.now(),
    messageId: newMessageId(scheme),
  })
  return 'problem' in made ? sample.rawHeaders : made.rawHeaders
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
    const scheme = endpoint?.schemeId ? findScheme(endpoint.schemeId) : null
    const sample = sampleRequest(scheme)
    const path = endpoint?.path.replace(/\*$/, 'test') ?? '/test'
    const head = { ...sample, target: path + sample.targetSuffix }
    const { secrets } = rooms.roster
      .preparedOf(endpoint?.id ?? null)
      .contextFor(head, Date.now(), null)
    const rawHeaders = scheme ? signed(head, scheme, secrets[0]) : sample.rawHeaders
    let localPort: number | null = null
    const request = buildReplay({
      delivery: { ...head, rawHeaders },
      url: listening.url + head.target,
    })
    if ('problem' in request) throw errors.BAD_REQUEST({ message: request.problem })
    const outcome = await send(request, {
      timeoutMs: TIMEOUT_MS,
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
