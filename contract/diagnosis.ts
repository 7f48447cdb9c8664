import { z } from 'zod'
import { Verdict } from './verdict.ts'

/** Why a delivery is not valid; docs/diagnosis.md describes each. Stable. */
export const diagnosisCodes = [
  'secret-other-endpoint',
  'secret-whitespace',
  'secret-prefix',
  'secret-encoding',
  'body-reserialized',
  'body-newline',
  'body-encoding',
  'body-form',
  'body-truncated',
  'body-empty',
  'timestamp-unit',
  'timestamp-source',
  'url-mismatch',
  'signature-encoding',
  'algorithm',
  'scheme',
  'signed-content',
  'clock',
  'stale',
  'future',
  'header-missing',
  'no-match',
] as const

export const DiagnosisCode = z.enum(diagnosisCodes)
export type DiagnosisCode = z.infer<typeof DiagnosisCode>

/** One exact change of what came that makes the signature match. */
export const CauseChange = z.object({
  what: z.enum([
    'secret',
    'body',
    'timestamp',
    'url',
    'signature',
    'scheme',
    'algorithm',
    'content',
  ]),
  /** Short descriptions; never the text of a secret. */
  from: z.string(),
  to: z.string(),
})
export type CauseChange = z.infer<typeof CauseChange>

export const CodeSample = z.object({
  language: z.string(),
  framework: z.string(),
  code: z.string(),
})
export type CodeSample = z.infer<typeof CodeSample>

/**
 * A stretch of the body, in order: `same` in both, `came` only in what came, `signed` only in what
 * was signed, `skipped` a length that is not shown (`text` is empty).
 */
export const DifferencePiece = z.object({
  kind: z.enum(['same', 'came', 'signed', 'skipped']),
  text: z.string(),
  byteLength: z.number(),
})
export type DifferencePiece = z.infer<typeof DifferencePiece>

/** One cause. Where two changes are needed together each has an entry that names the other. */
export const Cause = z.object({
  code: DiagnosisCode,
  /** A signature of the delivery matched once exactly this was changed; else it is advice. */
  verified: z.boolean(),
  explanation: z.string(),
  fix: z.string(),
  evidence: z.string(),
  /** The cause that has to be put right as well, for the signature to match. */
  with: DiagnosisCode.nullable(),
  changes: z.array(CauseChange),
  /** The secret that matched. */
  secretId: z.number().nullable(),
  secretName: z.string().nullable(),
  /** The scheme that verified, where it is another. */
  schemeId: z.string().nullable(),
  codeSamples: z.array(CodeSample),
  /** What came beside what was signed, up to the first differences; `null`: the body is the same. */
  difference: z.array(DifferencePiece).nullable(),
})
export type Cause = z.infer<typeof Cause>

/** Why one delivery failed, the likeliest cause first; made anew whenever it is looked at. */
export const Diagnosis = z.object({
  verdict: Verdict,
  /** Empty for a valid delivery and a challenge. */
  causes: z.array(Cause),
  /** Hypotheses tried: one is a change, or two, with one key. */
  searched: z.number(),
  elapsedMs: z.number(),
  /** Everything was tried; `false`: time ran out. */
  exhausted: z.boolean(),
})
export type Diagnosis = z.infer<typeof Diagnosis>
