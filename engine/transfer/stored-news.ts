import type { Rejudger } from '#engine/judging/rejudge.ts'
import type { Roster } from '#engine/judging/roster.ts'
import type { Checkpointer } from '#engine/store/checkpointer.ts'
import type { DiskWatch } from '#engine/store/disk-watch.ts'
import type { ImportedDelivery } from '#engine/store/types.ts'
import type { Upkeep } from '#engine/store/upkeep/upkeep.ts'

/** Lists are fetched anew no oftener while much is imported. */
const TELL_STORED_MS = 1_000

export interface StoredNewsOptions {
  roster: Pick<Roster, 'profileOf'>
  rejudger: Pick<Rejudger, 'start'>
  upkeep: Pick<Upkeep, 'poke'>
  checkpointer: Pick<Checkpointer, 'written'>
  disk: Pick<DiskWatch, 'written'>
  feed: { publish(changed: { removed: true }): void }
}

/** What a stored delivery means to others, and lists at most once a second. */
export function storedNews(options: StoredNewsOptions) {
  let timer: NodeJS.Timeout | null = null
  const now = () => {
    if (timer) clearTimeout(timer)
    timer = null
    options.feed.publish({ removed: true })
  }
  return {
    tell(stored: readonly ImportedDelivery[]) {
      options.checkpointer.written(stored)
      options.disk.written(stored)
      options.upkeep.poke()
      for (const { delivery } of stored) {
        const { endpointId, revision } = delivery
        if (endpointId === null) continue
        // Its configuration changed since it was judged.
        if (revision < options.roster.profileOf(endpointId).revision) {
          options.rejudger.start(endpointId)
        }
      }
      timer ??= setTimeout(now, TELL_STORED_MS).unref()
    },
    now,
    stop() {
      if (timer) clearTimeout(timer)
    },
  }
}
