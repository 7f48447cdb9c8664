import { z } from 'zod'
import { CheckCase, CheckReport } from '#contract/check.ts'
import { SampleEvent } from '#contract/compose.ts'
import { DataKey } from '#contract/data-key.ts'
import { CaptureProblem, Delivery } from '#contract/delivery.ts'
import { Cause } from '#contract/diagnosis.ts'
import { Endpoint, SchemeInfo, SecretInfo, SecretUsage } from '#contract/endpoint.ts'
import { FixtureResult } from '#contract/fixture.ts'
import { Forward } from '#contract/forwarding.ts'
import { Diagnosis as Health, MadeBackup } from '#contract/health.ts'
import { RawHeader } from '#contract/http.ts'
import { Hygiene } from '#contract/hygiene.ts'
import { Authority, TrustStep } from '#contract/listener-tls.ts'
import { LogLine } from '#contract/log.ts'
import { SchemeProblem } from '#contract/own-scheme.ts'
import { Batch, Replay } from '#contract/replay.ts'
import { Scheme } from '#contract/scheme.ts'
import { Status } from '#contract/status.ts'
import { Transfer } from '#contract/transfer.ts'
import { TunnelId, TunnelProgram } from '#contract/tunnel.ts'
import { DuplicateKind, Verdict } from '#contract/verdict.ts'
import { Explanation } from '#contract/verification.ts'

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

const Forwarded = z.object({
  url: z.string(),
  state: Forward.shape.state,
  status: z.number().nullable().describe('null: no answer came, or not yet.'),
  tookMs: z.number().nullable(),
  detail: z.string().nullable(),
})

