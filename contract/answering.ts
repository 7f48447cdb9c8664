import { z } from 'zod'
import { GivenHeader } from './bounds.ts'

/** The longest a sender is kept waiting on purpose: ten minutes. */
export const LONGEST_DELAY_MS = 600_000

/**
 * What the listener does instead of answering: `hang` says nothing until the sender leaves, `reset`
 * ends the connection with a TCP reset.
 */
export const AnswerFault = z.enum(['hang', 'reset'])
export type AnswerFault = z.infer<typeof AnswerFault>

/** One answer of an endpoint's own. */
export const CannedAnswer = z.object({
  status: z
    .number()
    .int()
    .min(200, 'The status of an answer is 200 to 599.')
    .max(599, 'The status of an answer is 200 to 599.'),
  rawHeaders: z.array(GivenHeader).max(100).default([]),
  /** A template (contract/template): may use the values of the request. Sent as UTF-8. */
  body: z.string().max(1_000_000, 'The body of an answer has at most 1 MB.').default(''),
  delayMs: z
    .number()
    .int()
    .min(0)
    .max(LONGEST_DELAY_MS, 'An answer waits at most 10 minutes.')
    .default(0),
  fault: AnswerFault.nullable().default(null),
})
export type CannedAnswer = z.infer<typeof CannedAnswer>

/**
 * How an endpoint answers. A handshake of the scheme is answered as the scheme says before any of
 * this, and what HTTP itself demands (413 …) wins over it.
 *
 * - `canned`: `answers` in turn, one a delivery.
 * - `by-verdict`: `answers[0]` for `valid` (and for a handshake that its scheme leaves to the
 *   endpoint), `otherwise` for anything else.
 * - `forward`: what the first forwarding target said; only with `forwarding.when: 'before-answer'`.
 */
export const Answering = z.object({
  mode: z.enum(['canned', 'by-verdict', 'forward']),
  answers: z.array(CannedAnswer).min(1, 'There is at least one answer.').max(50),
  /** After the last answer of the sequence: it stays the answer, or the first comes again. */
  afterLast: z.enum(['stay', 'restart']).default('stay'),
  /** What is counted through the sequence: each message on its own, or whatever comes. */
  countPer: z.enum(['message', 'endpoint']).default('message'),
  otherwise: CannedAnswer.prefault({ status: 401 }),
  /** This share of the deliveries gets `answer` instead, by chance. */
  failure: z
    .object({ probability: z.number().min(0).max(1), answer: CannedAnswer })
    .nullable()
    .default(null),
})
export type Answering = z.infer<typeof Answering>

/** Who decided about the answer of a delivery. */
export const AnsweredBy = z.enum([
  'default',
  'http',
  'challenge',
  'canned',
  'verdict',
  'failure',
  'forward',
  'loop',
])
export type AnsweredBy = z.infer<typeof AnsweredBy>
