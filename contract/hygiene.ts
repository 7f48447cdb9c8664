import { z } from 'zod'

/** What was found in a payload that does not belong there; the secret itself is never in it. */
export const HygieneFinding = z.object({
  code: z.enum(['card-number', 'api-key', 'password-field', 'private-key', 'token']),
  /**
   * Where it stands: a JSON path (`$.data.items[3].card`), the name of a form field, or the line of
   * a text. JSON inside a field or a string goes on behind `›`: `payload › $.card`.
   */
  path: z.string(),
  sentence: z.string(),
  /** Masked: the first 6 and last 4 digits of a card, the first 8 characters of a token. */
  preview: z.string(),
})
export type HygieneFinding = z.infer<typeof HygieneFinding>

export const Hygiene = z.object({
  /** In the order of the payload, at most 50. */
  findings: z.array(HygieneFinding),
  /** It came over plain http from beyond this machine; one sentence, else `null`. */
  plainHttp: z.string().nullable(),
  /** How many bytes were looked at, once the content coding is undone: at most 1 MiB. */
  inspectedByteLength: z.number(),
  /** Whether there is more than was looked at. */
  truncated: z.boolean(),
  /** Why the body could not be looked at, such as a content coding that cannot be undone. */
  problem: z.string().nullable(),
})
export type Hygiene = z.infer<typeof Hygiene>
