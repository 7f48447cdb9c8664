import { z } from 'zod'
import { blobOf, GivenHeader, HeaderName, HeaderValue, SecretText } from './bounds.ts'
import { HttpUrl } from './forwarding.ts'
import { RawHeader } from './http.ts'
import { Selection } from './selection.ts'

export const ReplayUrl = HttpUrl

/** The largest body that can be edited and sent. */
export const MOST_EDITED_BYTES = 64 * 1024 * 1024

/** What differs from the captured request; absent: as captured. */
export const ReplayEdits = z.object({
  method: z.string().min(1).max(40).optional(),
  /** The request target; it wins over what the URL and the captured target make. */
  target: z.string().min(1).max(65_536).optional(),
  /** The whole list, in order, with case and repeats. Host and framing follow unless `exact`. */
  rawHeaders: z.array(GivenHeader).max(2_000).optional(),
  /**
   * Set over what is there: the first of that name is replaced, else it is added; `null` removes.
   * A Host that is set here is meant: it stays.
   */
  setHeaders: z
    .array(z.tuple([HeaderName, HeaderValue.nullable()]))
    .max(200)
    .optional(),
  body: blobOf(MOST_EDITED_BYTES, 'An edited body has at most 64 MiB.').optional(),
  /**
   * Host and framing go out as they stand in the list, even where they are wrong; a body that is
   * said to be chunked goes out as one chunk.
   */
  exact: z.boolean().optional(),
})
export type ReplayEdits = z.infer<typeof ReplayEdits>

/** How a request is signed before it goes out. */
export const Signing = z.object({
  /** Sign anew; otherwise the signature headers go out as they stand. */
  resign: z.boolean(),
  messageId: z.enum(['same', 'new']).default('same'),
  /** The moment that is signed: now, the captured one, or now plus so many seconds. */
  timestamp: z
    .union([z.enum(['now', 'original']), z.number().int().min(-1e10).max(1e10)])
    .default('now'),
  /** One of the endpoint's secrets; absent: the one that verified it, else the first that signs. */
  secretId: z.number().int().optional(),
  /** A secret that is stored nowhere; wins over `secretId`. */
  secretText: SecretText.optional(),
})
export type Signing = z.infer<typeof Signing>

/** How a request is sent. */
export const Sending = z.object({
  url: ReplayUrl,
  /** `false` accepts any certificate, for local servers that sign their own. */
  verifyTls: z.boolean().default(true),
  timeoutMs: z.number().int().min(100).max(300_000).default(30_000),
})
export type Sending = z.infer<typeof Sending>

export const NewReplay = z.object({
  deliveryId: z.number().int(),
  ...Sending.shape,
  ...Signing.shape,
  edits: ReplayEdits.optional(),
})
export type NewReplay = z.infer<typeof NewReplay>

/** What would go out, without sending it. */
export const ReplayPreview = z.object({
  method: z.string(),
  target: z.string(),
  rawHeaders: z.array(RawHeader),
  bodyByteLength: z.number(),
  /** The first 1 MiB of the body that would go out. */
  body: z.instanceof(Blob),
  /** Where it would connect to. */
  origin: z.string(),
  /** The host is not loopback and was not allowed yet: sending asks first. */
  asksForHost: z.string().nullable(),
  /** It goes into our own listener. */
  intoOurselves: z.boolean(),
  /**
   * What differs from the captured request: `method`, `target`, `body`, `header:NAME` (other values,
   * repeats or case), `header:NAME added`, `header:NAME removed`; `header order` where only that does.
   */
  changed: z.array(z.string()),
  /** What a receiver with this endpoint's secrets would say of it now; `null`: no scheme. */
  verdict: z.string().nullable(),
  notices: z.array(z.string()),
})
export type ReplayPreview = z.infer<typeof ReplayPreview>

/** Why a request was sent. */
export const ReplayOrigin = z.enum(['replay', 'forward', 'compose'])
export type ReplayOrigin = z.infer<typeof ReplayOrigin>

