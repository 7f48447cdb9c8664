import net from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import type { RawHeader } from '#contract/http.ts'
import { type AnswerHead, parseAnswer } from './answer-parser.ts'
import type { KeptConnection, KeptConnections } from './kept-connections.ts'
import { isBelowLocalhost, loopbackLookup } from './loopback.ts'
import { bodyBytes, headBytes, type OutgoingRequest } from './outgoing-request.ts'
import { sendErrorSentence } from './send-errors.ts'

export interface SentAnswer {
  status: number
  statusMessage: string
  rawHeaders: RawHeader[]
  /** The first bytes, at most `maxAnswerBytes`; content codings are not undone. */
  bodyBytes: Uint8Array
  /** All that came, counted up to 64 MiB; then reading stops. */
  bodyByteLength: number
  /** `bodyBytes` is not the whole body. */
  truncated: boolean
}

/** Milliseconds from the start to each moment; `null`: not reached, or there was none. */
export interface SendTimings {
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
  totalMs: number
}

export type SendOutcome =
  | { answer: SentAnswer; timings: SendTimings }
  | {
      /** One sentence. */
      error: string
      /** Node's code such as `ECONNREFUSED`, or `TIMEOUT`, `ABORTED`, `INCOMPLETE`. */
      code: string
      /** What had come of the answer before it broke off. */
      partialAnswer: SentAnswer | null
      timings: SendTimings
    }

export interface SendOptions {
  /** From start to the last byte of the answer. */
  timeoutMs: number
  /** Called with our end of the connection before the first byte is sent on it. */
  onLocalPort?: (port: number) => void
  /** Called when the whole request has been handed to the connection. */
  onSent?: () => void
  /** How much of the answer's body is kept. */
  maxAnswerBytes?: number
  signal?: AbortSignal
  /** `false` accepts any TLS certificate. */
  rejectUnauthorized?: boolean
  /** Takes the connection from here and leaves it here; absent: it has one of its own. */
  connections?: KeptConnections
}

const maxCountedBytes = 64 * 1024 * 1024

/**
 * Sends one request, byte for byte as given, on a connection of its own or one that is kept, and
 * reads its answer; never twice, also when a kept connection breaks. Redirects are answers like any
 * other. Failures are values; the promise never rejects.
 */
export function send(request: OutgoingRequest, options: SendOptions): Promise<SendOutcome> {
  return new Promise((resolve) => {
    new Sending(request, options, resolve).start()
  })
}

class Sending {
  private readonly request: OutgoingRequest
  private readonly options: SendOptions
  private readonly resolve: (outcome: SendOutcome) => void
  private readonly url: URL
  private readonly startedAt = performance.now()
  private readonly timings: Omit<SendTimings, 'totalMs'> = {
    dnsMs: null,
    connectMs: null,
    tlsMs: null,
    firstByteMs: null,
  }
  private socket: net.Socket | null = null
  private deadline: NodeJS.Timeout | undefined
  private head: AnswerHead | null = null
  private readonly kept: Uint8Array[] = []
  private keptLength = 0
  private bodyByteLength = 0
  private settled = false
  private connection: KeptConnection | null = null

  constructor(
    request: OutgoingRequest,
    options: SendOptions,
    resolve: (outcome: SendOutcome) => void,
  ) {
    this.request = request
    this.options = options
    this.resolve = resolve
    this.url = new URL(request.url)
  }

  start(): void {
    const { signal, timeoutMs } = this.options
    if (signal?.aborted) {
      this.fail('ABORTED', '')
      return
    }
    this.deadline = setTimeout(() => {
      this.fail('TIMEOUT', '')
    }, timeoutMs)
    signal?.addEventListener('abort', this.onAbort, { once: true })
    const kept = this.options.connections?.take(this.keptAs())
    if (!kept) this.connect()
    else {
      this.socket = kept.socket
      kept.socket.on('error', this.onError)
      this.exchange(kept.stream)
    }
  }

  private keptAs(): string {
    return `${this.url.origin} ${this.options.rejectUnauthorized ?? true}`
  }

  private readonly onAbort = (): void => {
    this.fail('ABORTED', '')
  }

