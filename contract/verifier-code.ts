import { z } from 'zod'

/** A language or framework that there is receiver code for. */
export const VerifierTarget = z.object({
  id: z.string(),
  /** Such as “Python, Flask”. */
  label: z.string(),
  /** As editors and highlighters call it. */
  language: z.string(),
})
export type VerifierTarget = z.infer<typeof VerifierTarget>

/** Receiver code that verifies a scheme, or one sentence that says why there is none. */
export const VerifierCode = z.union([
  z.object({
    language: z.string(),
    filename: z.string(),
    code: z.string(),
    /** What to do or know beside pasting it, a sentence each. */
    notes: z.array(z.string()),
  }),
  z.object({ problem: z.string() }),
])
export type VerifierCode = z.infer<typeof VerifierCode>
