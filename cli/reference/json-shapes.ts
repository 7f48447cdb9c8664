import { z } from 'zod'
import { CaptureProblem } from '#contract/delivery.ts'
import { Endpoint, SecretInfo } from '#contract/endpoint.ts'
import { Forward } from '#contract/forwarding.ts'
import { DuplicateKind, Verdict } from '#contract/verdict.ts'

export const Forwarded = z.object({
  url: z.string(),
  state: Forward.shape.state,
  status: z.number().nullable().describe('null: no answer came, or not yet.'),
  tookMs: z.number().nullable(),
  detail: z.string().nullable(),
})

export const DeliveryEvent = z.object({
  event: z.literal('delivery'),
  id: z.number(),
  receivedAtMs: z.number().describe('Unix milliseconds.'),
  endpoint: z.string().nullable().describe('Its name; null: no endpoint has this path.'),
  method: z.string(),
  path: z.string(),
  bodyByteLength: z.number(),
  messageId: z.string().nullable(),
  eventType: z.string().nullable(),
  skewSeconds: z.number().nullable().describe('Timestamp minus time of receipt.'),
  duplicate: DuplicateKind.nullable(),
  verdict: Verdict.describe('With the secrets, scheme and tolerance of today.'),
  scheme: z.string().nullable(),
  problem: CaptureProblem.nullable(),
  replayId: z.number().nullable().describe('The replay of ours that it is, if it is one.'),
  challenge: z.string().nullable(),
})

export const ListeningEvent = z.object({
  event: z.literal('listening'),
  url: z.string().describe('Where webhooks go; empty: nowhere yet.'),
  dataDir: z.string(),
  attached: z.boolean().describe('It follows a Countersign that runs already.'),
  forwardTo: z.array(z.string()).optional(),
  ui: z.string().nullable().describe('A link that opens once.'),
  api: z.object({ url: z.string(), token: z.string() }).nullable(),
})

export const EndpointView = z.object({
  ...Endpoint.pick({
    id: true,
    name: true,
    path: true,
    tolerance: true,
    settings: true,
    secretSettings: true,
    answerChallenges: true,
    answering: true,
    forwarding: true,
    createdAtMs: true,
  }).shape,
  scheme: Endpoint.shape.schemeId,
  secrets: z.array(SecretInfo.pick({ id: true, name: true, state: true, problem: true })),
})

export const ReplayEvent = z.object({
  event: z.literal('replay'),
  replayId: z.number(),
  deliveryId: z.number(),
  startedAt: z.string().describe('ISO 8601, UTC.'),
  method: z.string(),
  target: z.string(),
  url: z.string(),
  resigned: z.boolean(),
  messageId: z.string().nullable(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteMs: z.number().nullable(),
  totalMs: z.number().nullable(),
  answerByteLength: z.number().nullable(),
  arrivedAsDeliveryId: z.number().nullable(),
})

export interface JsonOutput {
  /** The file of the schema, without its ending. */
  name: string
  /** Commands that print it, such as `endpoints add`. */
  commands: readonly string[]
  /** `lines`: one object per line (NDJSON), each as the schema says; else one value. */
  shape: 'value' | 'lines'
  means: string
  schema: z.ZodType
}
