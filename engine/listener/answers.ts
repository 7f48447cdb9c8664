import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { RawHeader } from '#contract/http.ts'
import type { Answer } from './types.ts'

const NOTHING = ['Content-Length', '0']

/** What the sender hears when a delivery could not be stored: come again (RFC 9110 §15.6.4). */
export const NOT_STORED: Answer = {
  status: 503,
  rawHeaders: [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Retry-After', '5'],
  ],
  body: Buffer.from('Countersign could not store this delivery. Please send it again.\n'),
}

/** For who does not know the path token: it looks like any path that is not there. */
export const NOT_HERE: Answer = {
  status: 404,
  rawHeaders: [['Content-Type', 'text/plain; charset=utf-8']],
  body: Buffer.from('Not found.\n'),
}

/** Stands in for an answer whose status or headers cannot be put on the wire. */
export const UNUSABLE_ANSWER: Answer = {
  status: 500,
  rawHeaders: [['Content-Type', 'text/plain; charset=utf-8']],
  body: Buffer.from('The delivery is stored, but its configured answer is not valid HTTP.\n'),
}

/**
 * Writes an answer with exactly its headers; only what framing needs is added (Date, Connection,
 * Content-Length). Throws when status or headers are not valid HTTP; nothing is sent then.
 */
export function writeAnswer(response: ServerResponse, answer: Answer): void {
  if (answer.status < 200) throw new RangeError(`${answer.status} is not a final status.`)
  const { rawHeaders, body } = answer
  response.writeHead(
    answer.status,
    rawHeaders.length === 0 && body.length === 0 && allowsLength(answer.status)
      ? NOTHING
      : flatHeaders(answer),
  )
  if (body.length === 0) response.end()
  else response.end(body)
}

/** The answer as bytes, for sockets that Node's HTTP server has let go of; closes the connection. */
export function answerBytes(answer: Answer): Buffer {
  const flat = flatHeaders(answer)
  const lines = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Unknown'}`]
  for (let index = 1; index < flat.length; index += 2) {
    if (!isNamed(flat[index - 1], 'connection')) lines.push(`${flat[index - 1]}: ${flat[index]}`)
  }
  lines.push(`Date: ${new Date().toUTCString()}`, 'Connection: close', '', '')
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), answer.body])
}

function flatHeaders({ status, rawHeaders, body }: Answer): string[] {
  const flat = rawHeaders.flat()
  if (!isFramed(rawHeaders) && allowsLength(status)) flat.push('Content-Length', `${body.length}`)
  return flat
}

function isFramed(rawHeaders: readonly RawHeader[]): boolean {
  return rawHeaders.some(
    ([name]) => isNamed(name, 'content-length') || isNamed(name, 'transfer-encoding'),
  )
}

/** RFC 9110 §8.6: no Content-Length with 204; a 304 has no content either. */
function allowsLength(status: number): boolean {
  return status !== 204 && status !== 304
}

function isNamed(name: string | undefined, lowerCaseName: string): boolean {
  return name?.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName
}
