import http from 'node:http'
import { Duplex } from 'node:stream'
import type { RawHeader } from '#contract/http.ts'

/** The head of an answer, without the interim ones (1xx). */
export interface AnswerHead {
  status: number
  statusMessage: string
  rawHeaders: RawHeader[]
}

export interface AnswerEvents {
  head(head: AnswerHead): void
  body(chunk: Uint8Array): void
  /** `complete` is false when the connection ended before the answer did. */
  end(complete: boolean): void
  error(error: Error): void
}

/**
 * Reads an HTTP answer from a connection with Node's own client parser, while everything that the
 * client itself would write is thrown away: the caller writes its own head and body. That keeps the
 * request's bytes ours, and chunks, interim answers, close-delimited bodies and malformed answers
 * Node's business.
 *
 * @param method tells the parser whether a body may follow (HEAD, CONNECT)
 */
export function parseAnswer(stream: Duplex, method: string, events: AnswerEvents): void {
  const wire = readingSide(stream)
  const parserMethod = method === 'HEAD' || method === 'CONNECT' ? method : 'GET'
  const request = http.request({
    method: parserMethod,
    maxHeaderSize: 64 * 1024,
    createConnection: () => wire,
  })
  // Node would leave out what is beyond 1,000 without a word; the size of the head is bounded above.
  request.maxHeadersCount = 0
  request.on('response', (answer) => {
    events.head(headOf(answer))
    answer.on('data', (chunk: Uint8Array) => {
      events.body(chunk)
    })
    answer.on('end', () => {
      events.end(answer.complete)
    })
    answer.on('error', (error: Error) => {
      events.error(error)
    })
  })
  // After 101, or 2xx to CONNECT, the connection speaks something else: the answer is its head.
  const switched = (answer: http.IncomingMessage): void => {
    events.head(headOf(answer))
    events.end(true)
  }
  request.on('upgrade', switched)
  request.on('connect', switched)
  request.on('error', (error) => {
    events.error(error)
  })
  request.end()
}

/** The connection as the client sees it: it reads what comes, and what it writes goes nowhere. */
function readingSide(stream: Duplex): Duplex {
  const wire = new Duplex({
    read: () => {
      stream.resume()
    },
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  stream.on('data', (chunk: Uint8Array) => {
    if (!wire.push(chunk)) stream.pause()
  })
  stream.on('end', () => wire.push(null))
  stream.on('error', (error: Error) => wire.destroy(error))
  stream.on('close', () => {
    if (!wire.readableEnded) wire.push(null)
  })
  return wire
}

function headOf(answer: http.IncomingMessage): AnswerHead {
  const rawHeaders: RawHeader[] = []
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
    rawHeaders.push([answer.rawHeaders[index] ?? '', answer.rawHeaders[index + 1] ?? ''])
  }
  return {
    status: answer.statusCode ?? 0,
    statusMessage: answer.statusMessage ?? '',
    rawHeaders,
  }
}
