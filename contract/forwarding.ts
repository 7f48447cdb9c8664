import { z } from 'zod'

export const HttpUrl = z
  .url({ protocol: /^https?$/, error: 'The target is an http:// or https:// URL.' })
  .max(2_000)

export const ForwardTarget = z.object({
  /** As in a replay: a URL with a path names the handler, one without only the server. */
  url: HttpUrl,
  enabled: z.boolean().default(true),
  /** The Host header goes along as it came, instead of naming the target. */
  keepHost: z.boolean().default(false),
  /** Adds where the delivery came from: `Forwarded` (RFC 7239), `X-Forwarded-*`, or both. */
  addressHeaders: z.enum(['none', 'forwarded', 'x-forwarded', 'both']).default('none'),
  /** `false` accepts any certificate, for local servers that sign their own. */
  verifyTls: z.boolean().default(true),
})
export type ForwardTarget = z.infer<typeof ForwardTarget>

/** When a target that failed (no answer, or 5xx) is tried again. */
export const ForwardRetry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  /** The scheme's documented schedule; where it has none, as with `none`. */
  z.object({ kind: z.literal('provider') }),
  z.object({
    kind: z.literal('schedule'),
    gapsSeconds: z.array(z.number().min(0).max(604_800)).min(1).max(30),
  }),
])
export type ForwardRetry = z.infer<typeof ForwardRetry>

/** Where the deliveries of an endpoint are sent on to. */
export const Forwarding = z.object({
  targets: z.array(ForwardTarget).max(10, 'An endpoint has at most ten targets.'),
  /**
   * `before-answer`: commit, forward to the first target, answer with what it said (502 when it
   * cannot be reached, 504 at the deadline); the other targets are served behind. An endpoint that
   * answers by itself (canned, by verdict) does so at once, and forwarding happens behind.
   * `after-answer`: commit, answer, forward behind; at least once, also after a crash.
   */
  when: z.enum(['before-answer', 'after-answer']).default('before-answer'),
  /** From the commit to the target's whole answer; `null`: the scheme's deadline, else 30 s. */
  deadlineMs: z.number().int().min(100).max(300_000).nullable().default(null),
  retry: ForwardRetry.default({ kind: 'none' }),
  /**
   * What waited past the tolerance of its signature goes out as it is, or signed anew if it was valid:
   * what never was right is not vouched for.
   */
  late: z.enum(['as-is', 're-sign']).default('as-is'),
  /** Nothing goes out; what comes waits in the queue. */
  paused: z.boolean().default(false),
})
export type Forwarding = z.infer<typeof Forwarding>

/** One delivery on its way to one target; each attempt is a replay with `origin: 'forward'`. */
export const Forward = z.object({
  id: z.number(),
  deliveryId: z.number(),
  /** 0: of no endpoint. */
  endpointId: z.number(),
  url: z.string(),
  /**
   * `waiting`: queued or waiting for its next attempt. `done`: the target answered below 500.
   * `failed`: no attempt is left. `dropped`: given up by the person, or its target is gone.
   */
  state: z.enum(['waiting', 'sending', 'done', 'failed', 'dropped']),
  attempts: z.number(),
  /** When it is tried next; `null`: not waiting. */
  nextAtMs: z.number().nullable(),
  lastReplayId: z.number().nullable(),
  /** One sentence about the last attempt, or why there was none. */
  detail: z.string().nullable(),
})
export type Forward = z.infer<typeof Forward>

/** What waits, by endpoint. */
export const ForwardQueue = z.object({
  endpointId: z.number(),
  waiting: z.number(),
  failed: z.number(),
  oldestWaitingAtMs: z.number().nullable(),
})
export type ForwardQueue = z.infer<typeof ForwardQueue>
