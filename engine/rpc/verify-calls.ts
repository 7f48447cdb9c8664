import { createHash } from 'node:crypto'
import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { VerifyInput } from '#contract/verify-page.ts'
import { parsePasted } from '#engine/interchange/pasted-request.ts'
import { catchAllProfile, prepareProfile, type JudgingProfile } from '#engine/judging/profile.ts'
import type { CapturedRequest } from '#engine/listener/types.ts'
import { explain } from '#engine/signatures/explain.ts'
import { subscriberHash, subscriberHashMatches } from '#engine/signatures/subscriber-hash.ts'
import { otherSecrets } from './other-secrets.ts'
import type { Rooms } from './rooms.ts'

function bytesOf(input: VerifyInput): Uint8Array {
  return new Uint8Array(Buffer.from(input.request.bodyBase64, 'base64'))
}

/** What a pasted request is judged with. */
function pastedProfile(rooms: Rooms, input: VerifyInput): JudgingProfile {
  return {
    ...catchAllProfile,
    ownSchemes: rooms.schemes.own(),
    schemeId: input.schemeId,
    settings: input.settings,
    secrets: input.secrets.map((text, index) => ({
      id: null,
      name: input.secrets.length === 1 ? 'the given secret' : `secret ${index + 1}`,
      text,
    })),
  }
}

function explainPasted(rooms: Rooms, input: VerifyInput, nowMs: number) {
  const prepared = prepareProfile(pastedProfile(rooms, input))
  const atMs = input.atUnixSeconds === null ? nowMs : input.atUnixSeconds * 1000
  const bytes = bytesOf(input)
  const head = { ...input.request, target: input.url ?? input.request.target }
  return explain(prepared.contextFor(head, atMs, null), {
    byteLength: bytes.byteLength,
    chunks: () => [bytes],
  })
}

/** A pasted request in the shape of one that came over a socket; its address says that it did not. */
function asCaptured({ request }: VerifyInput, bytes: Uint8Array, nowMs: number): CapturedRequest {
  return {
    head: {
      ...request,
      receivedAtMs: nowMs,
      remoteAddress: 'pasted',
      remotePort: 0,
      httpVersion: '1.1',
    },
    completedAtMs: nowMs,
    rawTrailers: [],
    body: { kind: 'memory', bytes },
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    problem: null,
    problemDetail: null,
    requiredStatus: null,
    observer: null,
  }
}

export function verifyCalls(rooms: Rooms) {
  const os = implement(api)
  return {
    verifying: {
      parse: os.verifying.parse.handler(({ input, errors }) => {
        const parsed = parsePasted(input.text)
        if ('problem' in parsed) throw errors.BAD_REQUEST({ message: parsed.problem })
        return parsed
      }),
      diagnose: os.verifying.diagnose.handler(({ input }) =>
        rooms.reads.run('diagnosePasted', {
          request: input,
          profile: pastedProfile(rooms, input),
          otherSecrets: otherSecrets(rooms, null),
          nowMs: Date.now(),
        }),
      ),
      check: os.verifying.check.handler(async ({ input, errors }) => {
        if (input.schemeId !== null && !rooms.schemes.find(input.schemeId)) {
          throw errors.BAD_REQUEST({ message: `There is no scheme “${input.schemeId}”.` })
        }
        const nowMs = Date.now()
        const explanation = explainPasted(rooms, input, nowMs)
        if (!input.store) return { explanation, deliveryId: null }
        const recorded = await rooms.intake.accept(asCaptured(input, bytesOf(input), nowMs))
        return { explanation, deliveryId: recorded.delivery.id }
      }),
    },
    subscriberHash: os.tools.subscriberHash.handler(({ input }) => ({
      hash: subscriberHash(input.secret, input.subscriberId),
      matches:
        input.check === undefined
          ? null
          : subscriberHashMatches(input.secret, input.subscriberId, input.check),
    })),
  }
}
