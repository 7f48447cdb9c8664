import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { ApiClient } from '#contract/client.ts'
import type { Transfer } from '#contract/transfer.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'
import { megabytes, terminalProgress } from '#cli/transfer-progress.ts'

const PIECE_BYTES = 1024 * 1024

/**
 * `countersign import FILE…`: one line a file about what was added; warnings go to standard error.
 * Exit 1 when a file could not be read to its end; what came before is stored.
 */
export async function importFiles(
  context: Context,
  files: readonly string[],
  options: CommonOptions & { json?: boolean },
): Promise<void> {
  const stop = AbortSignal.any([context.stopSignal(), context.output.gone])
  const failures: string[] = []
  await withSession(options.dataDir, async (client) => {
    for (const file of files) {
      const transfer = await importFile(client, context, file, stop)
      tell(context, file, transfer, options.json ?? false)
      if (transfer.state !== 'done') failures.push(failureOf(file, transfer))
      if (stop.aborted) break
    }
  })
  if (failures.length > 0) throw runtimeFailure(failures.join('\n'))
}

function failureOf(file: string, { state, problem }: Transfer): string {
  const name = escapeTerminal(file)
  if (state === 'cancelled') return `${name}: stopped. What came before is stored.`
  return `${name}: ${escapeTerminal(problem ?? 'It could not be imported.')}`
}

async function importFile(
  client: ApiClient,
  context: Context,
  file: string,
  stop: AbortSignal,
): Promise<Transfer> {
  const isStdin = file === '-'
  const byteLength = isStdin ? null : await sizeOf(file)
  const name = isStdin ? 'standard input' : path.basename(file)
  const begun = await client.transfers.beginImport({ name, byteLength })
  const { id } = begun
  const progress = terminalProgress()
  try {
    let offset = 0
    const source = isStdin ? context.stdin : createReadStream(file, { highWaterMark: PIECE_BYTES })
    for await (const bytes of piecesOf(source)) {
      if (stop.aborted) break
      const transfer = await client.transfers.write({ id, offset, piece: new Blob([bytes]) })
      offset += bytes.byteLength
      progress.show(progressText(transfer))
      if (transfer.state !== 'running') return transfer
    }
    if (!stop.aborted) return await client.transfers.finish({ id })
    await client.transfers.cancel({ id })
    return await client.transfers.get({ id })
  } finally {
    progress.end()
    await forget(client, id)
  }
}

/** Ends it when it still runs, and then forgets it. */
async function forget(client: ApiClient, id: number): Promise<void> {
  const { state } = await client.transfers.get({ id })
  if (state === 'running') await client.transfers.cancel({ id })
  await client.transfers.cancel({ id })
}

async function* piecesOf(source: AsyncIterable<unknown>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    if (!(bytes instanceof Uint8Array)) continue
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
      yield new Uint8Array(bytes.subarray(at, at + PIECE_BYTES))
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file)
    if (found.isFile()) return found.size
  } catch (error) {
    throw runtimeFailure(`“${file}” cannot be read: ${messageOf(error)}`, error)
  }
  throw runtimeFailure(`“${file}” is no file.`)
}

function progressText({ done, total, added, alreadyHere }: Transfer): string {
  const share = total === null || total === 0 ? '' : ` (${Math.floor((100 * done) / total)} %)`
  return `${megabytes(done)}${share}: ${added} added, ${alreadyHere} already here`
}

function tell({ output }: Context, file: string, transfer: Transfer, json: boolean): void {
  const { added, alreadyHere, warnings, state, problem } = transfer
  if (json) {
    output.json({ file, state, added, alreadyHere, warnings, problem })
    return
  }
  for (const warning of warnings) output.note(escapeTerminal(`${file}: ${warning}`))
  output.line(
    `${escapeTerminal(file)}: ${added.toLocaleString('en-US')} added, ` +
      `${alreadyHere.toLocaleString('en-US')} already here`,
  )
}
