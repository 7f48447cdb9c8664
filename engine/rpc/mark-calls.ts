import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Selection } from '#contract/selection.ts'
import type { Target } from '#engine/store/upkeep/upkeep.ts'
import { readFilter, type Refusals } from './read-filter.ts'
import type { Rooms } from './rooms.ts'

/** So few are marked on the spot; for more, capture would have to wait. */
const FEW = 100

/** Pins, tags, notes and removals. */
export function markCalls(rooms: Rooms) {
  const os = implement(api)
  const { store, upkeep, feed } = rooms
  return {
    mark: os.deliveries.mark.handler(async ({ input: { selection, change }, errors }) => {
      const target = targetOf(selection, errors)
      if (!('ids' in target) || target.ids.length > FEW) return upkeep.mark(target, change)
      store.marks.apply(target.ids, change)
      feed.publish({ marks: true })
      return { jobId: null }
    }),
    note: os.deliveries.note.handler(({ input: { id, text }, errors }) => {
      if (!store.marks.note(id, text)) {
        throw errors.NOT_FOUND({ message: `There is no delivery ${id}.` })
      }
      feed.publish({ marks: true })
      return {}
    }),
    tags: os.deliveries.tags.handler(() => rooms.reads.run('tags', {})),
    remove: os.deliveries.remove.handler(({ input: { selection, keepPinned }, errors }) =>
      upkeep.remove(targetOf(selection, errors), keepPinned),
    ),
    undoRemove: os.deliveries.undoRemove.handler(async ({ input: { id }, errors }) => {
      if (await upkeep.undo(id)) return {}
      throw errors.NOT_FOUND({ message: 'It is too late: they are gone from the file.' })
    }),
    cancelJob: os.deliveries.cancelJob.handler(async ({ input: { id }, errors }) => {
      if (await upkeep.cancel(id)) return {}
      throw errors.NOT_FOUND({ message: 'That job has ended already.' })
    }),
  }
}

function targetOf(selection: Selection, errors: Refusals): Target {
  if ('ids' in selection) return { ids: [...new Set(selection.ids)] }
  const { filter, upToId, exceptIds } = selection
  return { wanted: readFilter(filter, errors), upToId, exceptIds }
}
