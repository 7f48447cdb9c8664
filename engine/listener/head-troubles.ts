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
