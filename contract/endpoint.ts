import { z } from 'zod'
import { Answering } from './answering.ts'
import { SecretText, tableOf } from './bounds.ts'
import { Forwarding } from './forwarding.ts'
import { Confidence, SettingForm } from './scheme-parts.ts'
import { GivenTolerance, Tolerance } from './verification.ts'

/** A signing secret without its text; the text crosses only when the person reveals it. */
export const SecretInfo = z.object({
  id: z.number(),
  name: z.string(),
  createdAtMs: z.number(),
  /** `locked`: sealed with a data key that is not available here. */
  state: z.enum(['usable', 'locked', 'unreadable']),
  /** What is wrong with the text for this scheme, such as "not base64 after whsec_". */
  problem: z.string().nullable(),
  /** Names of other endpoints that have a secret with the same text. */
  sameAs: z.array(z.string()),
  /** Of a test key pair its public half, as the provider writes such keys. */
  publicKeyText: z.string().nullable(),
})
export type SecretInfo = z.infer<typeof SecretInfo>

/** What a secret verified lately: whether it can go after a rotation. */
export const SecretUsage = z.object({
  secretId: z.number(),
  /** Deliveries of the last 7 days whose signature it produced, replays of ours apart. */
  verifiedCount: z.number(),
  /** The receipt of the newest such delivery, however long ago; `null`: there is none. */
  lastVerifiedAtMs: z.number().nullable(),
})
export type SecretUsage = z.infer<typeof SecretUsage>

export const Endpoint = z.object({
  id: z.number(),
  name: z.string(),
  /** An absolute path, with or without a final `/*`. */
  path: z.string(),
  schemeId: z.string().nullable(),
  /** Overrides the scheme's tolerance; `null`: the scheme's own. */
  tolerance: Tolerance.nullable(),
  /** What the scheme needs beside the secret, by name; secret ones are not among them. */
  settings: z.record(z.string(), z.string()),
  /** The names of the secret settings that are set. */
  secretSettings: z.array(z.string()),
  /** Those of them that cannot be unsealed: they have to be entered again. */
  lockedSettings: z.array(z.string()),
  /** Whether the listener answers the handshakes of the scheme. */
  answerChallenges: z.boolean(),
  /** `null`: 200 and empty; by verdict where the scheme's set-up test demands refusals. */
  answering: Answering.nullable(),
  /** `null`: nothing is sent on. */
  forwarding: Forwarding.nullable(),
  /** Index into the palette of eight. */
  colour: z.number(),
  /** Rises when secrets, scheme, tolerance or settings change. */
  revision: z.number(),
  secrets: z.array(SecretInfo),
  createdAtMs: z.number(),
})
export type Endpoint = z.infer<typeof Endpoint>

export const EndpointName = z.string().trim().min(1, 'Give the endpoint a name.').max(80)
export const EndpointPath = z
  .string()
  .max(2_000, 'A path has at most 2,000 characters.')
  .trim()
  .regex(
    /^\/[^\s?#*]*(?:\/\*|(?<=^\/)\*)?$/,
    'A path starts with / and has no query; a final /* takes what is below it.',
  )
/** Values for the scheme's settings; `null` takes one away. */
export const SettingValues = tableOf(
  z.string().max(65_536, 'A setting has at most 64 KiB.').nullable(),
)
export type SettingValues = z.infer<typeof SettingValues>

export const NewSecret = z.object({ name: z.string().trim().max(80).optional(), text: SecretText })
export const NewEndpoint = z.object({
  name: EndpointName,
  path: EndpointPath,
  schemeId: z.string().max(60).nullable(),
  tolerance: GivenTolerance.nullable().default(null),
  settings: SettingValues.default({}),
  answerChallenges: z.boolean().default(true),
  answering: Answering.nullable().default(null),
  forwarding: Forwarding.nullable().default(null),
  secrets: z.array(NewSecret).max(100).default([]),
  /** Take over the deliveries that came to this path while no endpoint had it. */
  adopt: z.boolean().default(true),
})
export type NewEndpoint = z.infer<typeof NewEndpoint>

/** What the app needs to know of a scheme; the data that verifies stays in the engine. */
export const SchemeInfo = z.object({
  id: z.string(),
  name: z.string(),
  documentationUrl: z.string(),
  algorithm: z.string(),
  tolerance: Tolerance.nullable(),
  /** The header, or the place in the body, where the signature stands. */
  signaturePlace: z.string(),
  confidence: Confidence,
  settings: z.array(SettingForm),
  /** `public-key`: the sender alone can sign; `credential`: nothing of the body is covered. */
  secretKind: z.enum(['shared-secret', 'public-key', 'credential']),
  /** The host that its keys would be fetched from; never by itself. */
  keyHost: z.string().nullable(),
  /** Names of the handshakes that the listener can answer. */
  challenges: z.array(z.string()),
  retries: z.string().nullable(),
  /** The pauses between attempts that the provider documents, and where. */
  retrySchedule: z.object({ gapsSeconds: z.array(z.number()), url: z.string() }).nullable(),
  answerWithinSeconds: z.number().nullable(),
  /** What URLs it takes and reaches; `null`: nothing is known. */
  urlNeeds: z.object({ https: z.boolean(), public: z.boolean(), sentence: z.string() }).nullable(),
  /** Its set-up test wants wrong signatures refused: an endpoint answers by verdict by default. */
  answersByVerdict: z.boolean(),
  /** Described by a person here, not of the catalogue. */
  own: z.boolean(),
  hasMessageId: z.boolean(),
  hasTimestamp: z.boolean(),
  secretHint: z.string(),
  /** How a right secret begins, where the provider gives it a fixed beginning. */
  secretPrefix: z.string().nullable(),
  /** Among those that most people look for. */
  common: z.boolean(),
  quirks: z.array(z.string()),
})
export type SchemeInfo = z.infer<typeof SchemeInfo>
