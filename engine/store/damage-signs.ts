import { isDamage } from '#engine/store/salvage/damage.ts'

/** What SQLite says of a damaged file; from other threads only its words arrive. */
const WORDS = /database disk image is malformed|file is not a database|malformed database schema/

/** `sure`: the writer heard it itself. `maybe`: worth looking through the database. */
export type Suspicion = 'none' | 'maybe' | 'sure'

/** Whether an error, or a sentence that tells of one, speaks of a damaged database. */
export function suspicionOf(error: unknown): Suspicion {
  if (isDamage(error)) return 'sure'
  const text = error instanceof Error ? error.message : String(error)
  return WORDS.test(text) ? 'maybe' : 'none'
}
