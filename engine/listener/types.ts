import type { AnswerFault } from '#contract/answering.ts'
import type { CaptureProblem } from '#contract/delivery.ts'
import type { ClientCertificate } from '#contract/listener-tls.ts'
import type { RawHeader } from '#contract/http.ts'

/**
 * The head of a request, known before its body. For bytes that are no HTTP head at all, `method`,
 * `target` and `httpVersion` are empty and the bytes themselves (at most 64 KiB) are the body.
 */
export interface CapturedHead {
  receivedAtMs: number
  remoteAddress: string
  remotePort: number
  httpVersion: string
  method: string
  target: string
  /** Of HTTP/2 also `:authority` and `:scheme`, which no header can be called. */
  rawHeaders: readonly RawHeader[]
  /** It came over TLS. */
  secure?: true
  /** What stood before the target and is taken away: the path token with its slash. */
  prefix?: string
  /** What the sender presented in the TLS handshake. */
  clientCertificate?: ClientCertificate
}

/** The body as the listener left it; a file is fsynced, renamed, and its folder fsynced. */
export type CapturedBody =
  { kind: 'memory'; bytes: Uint8Array } | { kind: 'file'; name: string; byteLength: number }

/** A whole exchange up to, but without, the answer. */
export interface CapturedRequest {
  head: CapturedHead
  completedAtMs: number
  rawTrailers: readonly RawHeader[]
  body: CapturedBody
  /** SHA-256 of the body bytes, hex. */
  bodySha256: string
  problem: CaptureProblem | null
  problemDetail: string | null
  /**
   * The status that HTTP itself demands (400, 408, 413, 417, 431, 501), else `null`: the endpoint's
   * answer. With the problems `sender-gone` and `tls-hello` nobody can read an answer: `null` as
   * well, and what `accept` resolves with is not sent.
   */
  requiredStatus: number | null
  /** What the sink returned from `begin` for this head, when the body was spooled. */
  observer: BodyObserver | null
}

/** Sees the bytes of a spooled body while they stream, so that HMACs need no second pass. */
export interface BodyObserver {
  update(chunk: Uint8Array): void
}

export interface Answer {
  status: number
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
  /** Instead of it: nothing until the sender leaves, or a TCP reset. */
  fault?: AnswerFault | null
  /** So long it is held back before it goes out. */
  delayMs?: number
  /** The delivery that is answered; absent: nothing was stored. */
  delivery?: { id: number; committedAtMs: number }
}

/** Unix milliseconds; a connection may have carried other requests before. */
export interface AnswerTimes {
  connectedAtMs: number
  answeredAtMs: number
}

/** Where captured requests go. `accept` resolves once the delivery is durable, never before. */
export interface DeliverySink {
  /** Called when a body grows beyond memory; `null`: nobody needs the bytes. */
  begin(head: CapturedHead): BodyObserver | null
  /** Resolves with what to answer; rejects when it could not be stored: the sender then gets 503. */
  accept(request: CapturedRequest): Promise<Answer>
  /** The answer was handed to the connection. */
  answered(answer: Answer, times: AnswerTimes): void
}
