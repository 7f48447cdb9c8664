import type { ExportFormat } from '#contract/transfer.ts'
import { BrunoWriter } from './bruno-writer.ts'
import { bashShell } from './curl-bash.ts'
import { cmdShell } from './curl-cmd.ts'
import { powershellShell } from './curl-powershell.ts'
import { CurlWriter } from './curl-writer.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { HarWriter } from './har-writer.ts'
import { HttpFileWriter } from './http-file-writer.ts'
import { PostmanWriter } from './postman-writer.ts'
import { RawWriter } from './raw-writer.ts'

type Format = Exclude<ExportFormat, 'ndjson'>

const writers: Record<Exclude<Format, 'code'>, (options: ExportOptions) => ExportWriter> = {
  har: (options) => new HarWriter(options),
  raw: () => new RawWriter(),
  'curl-bash': (options) => new CurlWriter(bashShell, options),
  'curl-powershell': (options) => new CurlWriter(powershellShell, options),
  'curl-cmd': (options) => new CurlWriter(cmdShell, options),
  postman: (options) => new PostmanWriter(options),
  bruno: (options) => new BrunoWriter(options),
  'http-file': (options) => new HttpFileWriter(options),
}

/**
 * The writer of a format. `code` wants `options.target`, else it throws a `RangeError`; the library
 * that it needs is loaded then only.
 */
export async function makeExportWriter(
  format: Format,
  options: ExportOptions,
): Promise<ExportWriter> {
  if (format !== 'code') return writers[format](options)
  const { CodeWriter } = await import('./code-writer.ts')
  return new CodeWriter(options)
}
