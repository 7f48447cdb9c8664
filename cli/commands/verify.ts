import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Explanation } from '#contract/verification.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { explanationLines } from '#cli/explanation-lines.ts'
import { messageOf, usageFailure } from '#cli/failure.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { parseRawHttp } from '#engine/interchange/raw-http.ts'
import type { ParsedRequest } from '#engine/interchange/parsed-request.ts'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import { explain } from '#engine/signatures/explain.ts'
import { prepareSecret, secretWarning } from '#engine/signatures/secret.ts'
import type { PreparedSecret, Scheme } from '#engine/signatures/types.ts'

export interface VerifyOptions {
  scheme: string
  secretSources: readonly SecretSource[]
  /** Unix seconds; absent: now. */
  at?: number
  /** The public URL that the provider called, for schemes that sign it. */
  url?: string
  settings: ReadonlyArray<readonly [name: string, value: string]>
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
  const scheme = schemeOf(options.scheme)
  refuseSettings(scheme, options.settings)
  const secrets = await readSecrets(options.secretSources, context.env, context.stdin)
  if (secrets.length === 0) throw usageFailure('Name the secret to check with: --secret-env VAR.')
  const parsed = parseRawHttp(await readBytes(file, context.stdin))
  if ('problem' in parsed) {
    throw usageFailure(`${escapeTerminal(parsed.problem)} FILE is a raw HTTP request message.`)
  }
  for (const notice of parsed.notices) context.output.note(escapeTerminal(notice))
  const prepared = secrets.flatMap(({ name, text }) => {
    const warning = secretWarning(scheme, text)
    if (warning !== null) context.output.note(`${name}: ${warning}`)
    return prepare(context, scheme, name, text)
  })
  const explanation = judge(parsed.request, scheme, prepared, options)
  const { verdict } = explanation.verification
  if (options.json) context.output.json({ verdict, ...explanation })
  else {
    for (const line of explanationLines(explanation, context.output.colours)) {
      context.output.line(line)
    }
  }
  return verdict === 'valid' ? 0 : 1
}

function schemeOf(id: string): Scheme {
  const scheme = findScheme(id)
  if (scheme !== null) return scheme
  const known = schemes.map((one) => one.id).join(', ')
  throw usageFailure(`There is no scheme “${escapeTerminal(id)}”. There are: ${known}.`)
}

/** No scheme of the catalogue has settings yet; one that is given by mistake must not pass unseen. */
function refuseSettings(scheme: Scheme, settings: VerifyOptions['settings']): void {
  const [first] = settings
  if (first === undefined) return
  throw usageFailure(`${scheme.name} has no setting “${escapeTerminal(first[0])}”. Leave it out.`)
}

function prepare(context: Context, scheme: Scheme, name: string, text: string): PreparedSecret[] {
  const outcome = prepareSecret(scheme, { id: null, name, text })
  if ('prepared' in outcome) return [outcome.prepared]
  context.output.note(`${name}: ${outcome.problem}`)
  return []
}

function judge(
  request: ParsedRequest,
  scheme: Scheme,
  secrets: readonly PreparedSecret[],
  options: VerifyOptions,
): Explanation {
  return explain(
    {
      head: { ...request, target: options.url ?? request.target },
      scheme,
      secrets,
      lockedSecrets: false,
      atMs: options.at === undefined ? Date.now() : options.at * 1000,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: request.body.byteLength, chunks: () => [request.body] },
  )
}

async function readBytes(file: string, stdin: Readable): Promise<Uint8Array> {
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
