import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import { plainEdits } from '#engine/replay/edits.ts'
import { type ResultRow, resultsCsv, resultsNdjson } from '#engine/replay/batch/results.ts'
import type { BatchResult } from '#engine/store/batch-results-reader.ts'
import { findIds } from './batch-items.ts'
import { assertMaySend } from './host-calls.ts'
import { readFilter } from './read-filter.ts'
import { signingOf } from './replay-rows.ts'
import type { Rooms } from './rooms.ts'

const RESULTS_AT_ONCE = 1_000

const missing = (id: number) => `There is no bulk replay ${id}.`

/** Bulk replays. */
export function batchCalls(rooms: Rooms) {
  const os = implement(api)
  const { batches, reads, searches } = rooms
  return {
    create: os.batches.create.handler(async ({ input, errors, signal }) => {
      assertMaySend(rooms, input.url, errors)
      const { selection } = input
      const edits = await plainEdits(input.edits ?? {})
      if ('problem' in edits) throw errors.BAD_REQUEST({ message: edits.problem })
      const wanted = 'filter' in selection ? readFilter(selection.filter, errors) : {}
      const found = await findIds(searches, selection, wanted, signal)
      if (found.total === 0) {
        throw errors.BAD_REQUEST({ message: 'Nothing is found, so there is nothing to send.' })
      }
      return batches.start({ ...input, found, edits, signing: signingOf(input) })
    }),
    get: os.batches.get.handler(({ input: { id }, errors }) => {
      const batch = batches.get(id)
      if (!batch) throw errors.NOT_FOUND({ message: missing(id) })
      return batch
    }),
    list: os.batches.list.handler(({ input }) => batches.list(input.limit)),
    cancel: os.batches.cancel.handler(async ({ input: { id }, errors }) => {
      const batch = await batches.cancel(id)
      if (!batch) throw errors.NOT_FOUND({ message: missing(id) })
      return batch
    }),
    results: os.batches.results.handler(async ({ input: { id, format, afterId }, errors }) => {
      // Asked before the rows are read: what ends meanwhile comes with the next page.
      const running = batches.get(id)?.state === 'running'
      if (!batches.get(id)) throw errors.NOT_FOUND({ message: missing(id) })
      const page = await reads.run('batchResults', {
        batchId: id,
        afterId,
        limit: RESULTS_AT_ONCE,
      })
      const told = running ? untilUnderWay(page) : page
      const rows = told.map(resultRow)
      const text = format === 'csv' ? resultsCsv(rows, afterId === 0) : resultsNdjson(rows)
      const last = told[told.length - 1]?.id ?? afterId
      return { text, next: running || page.length === RESULTS_AT_ONCE ? last : null }
    }),
  }
}

/** Results come in order: the first that has none yet holds up the rest. */
function untilUnderWay(page: readonly BatchResult[]): readonly BatchResult[] {
  const first = page.findIndex(({ status, error }) => status === null && error === null)
  return first === -1 ? page : page.slice(0, first)
}

function resultRow({ id, startedAtMs, resigned, ...result }: BatchResult): ResultRow {
  return {
    ...result,
    replayId: id,
    startedAt: new Date(startedAtMs).toISOString(),
    resigned: resigned === 1,
    error: result.error ?? (result.status === null ? 'It was interrupted.' : null),
  }
}