  private connect(): void {
    const secure = this.url.protocol === 'https:'
    const socket = net.connect({
      host: this.hostname(),
      port: this.url.port === '' ? (secure ? 443 : 80) : Number(this.url.port),
      // localhost is ::1 and 127.0.0.1; off by default on Node 18.
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 1000,
      noDelay: true,
      // Names below localhost are this computer without a lookup, so nobody else may answer one.
      ...(isBelowLocalhost(this.hostname()) && { lookup: loopbackLookup }),
    })
    this.socket = socket
    socket.once('lookup', () => {
      this.timings.dnsMs = this.elapsed()
    })
    socket.on('error', this.onError)
    socket.once('connect', () => {
      this.timings.connectMs = this.elapsed()
      if (socket.localPort !== undefined) this.options.onLocalPort?.(socket.localPort)
      if (secure) this.startTls(socket)
      else this.exchange(socket)
    })
  }

  private startTls(socket: net.Socket): void {
    const hostname = this.hostname()
    const secured = tls.connect({
      socket,
      // A name for SNI must not be an address (RFC 6066 §3); it is checked against the certificate either way.
      ...(net.isIP(hostname) === 0 ? { servername: hostname } : { host: hostname }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: this.options.rejectUnauthorized ?? true,
    })
    secured.on('error', this.onError)
    secured.once('secureConnect', () => {
      this.timings.tlsMs = this.elapsed()
      this.exchange(secured)
    })
    secured.once('close', () => {
      if (this.timings.tlsMs === null) this.fail('ECONNRESET', 'closed during the TLS handshake')
    })
  }

  private exchange(stream: Duplex): void {
    stream.once('data', () => {
      this.timings.firstByteMs = this.elapsed()
    })
    parseAnswer(stream, this.request.method, {
      head: (head) => {
        this.head = head
      },
      body: (chunk) => {
        this.take(chunk)
      },
      end: (complete, reusable) => {
        const { socket } = this
        // An answer may come before all of its request is out.
        if (reusable && socket && stream.writableLength === 0) this.connection = { stream, socket }
        if (complete) this.succeed()
        else this.fail('INCOMPLETE', '')
      },
      error: this.onError,
    })
    stream.cork()
    stream.write(headBytes(this.request))
    for (const bytes of bodyBytes(this.request)) stream.write(bytes)
    stream.uncork()
    this.options.onSent?.()
  }

  private take(chunk: Uint8Array): void {
    this.bodyByteLength += chunk.length
    const room = (this.options.maxAnswerBytes ?? 1024 * 1024) - this.keptLength
    if (room > 0) {
      const part = chunk.subarray(0, room)
      this.kept.push(part)
      this.keptLength += part.length
    }
    if (this.bodyByteLength >= maxCountedBytes) this.succeed()
  }

  private answer(): SentAnswer | null {
    return (
      this.head && {
        ...this.head,
        bodyBytes: Buffer.concat(this.kept),
        bodyByteLength: this.bodyByteLength,
        truncated: this.bodyByteLength > this.keptLength,
      }
    )
  }

  private succeed(): void {
    const answer = this.answer()
    if (answer) this.settle({ answer, timings: this.timingsNow() })
  }

  private readonly onError = (error: Error): void => {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
    this.fail(code, error.message)
  }

  private fail(code: string, detail: string): void {
    const { timeoutMs } = this.options
    const error = sendErrorSentence({
      code,
      origin: this.url.origin,
      hostname: this.hostname(),
      timeoutMs,
      answering: this.head !== null,
      detail,
    })
    this.settle({ error, code, partialAnswer: this.answer(), timings: this.timingsNow() })
  }

  private settle(outcome: SendOutcome): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.deadline)
    this.options.signal?.removeEventListener('abort', this.onAbort)
    this.letGo()
    this.resolve(outcome)
  }

  private letGo(): void {
    const { connection, socket } = this
    const { connections } = this.options
    if (!connection || !connections || this.request.httpVersion !== '1.1') socket?.destroy()
    else {
      connection.socket.removeListener('error', this.onError)
      connection.stream.removeListener('error', this.onError)
      connections.keep(this.keptAs(), connection)
    }
  }

  private timingsNow(): SendTimings {
    return { ...this.timings, totalMs: this.elapsed() }
  }

  private elapsed(): number {
    return Math.round((performance.now() - this.startedAt) * 1000) / 1000
  }

  private hostname(): string {
    return this.url.hostname.replace(/^\[|\]$/g, '')
  }
}
