import { z } from 'zod'

export const FilterQuery = z.string().max(2_000, 'A filter has at most 2,000 characters.')

/** A filter that stands in the sidebar. */
export const SavedFilter = z.object({
  id: z.number(),
  name: z.string(),
  query: FilterQuery,
  position: z.number(),
})
export type SavedFilter = z.infer<typeof SavedFilter>

export const NewSavedFilter = z.object({
  name: z.string().trim().min(1, 'Give the filter a name.').max(60),
  query: FilterQuery.trim().min(1, 'A saved filter has something to filter by.'),
})
