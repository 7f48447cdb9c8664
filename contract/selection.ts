import { z } from 'zod'
import { DeliveryFilter } from './delivery.ts'

/** Deliveries that something is done to: some that were picked, or all that a filter finds. */
export const Selection = z.union([
  z.object({ ids: z.array(z.number().int().positive()).min(1).max(10_000) }),
  z.object({
    filter: DeliveryFilter,
    /** Only up to this one: what arrives meanwhile is not meant. */
    upToId: z.number().int(),
    exceptIds: z.array(z.number().int()).max(10_000).default([]),
  }),
])
export type Selection = z.infer<typeof Selection>

export const TagName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,39}$/u, 'A tag is a word of at most 40 characters.')
export const NoteText = z.string().max(20_000, 'A note has at most 20,000 characters.')

/** What to change of a delivery's marks; absent: stays. */
export const MarkChange = z.object({
  pinned: z.boolean().optional(),
  addTags: z.array(TagName).max(20).default([]),
  removeTags: z.array(z.string().max(200)).max(20).default([]),
})
export type MarkChange = z.infer<typeof MarkChange>

/** Work on many deliveries that goes on behind. */
export const Job = z.object({
  id: z.number(),
  kind: z.enum(['remove', 'mark']),
  /** What is being done, such as "Deleting 12,000 deliveries". */
  sentence: z.string(),
  done: z.number(),
  /** `null` until it is known. */
  total: z.number().nullable(),
  state: z.enum(['running', 'undoable', 'purging']),
  /** Of a removal: until when it can be undone, unix milliseconds. */
  undoUntilMs: z.number().nullable(),
})
export type Job = z.infer<typeof Job>
