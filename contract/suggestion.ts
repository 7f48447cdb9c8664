import { z } from 'zod'

/** What a delivery that no scheme judges looks like, and what an endpoint for it would be. */
export const EndpointSuggestion = z.object({
  /** A free name for a new endpoint, and the path that the delivery came to. */
  name: z.string(),
  path: z.string(),
  /** The endpoint that it came to, which has no scheme; `null`: the catch-all. */
  endpointId: z.number().nullable(),
  /** `null`: several are possible, and no stored secret tells which. */
  schemeId: z.string().nullable(),
  /** `certain` too where a stored secret produces the signature. */
  confidence: z.enum(['certain', 'likely', 'possible']),
  /** Ids of the schemes whose marks it has, the surest first; at most eight. */
  candidates: z.array(z.string()),
  /** The stored secret that produces its signature; it changes no verdict. */
  secret: z
    .object({
      name: z.string(),
      endpointId: z.number(),
      endpointName: z.string(),
      endpointPath: z.string(),
    })
    .nullable(),
})
export type EndpointSuggestion = z.infer<typeof EndpointSuggestion>
