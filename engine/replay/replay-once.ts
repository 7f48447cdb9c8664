import { sign } from '#engine/signatures/sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { PreparedSecret, Settings } from '#engine/signatures/types.ts'
import { buildReplay, type ReplayedDelivery } from './build.ts'
import { type OutgoingRequest, writingProblem } from './outgoing-request.ts'
import type { ReplayPorts } from './ports.ts'
import { send, type SendOutcome } from './send.ts'

/** How a replay is signed anew. */
export interface Resigning {
  scheme: Scheme
  secret: PreparedSecret
  settings?: Settings
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

/**
 * Builds the request and, when asked, signs it anew; the signature covers what really goes out.
 * Some schemes keep a timestamp, an id or the signature in the body or the query.
 */
export function prepareReplay(input: {
  delivery: ReplayedDelivery
  url: string
  resign: Resigning | null
}): PreparedReplay | { problem: string } {
  const built = buildReplay({ delivery: input.delivery, url: input.url })
  if ('problem' in built) return built
  if (!input.resign) return { request: built, messageId: null }
  const signed = signRequest(built, input.resign)
  if ('problem' in signed || signed.request.body.byteLength === built.body.byteLength) return signed
  // Content-Length was that of the old body, and a signature may cover it.
  const { rawHeaders, body } = signed.request
  const framed = buildReplay({ delivery: { ...built, rawHeaders, body }, url: input.url })
  if ('problem' in framed) return framed
  return signRequest(
    { ...framed, target: built.target },
    { ...input.resign, messageId: signed.messageId },
  )
}

function signRequest(
  request: OutgoingRequest,
  resign: Resigning,
): PreparedReplay | { problem: string } {
  const { method, target, rawHeaders, body } = request
  const signed = sign({ ...resign, head: { method, target, rawHeaders }, body })
  if ('problem' in signed) return signed
  const { messageId, ...changed } = signed
  const outgoing = { ...request, ...changed }
  const problem = writingProblem(outgoing)
  return problem === null ? { request: outgoing, messageId } : { problem }
}