const DeliveryEvent = z.object({
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

const ListeningEvent = z.object({
  event: z.literal('listening'),
  url: z.string().describe('Where webhooks go; empty: nowhere yet.'),
  dataDir: z.string(),
  attached: z.boolean().describe('It follows a Countersign that runs already.'),
  forwardTo: z.array(z.string()).optional(),
  ui: z.string().nullable().describe('A link that opens once.'),
  api: z.object({ url: z.string(), token: z.string() }).nullable(),
})

const EndpointView = z.object({
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

const ReplayEvent = z.object({
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

/** Everything that commands print with `--json`: docs/json.md and docs/schemas/ are made of it. */
export const jsonOutputs: readonly JsonOutput[] = [
  {
    name: 'listen',
    commands: ['listen'],
    shape: 'lines',
    means: 'Where it listens first, the tunnel if one was asked for, then each delivery.',
    schema: z.discriminatedUnion('event', [
      ListeningEvent,
      z.object({ event: z.literal('tunnel'), program: TunnelId, url: z.string() }),
      DeliveryEvent.extend({ forwarded: z.array(Forwarded).optional() }),
    ]),
  },
  {
    name: 'delivery-event',
    commands: ['list', 'wait'],
    shape: 'lines',
    means: 'A delivery as the list has it; of wait the one that it waited for.',
    schema: DeliveryEvent,
  },
  {
    name: 'delivery',
    commands: ['show'],
    shape: 'value',
    means: 'Everything about a delivery. bodyBase64 is null for bodies over 1 MiB.',
    schema: Delivery.extend({
      bodyBase64: z.string().nullable(),
      explanation: Explanation,
      hygiene: Hygiene,
    }),
  },
  {
    name: 'replay',
    commands: ['replay', 'send'],
    shape: 'lines',
    means:
      'What was sent and what came back. replay of several prints an object for each, and a summary last.',
    schema: z.union([Replay, ReplayEvent, Batch.extend({ event: z.literal('summary') })]),
  },
  {
    name: 'sample-event',
    commands: ['send --list-events'],
    shape: 'lines',
    means: 'A sample event of a provider.',
    schema: SampleEvent,
  },
  {
    name: 'endpoint',
    commands: ['endpoints add', 'endpoints update', 'endpoints list'],
    shape: 'lines',
    means: 'An endpoint; secrets without their text.',
    schema: EndpointView,
  },
  {
    name: 'endpoint-usage',
    commands: ['endpoints show'],
    shape: 'value',
    means: 'An endpoint, and what its secrets verified lately.',
    schema: EndpointView.extend({
      secrets: z.array(
        z.object({ ...SecretInfo.shape, ...SecretUsage.omit({ secretId: true }).shape }),
      ),
    }),
  },
  {
    name: 'key-pair',
    commands: ['keys make'],
    shape: 'value',
    means: 'A key pair; with --endpoint the public half and where the private one is.',
    schema: z.union([
      z.object({ publicKeyText: z.string(), privateKeyText: z.string() }),
      z.object({ publicKeyText: z.string(), endpoint: z.string(), secret: z.string() }),
    ]),
  },
  {
    name: 'data-key',
    commands: ['data-key list', 'data-key unlock', 'data-key add', 'data-key begin-anew'],
    shape: 'value',
    means: 'The data key and the ways to open it.',
    schema: DataKey,
  },
  {
    name: 'data-key-rotation',
    commands: ['data-key rotate'],
    shape: 'value',
    means: 'How many secrets were sealed anew, and how many could not be.',
    schema: z.object({ resealed: z.number(), left: z.number(), erased: z.boolean() }),
  },
  {
    name: 'authority',
    commands: ['ca make', 'ca show'],
    shape: 'value',
    means: 'The local authority.',
    schema: Authority,
  },
  {
    name: 'trust-steps',
    commands: ['ca trust'],
    shape: 'value',
    means: 'What makes senders trust the local authority.',
    schema: z.array(TrustStep),
  },
  {
    name: 'tunnel-programs',
    commands: ['tunnel list'],
    shape: 'value',
    means: 'The programs that can lead senders here, and the one that runs.',
    schema: z.object({
      programs: z.array(TunnelProgram),
      ...Status.pick({ tunnel: true, publicAddress: true }).shape,
    }),
  },
  {
    name: 'tunnel',
    commands: ['tunnel start'],
    shape: 'value',
    means: 'The tunnel that is open, and the public URL.',
    schema: Status.pick({ tunnel: true, publicAddress: true }),
  },
  {
    name: 'tunnel-stopped',
    commands: ['tunnel stop'],
    shape: 'value',
    means: 'Whether one ran.',
    schema: z.object({ stopped: z.boolean() }),
  },
  {
    name: 'public-address',
    commands: ['tunnel url'],
    shape: 'value',
    means: 'The public URL; null: there is none.',
    schema: Status.pick({ publicAddress: true }),
  },
  {
    name: 'log-line',
    commands: ['logs'],
    shape: 'lines',
    means: 'A line of the log.',
    schema: LogLine,
  },
  {
    name: 'export-summary',
    commands: ['export'],
    shape: 'value',
    means: 'What was exported; on standard error where the export is on standard output.',
    schema: z.object({
      deliveries: z.number(),
      ...Transfer.pick({ byteLength: true, warnings: true, throwawaySecrets: true }).shape,
    }),
  },
  {
    name: 'import-summary',
    commands: ['import'],
    shape: 'lines',
    means: 'What became of a file.',
    schema: z.object({
      file: z.string(),
      ...Transfer.pick({
        state: true,
        added: true,
        alreadyHere: true,
        warnings: true,
        problem: true,
      }).shape,
    }),
  },
  {
    name: 'scheme-info',
    commands: ['schemes list'],
    shape: 'lines',
    means: 'What there is to know of a scheme before it is chosen.',
    schema: SchemeInfo,
  },
  {
    name: 'scheme',
    commands: ['schemes show', 'schemes add'],
    shape: 'value',
    means: 'A scheme as a file holds it.',
    schema: Scheme,
  },
  {
    name: 'scheme-check',
    commands: ['schemes validate'],
    shape: 'value',
    means: 'What is wrong with a scheme, and what it would sign.',
    schema: z.object({
      valid: z.boolean(),
      problems: z.array(SchemeProblem),
      signs: z.string().nullable(),
    }),
  },
  {
    name: 'verification',
    commands: ['verify'],
    shape: 'value',
    means: 'The verdict, and everything that led to it.',
    schema: Explanation.extend({ verdict: Verdict }),
  },
  {
    name: 'causes',
    commands: ['diagnose'],
    shape: 'value',
    means: 'The verdict, and why, the likeliest cause first.',
    schema: z.object({
      verdict: Verdict,
      causes: z.array(
        Cause.pick({ code: true, verified: true, explanation: true, fix: true, evidence: true }),
      ),
    }),
  },
  {
    name: 'signed',
    commands: ['sign'],
    shape: 'value',
    means: 'What makes the request right.',
    schema: z.object({
      headers: z.array(RawHeader),
      url: z.string(),
      bodyBase64: z.string(),
      urlChanged: z.boolean(),
      bodyChanged: z.boolean(),
      messageId: z.string().nullable(),
    }),
  },
  {
    name: 'check-report',
    commands: ['check'],
    shape: 'value',
    means: 'Every question and how the handler answered it.',
    schema: CheckReport,
  },
  {
    name: 'check-cases',
    commands: ['check --list'],
    shape: 'value',
    means: 'The cases that apply to the scheme.',
    schema: z.array(CheckCase),
  },
  {
    name: 'fixture-result',
    commands: ['test'],
    shape: 'lines',
    means: 'How the handler answered a fixture.',
    schema: FixtureResult,
  },
  {
    name: 'saved-fixtures',
    commands: ['fixtures save'],
    shape: 'value',
    means: 'The files that were written.',
    schema: z.object({ files: z.array(z.string()), warnings: z.array(z.string()) }),
  },
  {
    name: 'verifier-code',
    commands: ['code'],
    shape: 'value',
    means: 'Code that verifies a scheme.',
    schema: z.object({
      scheme: z.string(),
      target: z.string(),
      language: z.string(),
      filename: z.string(),
      code: z.string(),
      notes: z.array(z.string()),
    }),
  },
  {
    name: 'subscriber-hash',
    commands: ['subscriber-hash'],
    shape: 'value',
    means: "A subscriber hash of Novu's Inbox; matches is null without --check.",
    schema: z.object({
      subscriberId: z.string(),
      hash: z.string(),
      matches: z.boolean().nullable(),
    }),
  },
  {
    name: 'backup',
    commands: ['backup'],
    shape: 'value',
    means: 'The archive that was made.',
    schema: MadeBackup,
  },
  {
    name: 'health',
    commands: ['doctor'],
    shape: 'value',
    means: 'What was looked at and what was found.',
    schema: Health,
  },
]
