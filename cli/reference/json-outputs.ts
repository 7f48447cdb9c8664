import { z } from 'zod'
import { SampleEvent } from '#contract/compose.ts'
import { DataKey } from '#contract/data-key.ts'
import { Delivery } from '#contract/delivery.ts'
import { SchemeInfo, SecretInfo, SecretUsage } from '#contract/endpoint.ts'
import { Hygiene } from '#contract/hygiene.ts'
import { Authority, TrustStep } from '#contract/listener-tls.ts'
import { LogLine } from '#contract/log.ts'
import { SchemeProblem } from '#contract/own-scheme.ts'
import { Batch, Replay } from '#contract/replay.ts'
import { Scheme } from '#contract/scheme.ts'
import { Status } from '#contract/status.ts'
import { Transfer } from '#contract/transfer.ts'
import { TunnelId, TunnelProgram } from '#contract/tunnel.ts'
import { Explanation } from '#contract/verification.ts'
import {
  DeliveryEvent,
  EndpointView,
  Forwarded,
  ListeningEvent,
  ReplayEvent,
  type JsonOutput,
} from './json-shapes.ts'
import { toolOutputs } from './json-tool-outputs.ts'

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
  ...toolOutputs,
]
