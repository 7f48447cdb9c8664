import type { IncomingMessage, ServerResponse } from 'node:http'
import { writeAnswer } from './answers.ts'
import { closeGentlyAfterwards } from './close-gently.ts'
import type { Answer } from './types.ts'

/** Answers a request of HTTP/1 of which nothing is kept, and ends its connection. */
export function turnAway(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  response.shouldKeepAlive = false
  if (!request.complete) closeGentlyAfterwards(response)
  request.resume()
  // The connection may go on for a while, and would hold them.
  request.rawHeaders.length = 0
  writeAnswer(response, answer)
}
