import { sign } from '#engine/signatures/sign.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { PreparedSecret, Settings } from '#engine/signatures/types.ts'
import { buildReplay, type BuildInput, type ReplayedDelivery } from './build.ts'
import { applyEdits, namesSet, type PlainEdits } from './edits.ts'
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

/** Where a prepared request goes out from, and what is done before it does. */
export interface SendingPrepared {
  ports: ReplayPorts
  timeoutMs: number
  /** Stores the finished request before anything is sent, and gives its id. */
  begin: (prepared: PreparedReplay, startedAtMs: number) => number | Promise<number>
  signal?: AbortSignal
  rejectUnauthorized?: boolean
}

/**
 * Sends a delivery once more, as it was or signed anew, and resolves with everything to store.
 * Rejects only when `begin` does.
 */
export async function replayOnce(
  input: SendingPrepared & { delivery: ReplayedDelivery; url: string; resign: Resigning | null },
): Promise<ReplayResult> {
  const { delivery, url, resign, ...sending } = input
  const prepared = prepareReplay({ delivery, url, resign })
  return 'problem' in prepared ? prepared : sendPrepared(prepared, sending)
}

/**
 * Sends a prepared request. It is written before it is sent: `begin` gets the finished request,
 * stores it and gives its id. The socket's port is claimed under that id for as long as it is ours,
 * so that our own listener knows the replay when it arrives there. Rejects only when `begin` does.
 */
export async function sendPrepared(
  prepared: PreparedReplay,
  { ports, timeoutMs, begin, signal, rejectUnauthorized }: SendingPrepared,
): Promise<{
  replayId: number
  startedAtMs: number
  prepared: PreparedReplay
  outcome: SendOutcome
}> {
  const startedAtMs = Date.now()
  const replayId = await begin(prepared, startedAtMs)
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
 * Builds the request and, when asked, signs it anew: captured, then the edits, then Host and framing
 * (unless `exact`), then the signature, which covers what really goes out. Without signing anew the
 * signature headers stay as they stand. Some schemes keep a timestamp, an id or the signature in the
 * body or the query.
 */
export function prepareReplay(input: {
  delivery: ReplayedDelivery
  url: string
  resign: Resigning | null
  edits?: PlainEdits
}): PreparedReplay | { problem: string } {
  const { url, resign, edits = {} } = input
  const build = { ...buildOptions(edits), url }
  const built = buildReplay({ ...build, delivery: applyEdits(input.delivery, edits) })
  if ('problem' in built) return built
  if (!resign) return { request: built, messageId: null }
  const signed = signRequest(built, resign)
  if ('problem' in signed || signed.request.body.byteLength === built.body.byteLength) return signed
  // Content-Length was that of the old body, and a signature may cover it.
  const { rawHeaders, body } = signed.request
  const framed = buildReplay({ ...build, delivery: { ...built, rawHeaders, body } })
  if ('problem' in framed) return framed
  return signRequest(
    { ...framed, target: built.target },
    { ...resign, messageId: signed.messageId },
  )
}

/** A Host that was set by name is meant; one in a whole list follows the URL, unless `exact`. */
function buildOptions(edits: PlainEdits): Omit<BuildInput, 'delivery' | 'url'> {
  return {
    host: edits.exact || namesSet(edits).has('host') ? 'keep' : 'rewrite',
    framing: edits.exact ? 'keep' : 'right',
    ...(edits.target !== undefined && { target: edits.target }),
  }
}

function signRequest(
  request: OutgoingRequest,
  resign: Resigning,
): PreparedReplay | { problem: string } {
  const { method, target, rawHeaders, body } = request
  const secure = /^https:/i.test(request.url)
  const signed = sign({ ...resign, head: { method, target, rawHeaders, secure }, body })
  if ('problem' in signed) return signed
  const { messageId, ...changed } = signed
  const outgoing = { ...request, ...changed }
  const problem = writingProblem(outgoing)
  return problem === null ? { request: outgoing, messageId } : { problem }
}
