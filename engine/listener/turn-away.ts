import type { IncomingMessage, ServerResponse } from 'node:http'
import { NOT_HERE, writeAnswer } from './answers.ts'
import type { CaptureContext } from './capture-context.ts'
import { closeGently } from './close-gently.ts'
import type { Peer } from './request-head.ts'

/** A sender of HTTP/1 that does not know the path token: nothing of its request is kept. */
export function turnAway(
  context: CaptureContext,
  peer: Peer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { socket } = request
  context.strangers.note(peer.address)
  response.shouldKeepAlive = false
  if (!request.complete) socket.destroySoon = () => closeGently(socket)
  request.resume()
  writeAnswer(response, NOT_HERE)
}
