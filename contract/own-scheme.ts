import { z } from 'zod'
import { GivenSecret, GivenSettings, UnixSeconds } from './bounds.ts'
import { Scheme } from './scheme.ts'
import { Explanation } from './verification.ts'

/** What is wrong with a scheme, and where: a path such as `signature.place.header`; empty: all of it. */
export const SchemeProblem = z.object({ path: z.string(), sentence: z.string() })
export type SchemeProblem = z.infer<typeof SchemeProblem>

/** A scheme with all its data, which is also what is exported. */
export const SchemeDetail = z.object({
  scheme: Scheme,
  /** Described by a person here, not of the catalogue. */
  own: z.boolean(),
  /** Names of the endpoints that use it. */
  endpoints: z.array(z.string()),
})
export type SchemeDetail = z.infer<typeof SchemeDetail>

export const SchemeId = z.string().min(1).max(60)

/** A scheme in the making, tried on a request that was pasted or captured. */
export const TryScheme = z.object({
  scheme: z.unknown(),
  /** A raw request, a cURL command, or headers, a blank line and the body; or a delivery's id. */
  request: z.union([
    z.object({ text: z.string().max(2_000_000) }),
    z.object({ deliveryId: z.number().int().positive() }),
  ]),
  /** None for a delivery: those of its endpoint. */
  secrets: z.array(GivenSecret).max(20).default([]),
  settings: GivenSettings.default({}),
  /** Unix seconds; `null`: now for a pasted request, its receipt for a delivery. */
  atUnixSeconds: UnixSeconds.nullable().default(null),
})
export type TryScheme = z.infer<typeof TryScheme>

/** `request`: it could not be read; `problems`: the scheme cannot be used yet. */
export const TriedScheme = z.union([
  z.object({ problems: z.array(SchemeProblem) }),
  z.object({ request: z.string() }),
  z.object({
    explanation: Explanation,
    /** Secrets of which the scheme makes no key, and why. */
    unusableSecrets: z.array(z.object({ name: z.string(), problem: z.string() })),
  }),
])
export type TriedScheme = z.infer<typeof TriedScheme>
