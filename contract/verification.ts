import { z } from 'zod'
import { Verdict } from './verdict.ts'

/** A remark that never changes the verdict, such as "the provider's SDK would refuse this". */
export const Notice = z.object({ code: z.string(), sentence: z.string() })
export type Notice = z.infer<typeof Notice>

/** Seconds a timestamp may lie before or after receipt; `null`: that side is not checked. */
export const Tolerance = z.object({
  pastSeconds: z.number().nullable(),
  futureSeconds: z.number().nullable(),
})
export type Tolerance = z.infer<typeof Tolerance>

/** As it is given: at most some three hundred years to either side. */
const GivenSeconds = z.number().min(-1e10).max(1e10).nullable()
export const GivenTolerance = z.object({ pastSeconds: GivenSeconds, futureSeconds: GivenSeconds })

/** What the provider says of the moment of signing. */
export const SignedTimestamp = z.object({
  text: z.string(),
  unixMs: z.number(),
  unit: z.enum(['s', 'ms', 'text']),
})
export type SignedTimestamp = z.infer<typeof SignedTimestamp>

/** The outcome of checking one delivery with one scheme and the endpoint's secrets. */
export const Verification = z.object({
  verdict: Verdict,
  schemeId: z.string().nullable(),
  /** Stable code and one sentence in the product's voice: why this verdict. */
  reason: z.object({ code: z.string(), sentence: z.string() }),
  messageId: z.string().nullable(),
  eventType: z.string().nullable(),
  timestamp: SignedTimestamp.nullable(),
  /** Timestamp minus time of receipt, in seconds, signed. */
  skewSeconds: z.number().nullable(),
  tolerance: Tolerance.nullable(),
  matchedSecretId: z.number().nullable(),
  matchedSecretName: z.string().nullable(),
  notices: z.array(Notice),
})
export type Verification = z.infer<typeof Verification>

/** What a verification says where nothing could be read from the request. */
export const nothingRead: Omit<Verification, 'verdict' | 'reason'> = {
  schemeId: null,
  messageId: null,
  eventType: null,
  timestamp: null,
  skewSeconds: null,
  tolerance: null,
  matchedSecretId: null,
  matchedSecretName: null,
  notices: [],
}

/** Which header, field or body path said what. */
export const Source = z.object({
  role: z.enum(['signature', 'timestamp', 'message-id', 'event-type']),
  place: z.enum(['header', 'header-field', 'json', 'query', 'form', 'claim']),
  name: z.string(),
  /** `null`: it is absent. */
  value: z.string().nullable(),
})
export type Source = z.infer<typeof Source>

/** A labelled stretch of the signed content, in order. */
export const ContentPart = z.object({
  label: z.string(),
  kind: z.enum([
    'literal',
    'timestamp',
    'message-id',
    'body',
    'url',
    'method',
    'header',
    'query',
    'json',
    'field',
    'form',
    'setting',
    'secret',
  ]),
  /** The header, field or path it came from, `null` for a literal. */
  from: z.string().nullable(),
  byteLength: z.number(),
  /** At most the first 4 KiB, decoded as UTF-8 with replacement characters. */
  preview: z.string(),
  truncated: z.boolean(),
  /** The bytes themselves: at most the first 4 KiB; empty for the secret. */
  startBase64: z.string(),
  /** Of a longer part the end, at most 512 bytes, none of which is in `startBase64`; else empty. */
  endBase64: z.string(),
})
export type ContentPart = z.infer<typeof ContentPart>

/** One received signature against one secret. */
export const SignatureComparison = z.object({
  /** Position of the received signature in its header, from 0. */
  position: z.number(),
  version: z.string().nullable(),
  received: z.string(),
  /** `null` where the scheme does not know this version, or where the secret itself is expected. */
  expected: z.string().nullable(),
  secretId: z.number().nullable(),
  secretName: z.string().nullable(),
  matches: z.boolean(),
  /** Index of the first differing character, `null` when they match or cannot be compared. */
  firstDifference: z.number().nullable(),
  /** Of tokens and Basic auth, which are shown masked: their characters; else `null`. */
  lengths: z.object({ received: z.number(), expected: z.number() }).nullable(),
})
export type SignatureComparison = z.infer<typeof SignatureComparison>

/** A verification with everything that a person needs to follow it; recomputed when looked at. */
export const Explanation = z.object({
  verification: Verification,
  schemeName: z.string().nullable(),
  algorithm: z.string().nullable(),
  sources: z.array(Source),
  signedContent: z.array(ContentPart),
  comparisons: z.array(SignatureComparison),
  /** What to do next, in one or two sentences; `null` for a valid delivery. */
  advice: z.string().nullable(),
  /** Whether the same request would be refused as stale if it arrived now. */
  staleIfSentNow: z.boolean(),
})
export type Explanation = z.infer<typeof Explanation>
