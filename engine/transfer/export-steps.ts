import fs from 'node:fs'
import type { NewExport, Transfer } from '#contract/transfer.ts'
import type { ExportWriter } from '#engine/interchange/export/export-writer.ts'
import type { Reader } from '#engine/store/open-reader.ts'
import type { Wanted } from '#engine/store/search/types.ts'
import { transferFile } from './transfer-files.ts'
import type { ExportRedactor } from './open-redactor.ts'
import { type ExportContext, openWriter } from './open-writer.ts'
import { storedExports } from './stored-exports.ts'

const STEP_MS = 40
const PAGE = 200
const WRITE_BYTES = 256 * 1024

/** Which deliveries, as a read thread understands it. */
export type ExportTarget =
  { ids: readonly number[] } | { wanted: Wanted; upToId: number; exceptIds: readonly number[] }

export interface ExportStepInput {
  job: number
  /** With the first step. */
  begin?: {
    /** Of the file in the folder of transfers. */
    file: string
    target: ExportTarget
    request: Pick<NewExport, 'format' | 'target' | 'url' | 'redaction' | 'credentials'>
    context: ExportContext
  }
  /** Nothing more of it is wanted. */
  stop?: boolean
}

export interface ExportStep {
  done: number
  byteLength: number
  fileExtension: string
  ended: boolean
  warnings: string[]
  throwawaySecrets: Transfer['throwawaySecrets']
}

interface Writing {
  fd: number
  writer: ExportWriter
  redacted: ExportRedactor | null
  ids: Iterator<number | null>
  done: number
  byteLength: number
  held: Uint8Array[]
  heldBytes: number
}

/** Writes exports on a worker thread, step by step, a delivery at a time. */
export function exportSteps(dataDir: string, reader: Reader) {
  const writings = new Map<number, Writing>()
  const exports = storedExports(reader)

  const begin = async (given: NonNullable<ExportStepInput['begin']>): Promise<Writing> => {
    const { writer, redacted } = await openWriter(given.request, given.context, reader)
    const fd = fs.openSync(transferFile(dataDir, given.file), 'wx', 0o600)
    const ids = idsOf(reader, given.target)
    const writing = { fd, writer, redacted, ids, done: 0, byteLength: 0, held: [], heldBytes: 0 }
    write(writing, writer.begin())
    return writing
  }
  const step = (writing: Writing): boolean => {
    const { writer, redacted, ids } = writing
    const until = performance.now() + STEP_MS
    while (performance.now() < until) {
      const next = ids.next()
      if (next.done) {
        write(writing, writer.end())
        redacted?.closing(writer.warnings)
        return true
      }
      if (next.value === null) continue
      const stored = exports.read(next.value, writer.warnings)
      if (stored === null) continue
      write(writing, writer.delivery(redacted ? redacted.redact(stored, writer.warnings) : stored))
      writing.done++
    }
    return false
  }

  return async (input: ExportStepInput): Promise<ExportStep> => {
    const { job } = input
    if (input.begin) writings.set(job, await begin(input.begin))
    const writing = writings.get(job)
    if (!writing) throw new Error('That export is not being written.')
    try {
      const ended = input.stop === true || step(writing)
      flush(writing)
      if (ended) close(writings, job)
      return {
        done: writing.done,
        byteLength: writing.byteLength,
        fileExtension: writing.writer.fileExtension,
        ended,
        warnings: writing.writer.warnings.list(),
        throwawaySecrets: writing.redacted?.secrets() ?? [],
      }
    } catch (error) {
      close(writings, job)
      throw error
    }
  }
}

function close(writings: Map<number, Writing>, job: number): void {
  const writing = writings.get(job)
  writings.delete(job)
  if (writing) fs.closeSync(writing.fd)
}

function write(writing: Writing, pieces: Iterable<Uint8Array>): void {
  for (const piece of pieces) {
    writing.held.push(piece)
    writing.heldBytes += piece.byteLength
    if (writing.heldBytes >= WRITE_BYTES) flush(writing)
  }
}

function flush(writing: Writing): void {
  const bytes = Buffer.concat(writing.held)
  writing.held = []
  writing.heldBytes = 0
  for (let at = 0; at < bytes.byteLength;) at += fs.writeSync(writing.fd, bytes, at)
  writing.byteLength += bytes.byteLength
}

/** Oldest first, a page at a time; `null`: nothing yet, ask again. */
function* idsOf(reader: Reader, target: ExportTarget): Generator<number | null, void, void> {
  if ('ids' in target) {
    const ids = [...new Set(target.ids)].sort((a, b) => a - b)
    for (const id of ids) if (!reader.transfers.isHidden(id)) yield id
    return
  }
  const except = new Set(target.exceptIds)
  let after = { id: 0, value: null }
  for (;;) {
    const page = reader.list({ ...target.wanted, ascending: true, after, limit: PAGE })
    for (const { id } of page.rows) {
      if (id > target.upToId) return
      if (!except.has(id)) yield id
    }
    const last = page.rows.at(-1)
    const next = page.searchedTo?.id ?? (page.hasMore ? last?.id : undefined)
    if (next === undefined || next >= target.upToId) return
    after = { id: next, value: null }
    yield null
  }
}
