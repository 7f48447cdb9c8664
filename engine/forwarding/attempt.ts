import type { ForwardTarget, Forwarding } from '#contract/forwarding.ts'
import type { Roster } from '#engine/judging/roster.ts'
import { originalOf, resigningOf } from '#engine/judging/resigning.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { writingProblem } from '#engine/replay/outgoing-request.ts'
import type { KeptConnections } from '#engine/replay/kept-connections.ts'
import type { ReplayPorts } from '#engine/replay/ports.ts'
import { send, type SendOutcome } from '#engine/replay/send.ts'
import { sign } from '#engine/signatures/sign.ts'
import type { NewReplayRow } from '#engine/store/types.ts'
import { type Forwardable, isLate } from './forwardable.ts'
import { buildForward } from './outgoing.ts'

export interface AttemptRooms {
  roster: Pick<Roster, 'preparedOf' | 'profileOf'>
  ports: Pick<ReplayPorts, 'claim' | 'release'>
  instanceId: string
  connections: KeptConnections
  /** How our listener is reached. */
  proto(): 'http' | 'https'
  /** Whether this URL leads to our own listener. */
  isOurs(url: string): boolean
  /**
   * Stores a replay that comes in again, so that the delivery it becomes knows it; `null`: the
   * database refuses, and it goes without that.
   */
  begin(replay: NewReplayRow): number | null
}

export interface AttemptOptions {
  forwardId: number
  timeoutMs: number
  maxAnswerBytes: number
  signal: AbortSignal
  /** It may go over a connection that an earlier request opened, and leave it open. */
  keepsConnection: boolean
  /** The request is on its way: the next one may follow. */
  onSent?: () => void
}

export type Attempted =
  | { replay: NewReplayRow; replayId: number | null; outcome: SendOutcome }
  /** It must wait for what this says; nothing was sent. */
  | { held: string }
  /** It can never be sent; nothing was. */
  | { problem: string }

/** Sends a delivery to a target once, signed anew where it is late and the endpoint wants that. */
export async function attempt(
  delivery: Forwardable,
  { target, forwarding }: { target: ForwardTarget; forwarding: Forwarding },
  rooms: AttemptRooms,
  options: AttemptOptions,
): Promise<Attempted> {
  const { instanceId, ports } = rooms
  const built = buildForward(delivery, target, { instanceId, proto: rooms.proto() })
  if ('problem' in built) return built
  const nowMs = Date.now()
  const resigns = forwarding.late === 're-sign' && isLate(delivery, nowMs)
  const signed = resigns ? signAnew(delivery, built, rooms, nowMs) : null
  if (signed && !('request' in signed)) return signed
  const request = signed?.request ?? built
  const replay = replayRow(delivery, request, options.forwardId, nowMs, signed)
  const ours = rooms.isOurs(target.url)
  const replayId = ours ? rooms.begin(replay) : null
  let claimed: number | null = null
  const outcome = await send(request, {
    timeoutMs: Math.max(1, options.timeoutMs),
    maxAnswerBytes: options.maxAnswerBytes,
    signal: options.signal,
    // Our own certificate may be one that nobody else trusts.
    rejectUnauthorized: target.verifyTls && !ours,
    ...(options.onSent && { onSent: options.onSent }),
    // Our own listener knows a replay by its port.
    ...(!ours && options.keepsConnection && { connections: rooms.connections }),
    ...(replayId !== null && {
      onLocalPort: (port: number) => {
        claimed = port
        ports.claim(port, replayId)
      },
    }),
  })
  if (claimed !== null) ports.release(claimed)
  return { replay, replayId, outcome }
}

interface SignedAnew {
  request: OutgoingRequest
  messageId: string | null
}

function signAnew(
  delivery: Forwardable,
  request: OutgoingRequest,
  { roster }: AttemptRooms,
  nowMs: number,
): SignedAnew | { held: string } | { problem: string } {
  const { endpointId, body } = delivery
  if (roster.profileOf(endpointId).lockedSecrets) {
    return { held: 'It waits to be signed anew: the endpoint’s secrets are locked.' }
  }
  const original = { endpointId, head: delivery, body, outgoing: request, ...originalOf(delivery) }
  const asked = { resign: true, messageId: 'same', timestamp: 'now' } as const
  const resigning = resigningOf(roster, original, asked, nowMs)
  if ('problem' in resigning) return resigning
  const signed = sign({ ...resigning, head: request, body: request.body })
  if ('problem' in signed) return signed
  const { messageId, ...changed } = signed
  const outgoing = withLength({ ...request, ...changed })
  const problem = writingProblem(outgoing)
  return problem === null ? { request: outgoing, messageId } : { problem }
}

/** A signature in the body may have made it longer. */
function withLength(request: OutgoingRequest): OutgoingRequest {
  const length = String(request.body.byteLength)
  const rawHeaders = request.rawHeaders.map(([name, value]): [string, string] =>
    name.toLowerCase() === 'content-length' ? [name, length] : [name, value],
  )
  return { ...request, rawHeaders }
}

function replayRow(
  delivery: Forwardable,
  request: OutgoingRequest,
  forwardId: number,
  startedAtMs: number,
  signed: SignedAnew | null,
): NewReplayRow {
  return {
    deliveryId: delivery.id,
    origin: 'forward',
    forwardId,
    startedAtMs,
    url: request.url,
    resigned: signed !== null,
    messageId: signed ? signed.messageId : delivery.verification.messageId,
    method: request.method,
    target: request.target,
    rawHeaders: request.rawHeaders,
    body: signed ? request.body : 'as-delivered',
  }
}
