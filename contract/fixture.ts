import { z } from 'zod'
import { SecretText } from './bounds.ts'
import { RawHeader } from './http.ts'
import { HttpUrl } from './forwarding.ts'
import { Redaction } from './transfer.ts'

/** A file `NAME.webhook.json` in a project: a delivery, how to sign it, and the answer expected. */
export const Fixture = z.object({
  countersignFixture: z.literal(1),
  description: z.string().default(''),
  request: z.object({
    method: z.string(),
    target: z.string(),
    rawHeaders: z.array(RawHeader),
    /** Text where the bytes are UTF-8, so that a diff reads well. */
    body: z.union([z.object({ text: z.string() }), z.object({ base64: z.string() })]),
  }),
  /** `null`: sent as it is. */
  signing: z
    .object({
      schemeId: z.string(),
      settings: z.record(z.string(), z.string()).default({}),
      timestamp: z.union([z.enum(['now', 'original']), z.number().int()]).default('now'),
      messageId: z.enum(['same', 'new']).default('same'),
    })
    .nullable(),
  /** What was accepted before; `null`: nothing yet, the first run with --update writes it. */
  accepted: z
    .object({
      status: z.number().int(),
      /** Headers of the answer that are compared, by name. */
      headers: z.record(z.string(), z.string()).default({}),
      /** Parts of a JSON answer that are compared, by path such as `$.ok`. */
      json: z.record(z.string(), z.json()).default({}),
      /** The whole body as text, when it is compared. */
      bodyText: z.string().nullable().default(null),
    })
    .nullable(),
})
export type Fixture = z.infer<typeof Fixture>

export const FixtureResult = z.object({
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'new', 'unreadable']),
  /** What differs, a sentence each. */
  differences: z.array(z.string()),
  status: z.number().nullable(),
  error: z.string().nullable(),
  totalMs: z.number().nullable(),
})
export type FixtureResult = z.infer<typeof FixtureResult>

export const SaveFixtures = z.object({
  deliveryIds: z.array(z.number().int().positive()).min(1).max(1_000),
  /** An absolute path of a folder on this computer; it is made when its parent exists. */
  dir: z.string().min(1).max(4_000),
  /** A name for a single one; absent: made from endpoint, event type and id. */
  name: z.string().max(120).optional(),
  redaction: Redaction.pick({ jsonPaths: true, headers: true }).optional(),
})
export type SaveFixtures = z.infer<typeof SaveFixtures>

export const RunFixtures = z.object({
  dir: z.string().min(1).max(4_000),
  url: HttpUrl,
  /** Whose secrets sign, when the fixture's scheme is this endpoint's; else `secretTexts`. */
  endpointId: z.number().int().nullable().default(null),
  secretTexts: z.array(SecretText).max(5).default([]),
  verifyTls: z.boolean().default(true),
  /** Keeps what came back as what is accepted. */
  update: z.boolean().default(false),
})
export type RunFixtures = z.infer<typeof RunFixtures>
