import { z } from 'zod'

/** One header as it stood on the wire: case and repetition kept by position in the list. */
export const RawHeader = z.tuple([z.string(), z.string()])
export type RawHeader = z.infer<typeof RawHeader>

/** The most bytes that one range call may return. */
export const MAX_RANGE_BYTES = 1024 * 1024
