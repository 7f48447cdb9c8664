import { sign } from '#engine/signatures/sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { PreparedSecret } from '#engine/signatures/types.ts'
import { buildReplay, type ReplayedDelivery } from './build.ts'
import { type OutgoingRequest, writingProblem } from './outgoing-request.ts'
import type { ReplayPorts } from './ports.ts'
import { send, type SendOutcome } from './send.ts'

/** How a replay is signed anew. */
export interface Resigning {
  scheme: Scheme
  secret: PreparedSecret
  /** The moment of signing, unix milliseconds. */
  timestampMs: number
  /** As `sign` takes it. */
  messageId: string | null
}

/** A request that is ready to go, with the message id it was signed with (`null`: not signed anew). */
export interface PreparedReplay {
  request: OutgoingRequest
  messageId: string | null
}

/** `problem`: nothing was sent and there is nothing to store. */
export type ReplayResult =
  | { replayId: number; startedAtMs: number; prepared: PreparedReplay; outcome: SendOutcome }
  | { problem: string }

/**
 * Sends a delivery once more, as it was or signed anew, and resolves with everything to store.
 *
 * The replay is written before it is sent: `begin` gets the finished request, stores it and gives its
 * id. The socket's port is claimed under that id for as long as it is ours, so that our own listener
 * knows the replay when it arrives there. Rejects only when `begin` does.
 */
export async function replayOnce(input: {
  delivery: ReplayedDelivery
  url: string
  resign: Resigning | null
  ports: ReplayPorts
  timeoutMs: number
  begin: (prepared: PreparedReplay, startedAtMs: number) => number | Promise<number>
  signal?: AbortSignal
  rejectUnauthorized?: boolean
}): Promise<ReplayResult> {
  const { delivery, url, resign, ports, timeoutMs, signal, rejectUnauthorized } = input
  const prepared = prepareReplay({ delivery, url, resign })
  if ('problem' in prepared) return prepared
  const startedAtMs = Date.now()
  const replayId = await input.begin(prepared, startedAtMs)
  let claimed: number | null = null
  try {
    const outcome = await send(prepared.request, {
      timeoutMs,
      onLocalPort: (port) => {
        claimed = port
        ports.claim(port, replayId)
      },
      ...(signal && { signal }),
      ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
    })
    return { replayId, startedAtMs, prepared, outcome }
  } finally {
    if (claimed !== null) ports.release(claimed)
  }
}

/** Builds the request and, when asked, signs it anew; the signature covers what really goes out. */
export function prepareReplay(input: {
  delivery: ReplayedDelivery
  url: string
  resign: Resigning | null
}): PreparedReplay | { problem: string } {
  const built = buildReplay({ delivery: input.delivery, url: input.url })
  if ('problem' in built) return built
  if (!input.resign) return { request: built, messageId: null }
  const { method, target, rawHeaders, body } = built
  const signed = sign({ ...input.resign, head: { method, target, rawHeaders }, body })
  if ('problem' in signed) return signed
  const request = { ...built, rawHeaders: signed.rawHeaders }
  const problem = writingProblem(request)
  return problem === null ? { request, messageId: signed.messageId } : { problem }
}
