import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Scheme } from '#contract/scheme.ts'
import type { Explanation } from '#contract/verification.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { explanationLines } from '#cli/explanation-lines.ts'
import { messageOf, usageFailure } from '#cli/failure.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { type GivenSettings, readSettings } from '#cli/settings.ts'
import { parseRawHttp } from '#engine/interchange/raw-http.ts'
import type { ParsedRequest } from '#engine/interchange/parsed-request.ts'
import { explain } from '#engine/signatures/explain.ts'
import { prepareSecrets, secretWarning } from '#engine/signatures/secret.ts'
import type { Settings } from '#engine/signatures/types.ts'

export interface VerifyOptions {
  scheme: string
  /** Where own schemes are; absent: as everywhere. */
  dataDir?: string
  secretSources: readonly SecretSource[]
  /** Unix seconds; absent: now. */
  at?: number
  /** The public URL that the provider called, for schemes that sign it. */
  url?: string
  settings: GivenSettings
  json?: boolean
}

/**
 * `countersign verify FILE --scheme ID --secret-env VAR…`: judges a raw HTTP request message and
 * prints the explanation. Needs no data directory and stores nothing.
 *
 * @returns the exit code: 0 valid, 1 anything else
 */
export async function verifyFile(
  context: Context,
  file: string,
  options: VerifyOptions,
): Promise<0 | 1> {
  const scheme = await schemeNamed(context, options)
  const settings = readSettings(scheme, options.settings)
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  if (secrets.length === 0) throw usageFailure('Name the secret to check with: --secret-env VAR.')
  const parsed = parseRawHttp(await readBytes(file, context.stdin))
  if ('problem' in parsed) {
    throw usageFailure(`${escapeTerminal(parsed.problem)} FILE is a raw HTTP request message.`)
  }
  for (const notice of parsed.notices) context.output.note(escapeTerminal(notice))
  for (const { name, text } of secrets) {
    const warning = secretWarning(scheme, text)
    if (warning !== null) context.output.note(escapeTerminal(`${name}: ${warning}`))
  }
  const own = secrets.map((secret) => ({ id: null, ...secret }))
  const keys = prepareSecrets(scheme, own, settings)
  for (const { name, problem } of keys.unusableSecrets)
    context.output.note(escapeTerminal(`${name}: ${problem}`))
  const explanation = judge(parsed.request, scheme, settings, keys, options)
  const { verdict } = explanation.verification
  if (options.json) context.output.json({ verdict, ...explanation })
  else {
    for (const line of explanationLines(explanation, context.output.colours)) {
      context.output.line(line)
    }
  }
  return verdict === 'valid' ? 0 : 1
}

function judge(
  request: ParsedRequest,
  scheme: Scheme,
  settings: Settings,
  keys: ReturnType<typeof prepareSecrets>,
  options: VerifyOptions,
): Explanation {
  return explain(
    {
      head: { ...request, target: options.url ?? request.target },
      scheme,
      ...keys,
      settings,
      lockedSecrets: false,
      atMs: options.at === undefined ? Date.now() : options.at * 1000,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: request.body.byteLength, chunks: () => [request.body] },
  )
}

export async function readBytes(file: string, stdin: Readable): Promise<Uint8Array> {
  if (file !== '-') {
    return readFile(file).catch((error: unknown) => {
      throw usageFailure(
        `${file} cannot be read (${messageOf(error)}). Name a file, or - for standard input.`,
      )
    })
  }
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
