import { z } from 'zod'

/** The verdicts of docs/verdicts.md, in the order in which the first that holds is given. */
export const verdicts = [
  'challenge',
  'incomplete',
  'no-scheme',
  'unsigned',
  'malformed',
  'no-secret',
  'locked',
  'invalid',
  'stale',
  'valid',
] as const

export const Verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof Verdict>

/** Why a delivery counts as a repetition of an earlier one within its endpoint and scheme. */
export const DuplicateKind = z.enum(['retry', 'exact-replay', 'id-reuse', 'same-body'])
export type DuplicateKind = z.infer<typeof DuplicateKind>
