import type { NewExport } from '#contract/transfer.ts'
import type { ExportWriter } from '#engine/interchange/export/export-writer.ts'
import { makeExportWriter } from '#engine/interchange/export/make-export-writer.ts'
import { NdjsonWriter } from '#engine/interchange/ndjson/ndjson-writer.ts'
import type { JudgingProfile } from '#engine/judging/profile.ts'
import type { Reader } from '#engine/store/open-reader.ts'
import { type ExportRedactor, openCredentialMasker, openRedactor } from './open-redactor.ts'

/** What exports say of where they are from, and what redaction signs with. */
export interface ExportContext {
  instance: string
  version: string
  nowMs: number
  captureUrl: string
  endpoints: readonly { id: number; name: string; path: string }[]
  profiles: readonly JudgingProfile[]
}

type Request = Pick<NewExport, 'format' | 'target' | 'url' | 'redaction' | 'credentials'>

/** The writer of an export, with what takes out before what is to be hidden. */
export async function openWriter(
  request: Request,
  context: ExportContext,
  reader: Reader,
): Promise<{ writer: ExportWriter; redacted: ExportRedactor | null }> {
  const { format, target, url, redaction, credentials } = request
  const redacted = redaction
    ? openRedactor(redaction, context.profiles)
    : credentials === 'kept'
      ? null
      : openCredentialMasker(context.profiles)
  if (format === 'ndjson') {
    return { writer: ndjsonWriter(context, reader, redaction !== undefined), redacted }
  }
  const { captureUrl, version } = context
  const options = { url: url ?? null, captureUrl, target: target ?? null, version }
  return { writer: await makeExportWriter(format, options), redacted }
}

const textOf = (text: string | null) => (text === null ? null : Buffer.from(text))

function ndjsonWriter(context: ExportContext, reader: Reader, isRedacted: boolean): NdjsonWriter {
  const { instance, version, nowMs, endpoints } = context
  const paths = new Map(endpoints.map(({ id, path }) => [id, path]))
  const { transfers } = reader
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
