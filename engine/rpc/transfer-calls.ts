import { implement } from '@orpc/server'
import { api } from '#contract/api.ts'
import type { Selection } from '#contract/selection.ts'
import { codeTargets } from '#engine/interchange/export/code-targets.ts'
import { Redactor } from '#engine/interchange/redact/redactor.ts'
import type { ExportTarget } from '#engine/transfer/export-steps.ts'
import { readFilter, type Refusals } from './read-filter.ts'
import type { Rooms } from './rooms.ts'

const missing = (id: number) => `There is no import or export ${id}.`

/** Imports and exports. */
export function transferCalls(rooms: Rooms) {
  const os = implement(api)
  const { transfers } = rooms
  return {
    list: os.transfers.list.handler(() => transfers.list()),
    get: os.transfers.get.handler(({ input: { id }, errors }) => {
      const transfer = transfers.get(id)
      if (!transfer) throw errors.NOT_FOUND({ message: missing(id) })
      return transfer
    }),
    beginExport: os.transfers.beginExport.handler(async ({ input, errors }) => {
      const { format, target } = input
      const isCode = format === 'code'
      if (isCode && !codeTargets().some(({ id }) => id === target)) {
        throw errors.BAD_REQUEST({ message: 'Choose which code it is to be.' })
      }
      const redactor = input.redaction && Redactor.make(input.redaction)
      if (redactor && 'problem' in redactor) {
        throw errors.BAD_REQUEST({ message: redactor.problem })
      }
      const wanted = targetOf(input.selection, errors)
      const begun = transfers.beginExport(input, wanted, await totalOf(rooms, wanted))
      if ('refused' in begun) throw errors.BAD_REQUEST({ message: begun.refused })
      return begun
    }),
    read: os.transfers.read.handler(async ({ input: { id, offset, length }, errors }) => {
      const bytes = await transfers.read(id, offset, length)
      if (bytes === null) throw errors.NOT_FOUND({ message: missing(id) })
      return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })
    }),
    beginImport: os.transfers.beginImport.handler(({ input: { name, byteLength }, errors }) => {
      const begun = transfers.beginImport(name, byteLength)
      if ('refused' in begun) throw errors.BAD_REQUEST({ message: begun.refused })
      return begun
    }),
    write: os.transfers.write.handler(async ({ input: { id, offset, piece }, errors }) => {
      if (piece.size > MOST_PIECE_BYTES) {
        throw errors.BAD_REQUEST({ message: 'A piece has at most 1 MiB.' })
      }
      const bytes = new Uint8Array(await piece.arrayBuffer())
      const written = await transfers.write(id, offset, bytes)
      if ('refused' in written) throw errors.BAD_REQUEST({ message: written.refused })
      return written
    }),
    finish: os.transfers.finish.handler(async ({ input: { id }, errors }) => {
      const finished = await transfers.finish(id)
      if ('refused' in finished) throw errors.NOT_FOUND({ message: finished.refused })
      return finished
    }),
    cancel: os.transfers.cancel.handler(async ({ input: { id }, errors }) => {
      if (await transfers.cancel(id)) return {}
      throw errors.NOT_FOUND({ message: missing(id) })
    }),
    codeTargets: os.transfers.codeTargets.handler(() => codeTargets()),
  }
}

const MOST_PIECE_BYTES = 1024 * 1024

function targetOf(selection: Selection, errors: Refusals): ExportTarget {
  if ('ids' in selection) return { ids: selection.ids }
  const { filter, upToId, exceptIds } = selection
  return { wanted: readFilter(filter, errors), upToId, exceptIds }
}

/** How many deliveries are meant, as far as that is quickly told. */
async function totalOf({ searches }: Rooms, target: ExportTarget): Promise<number | null> {
  if ('ids' in target) return new Set(target.ids).size
  const { count, capped } = await searches.run('count', target.wanted)
  return capped ? null : Math.max(0, count - target.exceptIds.length)
}
