import { z } from 'zod'
import { RawHeader } from './http.ts'
import { AnsweredBy, AnswerFault } from './answering.ts'
import { ClientCertificate } from './listener-tls.ts'
import { CameThrough } from './tunnel.ts'
import { DuplicateKind, Verdict, verdicts } from './verdict.ts'
import { Verification } from './verification.ts'

/** What went wrong between the sender and a complete HTTP request. */
export const CaptureProblem = z.enum([
  'body-too-large',
  'sender-gone',
  'idle-timeout',
  'malformed-http',
  'tls-hello',
  'plain-on-tls',
  'client-certificate',
  'headers-too-large',
  'missing-host',
  'unknown-expect',
  'connect',
  'upgrade',
])
export type CaptureProblem = z.infer<typeof CaptureProblem>

export const Duplicate = z.object({
  kind: DuplicateKind,
  /** The delivery that this one repeats. */
  originalId: z.number(),
  /** 2 for the second of its kind, and so on. */
  ordinal: z.number(),
  /** Milliseconds between the original's receipt and this one's. */
  sinceOriginalMs: z.number(),
})
export type Duplicate = z.infer<typeof Duplicate>

/** A row of the list: what is needed to draw it, nothing more. */
export const DeliveryRow = z.object({
  /** Rises with every delivery, never reused. */
  id: z.number(),
  receivedAtMs: z.number(),
  endpointId: z.number().nullable(),
  endpointName: z.string().nullable(),
  method: z.string(),
  /** The request target as sent, query included. */
  target: z.string(),
  eventType: z.string().nullable(),
  messageId: z.string().nullable(),
  bodyByteLength: z.number(),
  /** The current verdict: today's secrets, scheme and tolerance, the clock at receipt. */
  verdict: Verdict,
  verdictAtReceipt: Verdict,
  schemeId: z.string().nullable(),
  skewSeconds: z.number().nullable(),
  duplicate: Duplicate.nullable(),
  statusAnswered: z.number().nullable(),
  problem: CaptureProblem.nullable(),
  /** The replay of ours that this delivery is, if it is one. */
  replayId: z.number().nullable(),
  /** The scheme's handshake that it is, by its name. */
  challenge: z.string().nullable(),
  /** Milliseconds from receipt to the answer; `null` until it is known. */
  durationMs: z.number().nullable(),
  pinned: z.boolean(),
  hasNote: z.boolean(),
  tags: z.array(z.string()),
  /** How often its message was delivered, when the list is grouped by message; else `null`. */
  attempts: z.number().nullable(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

/** Everything about one delivery except its body bytes. */
export const Delivery = DeliveryRow.extend({
  completedAtMs: z.number(),
  /** Moments that are told after the delivery is stored; `null`: not known. Unix milliseconds. */
  times: z.object({
    connectedAtMs: z.number().nullable(),
    committedAtMs: z.number().nullable(),
    answeredAtMs: z.number().nullable(),
  }),
  note: z.string(),
  /** What text search knows of it; `cut`: of a long body only the first 256 KiB of text. */
  indexed: z.enum(['pending', 'whole', 'cut']),
  remoteAddress: z.string(),
  remotePort: z.number(),
  httpVersion: z.string(),
  /** Of the TLS handshake; `null`: none was presented, or nobody asked. */
  clientCertificate: ClientCertificate.nullable().optional(),
  /** `null`: straight, over plain HTTP; or it was recorded before that was kept. */
  cameThrough: CameThrough.nullable().optional(),
  rawHeaders: z.array(RawHeader),
  rawTrailers: z.array(RawHeader),
  bodySha256: z.string(),
  /** The content coding of the body (`gzip`, `br`, `deflate`), `null` for none. */
  contentEncoding: z.string().nullable(),
  /** Bytes that the sender announced, `null` without Content-Length. */
  announcedByteLength: z.number().nullable(),
  problemDetail: z.string().nullable(),
  /** Of a handshake: why it was not answered as its sender wants, or what there is to do. */
  challengeNote: z.string().nullable(),
  answer: z
    .object({
      /** `null`: with a `fault` nothing was sent. */
      status: z.number().nullable(),
      rawHeaders: z.array(RawHeader),
      /** What it was answered with, at most the first 1 MiB; `null`: the answer has no body. */
      bodyText: z.string().nullable(),
      by: AnsweredBy,
      /** It was not answered but let hang or reset, as its endpoint wants. */
      fault: AnswerFault.nullable(),
      /** How long it was held back on purpose. */
      delayMs: z.number(),
      /** The forward whose answer it was. */
      replayId: z.number().nullable(),
    })
    .nullable(),
  verificationAtReceipt: Verification,
  verification: Verification,
})
export type Delivery = z.infer<typeof Delivery>

export const DeliveryFilter = z.object({
  /** `'catch-all'`: deliveries of no endpoint. */
  endpoint: z.union([z.literal('catch-all'), z.coerce.number().int()]).optional(),
  verdicts: z.array(Verdict).max(verdicts.length).optional(),
  duplicates: z.boolean().optional(),
  /** The filter language (docs/filters.md); what it finds of the above. */
  query: z.string().max(2_000).optional(),
})
export type DeliveryFilter = z.infer<typeof DeliveryFilter>

/** Columns that a list can be sorted by; each is served by an index. */
export const SortColumn = z.enum(['time', 'size', 'duration', 'skew', 'status', 'type'])
export type SortColumn = z.infer<typeof SortColumn>

/** A place in a list: a row's id, and its value in the column that is sorted by (not for time). */
export const ListPosition = z.object({
  id: z.number().int(),
  value: z
    .union([
      // A skew is what a stranger's timestamp makes it: any finite number.
      z.number().min(-Number.MAX_VALUE).max(Number.MAX_VALUE),
      z.string().max(2_000_000),
    ])
    .nullable()
    .default(null),
})
export type ListPosition = z.infer<typeof ListPosition>

/** Which rows, in which order. Without anything: all, newest first. */
export const ListView = z.object({
  filter: DeliveryFilter.default({}),
  sort: SortColumn.default('time'),
  ascending: z.coerce.boolean().default(false),
  /** One row for each message: its newest attempt, which is also what the filter looks at. */
  grouped: z.coerce.boolean().default(false),
})
export type ListView = z.infer<typeof ListView>

/** A count that stops at a cap until it is known: `{count: 10000, capped: true}` reads "10,000+". */
export const CappedCount = z.object({ count: z.number(), capped: z.boolean() })
export type CappedCount = z.infer<typeof CappedCount>
