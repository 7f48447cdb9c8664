import { open, rm, type FileHandle } from 'node:fs/promises'
import type { ApiClient } from '#contract/client.ts'
import type { ExportFormat, NewExport, Transfer } from '#contract/transfer.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal, jsonLine } from '#cli/escape.ts'
import { messageOf, runtimeFailure, usageFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'
import { megabytes, terminalProgress } from '#cli/transfer-progress.ts'

interface ExportOptions extends CommonOptions {
  query?: string
  format: ExportFormat
  target?: string
  url?: string
  /** `-`: standard output. */
  output: string
  redactJson: readonly string[]
  redactHeader: readonly string[]
  resign: boolean
  withCredentials?: boolean
  json?: boolean
}

const WAIT_MS = 50

/**
 * `countersign export [ID… | --query Q] --format F -o FILE`: warnings and the throwaway secrets of a
 * redacted export go to standard error. Exit 1 when it could not be written, 2 for wrong use.
 */
export async function exportDeliveries(
  context: Context,
  ids: readonly number[],
  options: ExportOptions,
): Promise<void> {
  await withSession(options.dataDir, async (client) => {
    if (options.target === 'list') {
      for (const { id, language, name } of await client.transfers.codeTargets()) {
        context.output.line(`${id.padEnd(20)} ${language}, ${name}`)
      }
      return
    }
    const selection = await selectionOf(client, ids, options)
    const { id } = await client.transfers.beginExport({ selection, ...requestOf(options) })
    const stop = AbortSignal.any([context.stopSignal(), context.output.gone])
    try {
      const transfer = await writeOut(client, id, context, options, stop)
      tell(context, transfer, options)
    } finally {
      await client.transfers.cancel({ id })
    }
  })
}

function requestOf(options: ExportOptions): Omit<NewExport, 'selection'> {
  const { format, target, url, redactJson, redactHeader, resign } = options
  if (format === 'code' && target === undefined) {
    throw usageFailure('Say which code with --target; --target list lists them.')
  }
  const isRedacted = redactJson.length > 0 || redactHeader.length > 0
  if (!resign && !isRedacted) throw usageFailure('--no-resign belongs to a redaction.')
  if (isRedacted && options.withCredentials) {
    throw usageFailure('A redaction takes credentials out too: leave out --with-credentials.')
  }
  return {
    format,
    ...(options.withCredentials && { credentials: 'kept' as const }),
    ...(target !== undefined && { target }),
    ...(url !== undefined && { url }),
    ...(isRedacted && {
      redaction: { jsonPaths: [...redactJson], headers: [...redactHeader], resign },
    }),
  }
}

async function selectionOf(
  client: ApiClient,
  ids: readonly number[],
  { query }: ExportOptions,
): Promise<NewExport['selection']> {
  if (ids.length > 0 && query !== undefined) throw usageFailure('Give ids or --query, not both.')
  if (ids.length > 0) return { ids: [...ids] }
  if (query === undefined) {
    throw usageFailure('Say what to export: ids, or --query; --query "" is everything.')
  }
  const [newest] = (await client.deliveries.list({ limit: 1 })).rows
  return { filter: { query }, upToId: newest?.id ?? 0, exceptIds: [] }
}

/** Follows the export as it grows. */
async function writeOut(
  client: ApiClient,
  id: number,
  { output }: Context,
  options: ExportOptions,
  stop: AbortSignal,
): Promise<Transfer> {
  const toFile = options.output !== '-'
  const file = toFile ? await openFile(options.output) : null
  const progress = terminalProgress()
  let isWhole = false
  try {
    for (let offset = 0; ;) {
      // Asked before reading: what is written after the end was told is nothing.
      const transfer = await client.transfers.get({ id })
      const bytes = new Uint8Array(
        await (await client.transfers.read({ id, offset })).arrayBuffer(),
      )
      if (file) await file.writeFile(bytes)
      else await output.bytes(bytes)
      offset += bytes.byteLength
      progress.show(`${transfer.sentence}: ${transfer.done}, ${megabytes(offset)}`)
      if (stop.aborted) throw runtimeFailure('The export was stopped.')
      if (bytes.byteLength > 0) continue
      if (transfer.state === 'failed') throw runtimeFailure(transfer.problem ?? 'It failed.')
      isWhole = transfer.state !== 'running'
      if (isWhole) return transfer
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
    }
  } finally {
    progress.end()
    await file?.close()
    if (toFile && !isWhole) await rm(options.output, { force: true })
  }
}

/** Only for the person: what is in it may be secret. */
async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600)
  } catch (error) {
    throw runtimeFailure(`“${path}” cannot be written: ${messageOf(error)}`, error)
  }
}

function tell({ output }: Context, transfer: Transfer, options: ExportOptions): void {
  const { done, byteLength, warnings, throwawaySecrets } = transfer
  if (options.json) {
    const summary = { deliveries: done, byteLength, warnings, throwawaySecrets }
    if (options.output === '-') output.note(jsonLine(summary))
    else output.json(summary)
    return
  }
  for (const warning of warnings) output.note(escapeTerminal(warning))
  for (const { endpoint, schemeId, text } of throwawaySecrets) {
    const name = escapeTerminal(endpoint)
    output.note(`${name} (${schemeId}) is signed with the throwaway secret ${escapeTerminal(text)}`)
  }
  if (options.output === '-') return
  const deliveries = done === 1 ? '1 delivery' : `${done.toLocaleString('en-US')} deliveries`
  output.note(`${deliveries}, ${megabytes(byteLength)}, in ${escapeTerminal(options.output)}`)
}
