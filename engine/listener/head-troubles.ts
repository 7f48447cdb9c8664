import type { IncomingMessage } from 'node:http'
import type { ListenerProblem } from './capture-context.ts'
import { troubleOfParserError, type ParserError, type Trouble } from './problems.ts'

/** What is wrong with a head that never became whole. */
export const SENDER_GONE_IN_HEAD = troubleOfParserError(
  Object.assign(new Error('Invalid EOF state'), { code: 'HPE_INVALID_EOF_STATE' }),
  Buffer.alloc(0),
)

export const CROWDED_OUT: Trouble = {
  problem: 'sender-gone',
  detail:
    'The headers were not complete, and too many connections were open: this one was closed to make room.',
  requiredStatus: null,
}

export const HEAD_TOO_LATE = troubleOfParserError(
  Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
  Buffer.alloc(0),
)

export function headStalled(idleTimeoutMs: number): Trouble {
  return {
    problem: 'idle-timeout',
    detail: `The headers were not complete; then nothing came for ${idleTimeoutMs / 1000} s.`,
    requiredStatus: 408,
  }
}

export function isParserError({ code = '' }: ParserError): boolean {
  return code.startsWith('HPE_') || code === 'ERR_HTTP_REQUEST_TIMEOUT'
}

export function unknownExpectation({ headers }: IncomingMessage): Trouble {
  return {
    problem: 'unknown-expect',
    detail: `The sender expects "${headers.expect}", which nobody defines.`,
    requiredStatus: 417,
  }
}

export function tunnelAsked({ url }: IncomingMessage): Trouble {
  const detail = `The sender takes this port for a proxy and asks for a tunnel to ${url}.`
  return { problem: 'connect', detail, requiredStatus: 501 }
}

/** @param count requests that wait for their answers */
export function notReadOn(address: string, count: number): ListenerProblem {
  return {
    code: 'sender-cut-off',
    sentence: `A connection of ${address} has sent ${count} requests without waiting for an answer: it ends with the last of these, and what follows is not read. What is answered is recorded; a sender repeats the rest (RFC 9112 §9.3.2).`,
  }
}
