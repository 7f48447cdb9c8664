import { z } from 'zod'
import { GivenHeader, GivenSettings } from './bounds.ts'
import { RawHeader } from './http.ts'
import { Sending, Signing } from './replay.ts'

/** An event as the provider would send it, of our own making. */
export const SampleEvent = z.object({
  /** Such as `invoice.paid`. */
  name: z.string(),
  method: z.string(),
  target: z.string(),
  rawHeaders: z.array(RawHeader),
  /** A template (contract/template). */
  body: z.string(),
  /** The provider sends this one without a signature. */
  unsigned: z.boolean(),
})
export type SampleEvent = z.infer<typeof SampleEvent>

/** A webhook that is being written: target, header values and body are templates. */
export const Draft = z.object({
  name: z.string().trim().max(120).default(''),
  schemeId: z.string().max(60).nullable(),
  /** Whose secrets and settings sign it; `null`: `secretText`, or unsigned. */
  endpointId: z.number().int().nullable().default(null),
  /** What the scheme needs beside the secret, over the endpoint's. */
  settings: GivenSettings.default({}),
  method: z.string().min(1).max(40).default('POST'),
  target: z.string().max(65_536).default(''),
  rawHeaders: z.array(GivenHeader).max(2_000).default([]),
  body: z.union([
    z.object({ kind: z.literal('template'), text: z.string().max(16_000_000) }),
    z.object({ kind: z.literal('bytes'), base64: z.string().max(90_000_000) }),
  ]),
  /** The same seed makes the same values; `null`: others every time. */
  seed: z.number().int().nullable().default(null),
})
export type Draft = z.infer<typeof Draft>

export const NewComposed = z.object({
  draft: Draft,
  ...Sending.shape,
  ...Signing.shape,
  /** Sent so many times, one after another, with the counter rising. */
  times: z.number().int().min(1).max(1_000).default(1),
})
export type NewComposed = z.infer<typeof NewComposed>

/** What was composed and sent before. */
export const Composed = z.object({
  id: z.number(),
  composedAtMs: z.number(),
  draft: Draft,
  url: z.string(),
  /** Without `secretText`, which is never kept. */
  signing: Signing.omit({ secretText: true }),
  replayIds: z.array(z.number()),
})
export type Composed = z.infer<typeof Composed>
