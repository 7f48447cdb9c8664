import type { NewExport, Transfer } from '#contract/transfer.ts'
import type { ExportWriter } from '#engine/interchange/export/export-writer.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { makeExportWriter } from '#engine/interchange/export/make-export-writer.ts'
import type { Warnings } from '#engine/interchange/export/warnings.ts'
import { NdjsonWriter } from '#engine/interchange/ndjson/ndjson-writer.ts'
import type { JudgingProfile } from '#engine/judging/profile.ts'
import type { Reader } from '#engine/store/open-reader.ts'

/** What exports say of where they are from, and what redaction signs with. */
export interface ExportContext {
  instance: string
  version: string
  nowMs: number
  captureUrl: string
  endpoints: readonly { id: number; name: string; path: string }[]
  profiles: readonly JudgingProfile[]
}

export interface RedactedWriter {
  redact(exported: ExportedDelivery, warnings: Warnings): ExportedDelivery
  secrets(): Transfer['throwawaySecrets']
}

type Request = Pick<NewExport, 'format' | 'target' | 'url' | 'redaction'>

/** The writer of an export, with what takes out before what is to be hidden. */
export async function openWriter(
  request: Request,
  context: ExportContext,
  reader: Reader,
): Promise<{ writer: ExportWriter; redacted: RedactedWriter | null }> {
  const { format, target, url, redaction } = request
  if (redaction) throw new Error('redaction waits for its room')
  const redacted: RedactedWriter | null = null
  if (format === 'ndjson') {
    return { writer: ndjsonWriter(context, reader, redacted !== null), redacted }
  }
  const { captureUrl, version } = context
  const options = { url: url ?? null, captureUrl, target: target ?? null, version }
  return { writer: await makeExportWriter(format, options), redacted }
}

function ndjsonWriter(context: ExportContext, reader: Reader, isRedacted: boolean): NdjsonWriter {
  const { instance, version, nowMs, endpoints } = context
  const paths = new Map(endpoints.map(({ id, path }) => [id, path]))
  const { transfers } = reader
  const textOf = (text: string | null) => (text === null ? null : Buffer.from(text))
  return new NdjsonWriter({
    // What is redacted is another delivery: it must not pass for the one that is here.
    instance: isRedacted ? `redacted ${instance}` : instance,
    version,
    nowMs,
    endpointPath: (id) => paths.get(id) ?? null,
    // What was masked is only in what redaction gave; the bytes of the file are as they came.
    answerBody: ({ id, answer }) =>
      isRedacted ? textOf(answer?.bodyText ?? null) : transfers.answerBody(id),
    replayAnswerBody: ({ id, answer }) =>
      isRedacted ? textOf(answer?.bodyText ?? null) : transfers.replayAnswerBody(id),
  })
}