/** One request that Countersign sent, and the answer it got. */
export const Replay = z.object({
  id: z.number(),
  origin: ReplayOrigin,
  /** `null`: composed here, not sent again. */
  deliveryId: z.number().nullable(),
  /** The bulk replay that it belongs to. */
  batchId: z.number().nullable(),
  /** What it was composed from. */
  composedId: z.number().nullable(),
  startedAtMs: z.number(),
  url: z.string(),
  resigned: z.boolean(),
  /** What differs from the captured request, as in the preview. */
  changed: z.array(z.string()),
  messageId: z.string().nullable(),
  /** The delivery that it became, when it went into our own listener. */
  arrivedAsDeliveryId: z.number().nullable(),
  request: z.object({
    method: z.string(),
    target: z.string(),
    rawHeaders: z.array(RawHeader),
    bodyByteLength: z.number(),
  }),
  /** `null` while it is under way or when it failed. */
  answer: z
    .object({
      status: z.number(),
      statusMessage: z.string(),
      rawHeaders: z.array(RawHeader),
      /** At most the first 1 MiB, decoded as UTF-8 with replacement characters. */
      bodyText: z.string(),
      bodyByteLength: z.number(),
      truncated: z.boolean(),
    })
    .nullable(),
  /** One sentence, when no answer came. */
  error: z.string().nullable(),
  /** Milliseconds from the start to each moment; `null`: not reached, or there was none. */
  timings: z
    .object({
      dnsMs: z.number().nullable(),
      connectMs: z.number().nullable(),
      tlsMs: z.number().nullable(),
      firstByteMs: z.number().nullable(),
      totalMs: z.number(),
    })
    .nullable(),
})
export type Replay = z.infer<typeof Replay>

/** How fast many go out: as they came (or faster by a factor), or so many a second, or at once. */
export const Pace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gaps'), speed: z.number().positive().max(10_000).default(1) }),
  z.object({ kind: z.literal('rate'), perSecond: z.number().positive().max(10_000) }),
  z.object({ kind: z.literal('free') }),
])
export type Pace = z.infer<typeof Pace>

/** Many deliveries sent again, oldest first. */
export const NewBatch = z.object({
  selection: Selection,
  ...Sending.shape,
  ...Signing.shape,
  edits: ReplayEdits.optional(),
  pace: Pace.default({ kind: 'free' }),
  concurrency: z.number().int().min(1).max(64).default(1),
  stopOnFailure: z.boolean().default(false),
})
export type NewBatch = z.infer<typeof NewBatch>

/** How a bulk replay goes, or went. */
export const Batch = z.object({
  id: z.number(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** `stopped`: at the first failure. `interrupted`: Countersign ended meanwhile. */
  state: z.enum(['running', 'done', 'stopped', 'cancelled', 'interrupted']),
  /** What is being done, such as "Replaying 1,200 deliveries to http://localhost:3000". */
  sentence: z.string(),
  url: z.string(),
  total: z.number(),
  /** Those that ended, however they did. */
  sent: z.number(),
  /** No answer, 4xx or 5xx, or it could not be built or signed. */
  failed: z.number(),
  /**
   * How many ended how: a status; `error`; `cancelled`: aborted with the batch; `skipped`: its
   * delivery was deleted meanwhile (not among `sent`).
   */
  outcomes: z.array(z.object({ outcome: z.string(), count: z.number() })),
  /** Of those that were answered, within one percent; `max` is exact. */
  latencyMs: z
    .object({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() })
    .nullable(),
  /** Why it ended early, in a sentence. */
  detail: z.string().nullable(),
})
export type Batch = z.infer<typeof Batch>

/** Where deliveries of an endpoint were sent before, newest first. */
export const ReplayTarget = z.object({
  url: z.string(),
  verifyTls: z.boolean(),
  lastUsedAtMs: z.number(),
})
export type ReplayTarget = z.infer<typeof ReplayTarget>
