import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import type { Rooms } from './rooms.ts'

const missing = (id: number) => `There is no saved filter ${id}.`
const taken = 'Another saved filter has that name. Choose a different one.'

/** What is wrong with a query, in one sentence; `null`: it can be read. */
function queryProblem(query: string): string | null {
  const parsed = parseFilter(query, Date.now())
  return parsed.ok ? null : parsed.problem.sentence
}

export function savedFilterCalls({ store, feed }: Rooms) {
  const os = implement(api)
  const { savedFilters } = store
  const changed = () => feed.publish({ savedFilters: true })
  return {
    list: os.savedFilters.list.handler(() => savedFilters.list()),
    create: os.savedFilters.create.handler(({ input: { name, query }, errors }) => {
      const problem = queryProblem(query)
      if (problem !== null) throw errors.BAD_REQUEST({ message: problem })
      const made = savedFilters.create(name, query)
      if ('conflict' in made) throw errors.CONFLICT({ message: taken })
      changed()
      return made
    }),
    update: os.savedFilters.update.handler(({ input: { id, ...patch }, errors }) => {
      const problem = patch.query === undefined ? null : queryProblem(patch.query)
      if (problem !== null) throw errors.BAD_REQUEST({ message: problem })
      const updated = savedFilters.update(id, patch)
      if (updated === null) throw errors.NOT_FOUND({ message: missing(id) })
      if ('conflict' in updated) throw errors.CONFLICT({ message: taken })
      changed()
      return updated
    }),
    arrange: os.savedFilters.arrange.handler(({ input: { ids } }) => {
      savedFilters.arrange(ids)
      changed()
      return {}
    }),
    remove: os.savedFilters.remove.handler(({ input: { id }, errors }) => {
      if (!savedFilters.remove(id)) throw errors.NOT_FOUND({ message: missing(id) })
      changed()
      return {}
    }),
  }
}
