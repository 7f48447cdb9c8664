import { z } from 'zod'
import { GivenSettings, SecretText } from './bounds.ts'
import { RawHeader } from './http.ts'
import { HttpUrl } from './forwarding.ts'

export const CheckGroup = z.enum(['accepts', 'rejects', 'behaves'])
export type CheckGroup = z.infer<typeof CheckGroup>

/** One question that the battery asks a handler. */
export const CheckCase = z.object({
  /** Such as `rejects.tampered-byte`; stable, for `--only`. */
  id: z.string(),
  group: CheckGroup,
  /** Such as "A body with one byte changed is refused". */
  title: z.string(),
  why: z.string(),
  /** What to do when it fails. */
  fix: z.string(),
})
export type CheckCase = z.infer<typeof CheckCase>

/** One request of a case and its answer. */
export const CheckExchange = z.object({
  label: z.string(),
  method: z.string(),
  target: z.string(),
  rawHeaders: z.array(RawHeader),
  /** At most the first 4 KiB, as text. */
  bodyText: z.string(),
  bodyByteLength: z.number(),
  answer: z
    .object({
      status: z.number(),
      rawHeaders: z.array(RawHeader),
      bodyText: z.string(),
      bodyByteLength: z.number(),
    })
    .nullable(),
  error: z.string().nullable(),
  totalMs: z.number(),
})
export type CheckExchange = z.infer<typeof CheckExchange>

export const CheckResult = CheckCase.extend({
  /**
   * `passed`, `failed`; `sdk-choice`: the provider's own SDK decides like the handler did, so that is
   * its choice; `unsure`: what was measured does not decide; `skipped`: it does not apply.
   */
  outcome: z.enum(['passed', 'failed', 'sdk-choice', 'unsure', 'skipped']),
  expected: z.string(),
  /** What happened, one sentence. */
  found: z.string(),
  exchanges: z.array(CheckExchange),
})
export type CheckResult = z.infer<typeof CheckResult>

export const NewCheck = z.object({
  url: HttpUrl,
  schemeId: z.string().max(60),
  /** Whose secrets and settings sign; `null`: those given here. */
  endpointId: z.number().int().nullable().default(null),
  secretTexts: z.array(SecretText).max(5).default([]),
  settings: GivenSettings.default({}),
  /** Ids or groups; empty: all. */
  only: z.array(z.string().max(200)).max(500).default([]),
  verifyTls: z.boolean().default(true),
  timeoutMs: z.number().int().min(100).max(120_000).default(10_000),
})
export type NewCheck = z.infer<typeof NewCheck>

export const CheckReport = z.object({
  id: z.number(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  url: z.string(),
  schemeId: z.string(),
  schemeName: z.string(),
  version: z.string(),
  /** How many cases there are. */
  total: z.number(),
  results: z.array(CheckResult),
  /** Why it could not be run, in a sentence. */
  problem: z.string().nullable(),
})
export type CheckReport = z.infer<typeof CheckReport>

export const CheckSummary = CheckReport.omit({ results: true }).extend({
  done: z.number(),
  failed: z.number(),
})
export type CheckSummary = z.infer<typeof CheckSummary>
