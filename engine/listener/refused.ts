import type { Duplex } from 'node:stream'
import { createHash } from 'node:crypto'
import { answerBytes, NOT_HERE, NOT_STORED } from './answers.ts'
import type { CaptureContext } from './capture-context.ts'
import { closeGently } from './close-gently.ts'
import { momentNow, type Moment, wallMsBefore, wallMsSince } from './moment.ts'
import { admitted } from './path-token.ts'
import type { Trouble } from './problems.ts'
import type { Answer, CapturedHead } from './types.ts'

/** Something that came on a connection and that Node's HTTP server has no exchange for. */
export interface Refused {
  head: CapturedHead
  bytes: Buffer
  trouble: Trouble
  connected: Moment
}

/**
 * Records what Node would have answered by itself, then answers by hand on the socket and closes
 * it. `earlierAnswered` resolves when the answers to earlier pipelined requests are on their way.
 */
export async function recordRefused(
  context: CaptureContext,
  socket: Duplex,
  { head, bytes, trouble, connected }: Refused,
  earlierAnswered: Promise<void>,
): Promise<void> {
  context.flight.begin()
  const begun = momentNow()
  const answer = await accepted(context, { head, bytes, trouble })
  await earlierAnswered
  const unreadable = trouble.problem === 'tls-hello' || trouble.problem === 'sender-gone'
  if (!unreadable && socket.writable) {
    socket.write(answerBytes(answer))
    context.sink.answered(answer, {
      connectedAtMs: wallMsBefore(begun, connected),
      answeredAtMs: wallMsSince(begun),
    })
  }
  closeGently(socket)
  context.flight.end()
}

async function accepted(
  context: CaptureContext,
  { head, bytes, trouble }: Omit<Refused, 'connected'>,
): Promise<Answer> {
  const within = admitted(head, context.pathToken())
  if (within === null) {
    context.strangers.note(head.remoteAddress)
    return NOT_HERE
  }
  try {
    return await context.sink.accept({
      head: within,
      completedAtMs: Date.now(),
      rawTrailers: [],
      body: { kind: 'memory', bytes },
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
      problem: trouble.problem,
      problemDetail: trouble.detail,
      requiredStatus: trouble.requiredStatus,
      observer: null,
    })
  } catch {
    // The sink tells the app why; the sender is told to come again.
    return NOT_STORED
  }
}
