import { z } from 'zod'
import { Selection } from './selection.ts'

/**
 * `ndjson` is lossless. `har`, `raw` (one .http message a file, in a tar), `curl-bash`,
 * `curl-powershell`, `curl-cmd`, `postman`, `bruno` (files, in a tar), `http-file` (VS Code's and
 * JetBrains' .http) and `code` say where they are not.
 */
export const ExportFormat = z.enum([
  'ndjson',
  'har',
  'raw',
  'curl-bash',
  'curl-powershell',
  'curl-cmd',
  'postman',
  'bruno',
  'http-file',
  'code',
])
export type ExportFormat = z.infer<typeof ExportFormat>

/** What is masked before it leaves; what was signed is signed again with a throwaway secret. */
export const Redaction = z.object({
  /** JSON paths as in the filter language, such as `$.data.customer.email`; `[*]` is every item. */
  jsonPaths: z.array(z.string().max(500)).max(200).default([]),
  /** Names of headers whose values are masked. */
  headers: z.array(z.string().max(200)).max(200).default([]),
  /** Sign anew with a secret made for this export, which is told and may be shared. */
  resign: z.boolean().default(true),
})
export type Redaction = z.infer<typeof Redaction>

export const NewExport = z.object({
  selection: Selection,
  format: ExportFormat,
  /** Of `code`: an id of `transfers.codeTargets`. */
  target: z.string().max(200).optional(),
  /** Where the requests of commands, code and collections go; absent: our capture URL. */
  url: z.string().max(2_000).optional(),
  redaction: Redaction.optional(),
  /**
   * Tokens, passwords and cookies that came with a request or went out with a replay; masked unless
   * kept is asked for.
   */
  credentials: z.enum(['masked', 'kept']).optional(),
})
export type NewExport = z.infer<typeof NewExport>

/** An import or export on its way. */
export const Transfer = z.object({
  id: z.number(),
  kind: z.enum(['import', 'export']),
  sentence: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Of an import bytes read, of an export deliveries written. */
  done: z.number(),
  total: z.number().nullable(),
  /** What the file is called, and its size so far. */
  name: z.string(),
  byteLength: z.number(),
  /** Of an import. */
  added: z.number(),
  alreadyHere: z.number(),
  /** What could not be carried over, a sentence each, at most 100; equal ones once with a count. */
  warnings: z.array(z.string()),
  problem: z.string().nullable(),
  /** Of a redacted export: the secrets that it was signed with, by endpoint name. */
  throwawaySecrets: z.array(
    z.object({ endpoint: z.string(), schemeId: z.string(), text: z.string() }),
  ),
})
export type Transfer = z.infer<typeof Transfer>

export const CodeTarget = z.object({ id: z.string(), name: z.string(), language: z.string() })
export type CodeTarget = z.infer<typeof CodeTarget>
