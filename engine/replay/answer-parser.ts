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
  /**
   * `complete` is false when the connection ended before the answer did; `reusable`: the connection
   * may carry another request, and nothing listens to it any more.
   */
  end(complete: boolean, reusable: boolean): void
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
  const { wire, detach } = readingSide(stream)
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
      const reusable = answer.complete && staysOpen(answer, method) && wire.readableLength === 0
      if (reusable) detach()
      events.end(answer.complete, reusable)
    })
    answer.on('error', (error: Error) => {
      events.error(error)
    })
  })
  // After 101, or 2xx to CONNECT, the connection speaks something else: the answer is its head.
  const switched = (answer: http.IncomingMessage): void => {
    events.head(headOf(answer))
    events.end(true, false)
  }
  request.on('upgrade', switched)
  request.on('connect', switched)
  request.on('error', (error) => {
    events.error(error)
  })
  request.end()
}

/** RFC 9112 §9.3: HTTP/1.1 goes on unless it says otherwise, and unless the end closes the body. */
function staysOpen({ httpVersion, statusCode, headers }: http.IncomingMessage, method: string) {
  if (httpVersion !== '1.1' || /\bclose\b/i.test(headers.connection ?? '')) return false
  if (method === 'HEAD' || statusCode === 204 || statusCode === 304) return true
  const coding = headers['transfer-encoding']
  return coding === undefined
    ? headers['content-length'] !== undefined
    : coding.toLowerCase() === 'chunked'
}

/** The connection as the client sees it: it reads what comes, and what it writes goes nowhere. */
function readingSide(stream: Duplex): { wire: Duplex; detach: () => void } {
  const wire = new Duplex({
    read: () => {
      if (attached) stream.resume()
    },
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  let attached = true
  const listeners = {
    data: (chunk: Uint8Array) => {
      if (!wire.push(chunk)) stream.pause()
    },
    end: () => wire.push(null),
    error: (error: Error) => wire.destroy(error),
    close: () => {
      if (!wire.readableEnded) wire.push(null)
    },
  }
  for (const [event, listener] of Object.entries(listeners)) stream.on(event, listener)
  const detach = () => {
    attached = false
    for (const [event, listener] of Object.entries(listeners))
      stream.removeListener(event, listener)
  }
  return { wire, detach }
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
