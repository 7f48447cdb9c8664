import type { Context } from '#cli/context.ts'
import { diagnosisLines } from '#cli/diagnosis-lines.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { usageFailure } from '#cli/failure.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { readSecrets } from '#cli/secret-sources.ts'
import { readSettings } from '#cli/settings.ts'
import { parseCurl } from '#engine/interchange/curl.ts'
import type { ParsedRequest } from '#engine/interchange/parsed-request.ts'
import { parseRawHttp } from '#engine/interchange/raw-http.ts'
import { budgetFor, diagnose } from '#engine/signatures/diagnosis/diagnose.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { readBytes, type VerifyOptions } from './verify.ts'

/** A process that has just started runs slower than one that is warm, and nobody waits on it. */
const PATIENCE = 20

/**
 * `countersign diagnose FILE --scheme ID --secret-env VAR…`: why a raw HTTP request message, or a
 * curl command, does not verify. Needs no data directory and stores nothing.
 *
 * @returns the exit code: 0 valid, 1 anything else
 */
export async function diagnoseFile(
  context: Context,
  file: string,
  options: VerifyOptions,
): Promise<0 | 1> {
  const scheme = await schemeNamed(context, options)
  const settings = readSettings(scheme, options.settings)
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  if (secrets.length === 0) throw usageFailure('Name the secret to check with: --secret-env VAR.')
  const { request, notices } = readRequest(await readBytes(file, context.stdin))
  for (const notice of notices) context.output.note(escapeTerminal(notice))
  const stored = secrets.map((secret) => ({ id: null, ...secret }))
  const { verdict, causes, ...effort } = diagnose(
    {
      head: { ...request, target: options.url ?? request.target },
      scheme,
      ...prepareSecrets(scheme, stored, settings),
      settings,
      storedSecrets: stored,
      otherSecrets: [],
      recentSkews: [],
      lockedSecrets: false,
      atMs: options.at === undefined ? Date.now() : options.at * 1000,
      tolerance: null,
      incomplete: null,
      budgetMs: budgetFor(request.body.byteLength) * PATIENCE,
      clock: () => performance.now(),
    },
    { byteLength: request.body.byteLength, chunks: () => [request.body] },
  )
  if (options.json) {
    context.output.json({
      verdict,
      causes: causes.map(({ code, verified, explanation, fix, evidence }) => ({
        ...{ code, verified, explanation, fix, evidence },
      })),
    })
  } else {
    const lines = diagnosisLines({ verdict, causes, ...effort }, context.output.colours)
    for (const line of lines) context.output.line(line)
  }
  return verdict === 'valid' ? 0 : 1
}

function readRequest(bytes: Uint8Array): { request: ParsedRequest; notices: readonly string[] } {
  const begin = Buffer.from(bytes.subarray(0, 64)).toString('latin1')
  const isCurl = /^\s*(?:[$>%] ?)?curl(?:\.exe)?\s/i.test(begin)
  const parsed = isCurl ? parseCurl(Buffer.from(bytes).toString('utf8')) : parseRawHttp(bytes)
  if (!('problem' in parsed)) return parsed
  throw usageFailure(
    `${escapeTerminal(parsed.problem)} FILE is a raw HTTP request message or a curl command.`,
  )
}
