import { z } from 'zod'
import { AnsweredBy, AnswerFault } from '#contract/answering.ts'
import { CaptureProblem } from '#contract/delivery.ts'
import { Replay } from '#contract/replay.ts'
import { NoteText, TagName } from '#contract/selection.ts'
import { Verification } from '#contract/verification.ts'

/** What the first line says that it is; docs/ndjson.md describes all of them. */
export const FORMAT = 'countersign-ndjson'
export const VERSION = 1

/** Bytes of a body that stand in one line; what is longer goes on in lines of its own. */
export const PIECE_BYTES = 192 * 1024
/** A longer line is none of ours. */
export const MOST_LINE_BYTES = 4 * 1024 * 1024

/** Receipt may be told by a clock that is ahead, but not by more than this. */
const MOST_AHEAD_MS = 366 * 86_400_000

const SPLITTING = ['\r', '\n', '\0']
const isOneLine = (text: string) => !SPLITTING.some((one) => text.includes(one))
const latin1 = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => isOneLine(text) && !/[\u0100-\uffff]/.test(text), {
      error: 'It holds a character that cannot stand in a request head.',
    })
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
/** Unix milliseconds. */
const moment = z
  .number()
  .min(0)
  .refine((ms) => ms <= Date.now() + MOST_AHEAD_MS, { error: 'It is too far in the future.' })
const headers = z.array(z.tuple([latin1(100_000), latin1(1_000_000)])).max(10_000)
const base64 = z
  .string()
  .max(Math.ceil(PIECE_BYTES / 3) * 4)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/, 'It is not base64.')
  .refine((text) => text.length % 4 === 0, { error: 'It is not base64.' })
const text = (most: number) => z.string().max(most)

export const HeaderLine = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  /** The data directory that it is from. */
  instance: text(100),
  exportedAtMs: z.number(),
  by: text(200),
})
export type HeaderLine = z.infer<typeof HeaderLine>

/** A body: all of it here, or the first piece, with the others in `piece` lines behind. */
export const BodyFact = z.object({
  byteLength: count,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'It is no SHA-256 in hex.'),
  base64,
})
export type BodyFact = z.infer<typeof BodyFact>

export const DeliveryLine = z.object({
  type: z.literal('delivery'),
  id: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  receivedAtMs: moment.refine(Number.isInteger, { error: 'It is not a whole number.' }),
  completedAtMs: moment.refine(Number.isInteger, { error: 'It is not a whole number.' }),
  times: z.object({
    connectedAtMs: moment.nullable(),
    committedAtMs: moment.nullable(),
    answeredAtMs: moment.nullable(),
  }),
  remoteAddress: text(200),
  remotePort: z.number().int().min(0).max(65_535),
  httpVersion: latin1(20),
  method: latin1(1_000),
  target: latin1(1_000_000),
  rawHeaders: headers,
  rawTrailers: headers,
  body: BodyFact,
  problem: CaptureProblem.nullable(),
  problemDetail: text(10_000).nullable(),
  /** The replay of the same file that it is. */
  replayId: count.nullable(),
  challenge: text(200).nullable(),
  challengeNote: text(10_000).nullable(),
  answer: z
    .object({
      status: z.number().int().min(0).max(999).nullable(),
      rawHeaders: headers,
      by: AnsweredBy,
      fault: AnswerFault.nullable(),
      delayMs: count,
      replayId: count.nullable(),
      body: BodyFact.nullable(),
    })
    .nullable(),
  verificationAtReceipt: Verification,
  verification: Verification,
  endpoint: z
    .object({ name: text(500), path: text(10_000).nullable(), schemeId: text(200).nullable() })
    .nullable(),
  marks: z.object({ pinned: z.boolean(), note: NoteText, tags: z.array(TagName).max(200) }),
  /** How many `replay` lines follow. */
  replays: count,
})
export type DeliveryLine = z.infer<typeof DeliveryLine>

export const ReplayLine = z.object({
  type: z.literal('replay'),
  id: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  origin: Replay.shape.origin,
  startedAtMs: moment,
  url: text(10_000),
  resigned: z.boolean(),
  changed: z.array(text(10_000)).max(10_000),
  messageId: text(10_000).nullable(),
  arrived: z.boolean(),
  method: latin1(1_000),
  target: latin1(1_000_000),
  rawHeaders: headers,
  /** `null`: the body of the delivery as it is. */
  body: BodyFact.nullable(),
  answer: z
    .object({
      status: z.number().int().min(0).max(999),
      statusMessage: text(10_000),
      rawHeaders: headers,
      bodyByteLength: count,
      /** What was kept of it. */
      body: BodyFact,
    })
    .nullable(),
  error: text(10_000).nullable(),
  timings: Replay.shape.timings,
})
export type ReplayLine = z.infer<typeof ReplayLine>

/** More of the body that was told last and is not whole yet, in the order in which they are told. */
export const PieceLine = z.object({ type: z.literal('piece'), base64 })

/** The last line: without it the file was cut. */
export const EndLine = z.object({ type: z.literal('end'), deliveries: count })
