import type { RawHeader } from '#contract/http.ts'
import type { Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { schemeNamed } from '#cli/scheme-named.ts'
import { readSecrets, type SecretSource } from '#cli/secret-sources.ts'
import { type GivenSettings, readSettings, settingsFromEnv } from '#cli/settings.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign, type SignedRequest } from '#engine/signatures/sign.ts'
import type { PreparedSecret, Settings } from '#engine/signatures/types.ts'
import type { Scheme } from '#contract/scheme.ts'
import { readBytes } from './verify.ts'

export interface SignOptions {
  scheme: string
  /** Where own schemes are; absent: as everywhere. */
  dataDir?: string
  secretSources: readonly SecretSource[]
  bodyFile: string
  /** The message id; absent: that of the request, or a new one where the scheme needs one. */
  id?: string
  /** Unix seconds; absent: now. */
  timestamp?: number
  /** The URL that will be called, for schemes that sign it or keep something in its query. */
  url: string
  method: string
  header: readonly RawHeader[]
  setting: GivenSettings
  settingEnv: GivenSettings
  json?: boolean
}

/**
 * `countersign sign --scheme ID --secret-env VAR --body-file F`: prints the headers that make the
 * request right; says when the scheme changes the URL or the body as well. Stores and sends nothing.
 */
export async function signFile(context: Context, options: SignOptions): Promise<void> {
  const scheme = await schemeNamed(context, options)
  const given = [...options.setting, ...settingsFromEnv(options.settingEnv, context.env)]
  const settings = readSettings(scheme, given)
  const secret = await readSecret(context, scheme, options.secretSources, settings)
  const body = await readBytes(options.bodyFile, context.stdin)
  const url = new URL(options.url)
  const target = url.pathname + url.search
  const host: RawHeader = ['Host', url.host]
  const proto: RawHeader = ['X-Forwarded-Proto', url.protocol.slice(0, -1)]
  const carried = [host, proto, ...options.header]
  const signed = sign({
    scheme,
    secret,
    settings,
    head: { method: options.method, target, rawHeaders: carried },
    body,
    timestampMs: options.timestamp === undefined ? Date.now() : options.timestamp * 1000,
    messageId: options.id ?? null,
  })
  if ('problem' in signed) throw runtimeFailure(escapeTerminal(signed.problem))
  print(context, options, { signed, body, target, origin: url.origin })
}

interface Made {
  signed: SignedRequest
  body: Uint8Array
  target: string
  origin: string
}

function print(context: Context, options: SignOptions, made: Made): void {
  const { signed, body, target, origin } = made
  const { output } = context
  // Host and the protocol were only said to the signer.
  const headers = signed.rawHeaders.slice(2)
  const changed = headers.filter(
    ([name, value]) => !options.header.some(([key, text]) => key === name && text === value),
  )
  const bodyChanged = !Buffer.from(body).equals(signed.body)
  if (options.json) {
    return output.json({
      headers: changed,
      url: origin + signed.target,
      bodyBase64: Buffer.from(signed.body).toString('base64'),
      urlChanged: signed.target !== target,
      bodyChanged,
      messageId: signed.messageId,
    })
  }
  for (const [name, value] of changed) output.line(escapeTerminal(`${name}: ${value}`))
  if (signed.target !== target) {
    output.note(`The URL changes as well, to ${escapeTerminal(origin + signed.target)}`)
  }
  if (bodyChanged) {
    output.note('The body changes as well; --json gives it, in base64, as bodyBase64.')
  }
}

async function readSecret(
  context: Context,
  scheme: Scheme,
  sources: readonly SecretSource[],
  settings: Settings,
): Promise<PreparedSecret> {
  const [given, ...more] = await readSecrets(sources, context.env, context.stdin)
  if (given === undefined || more.length > 0) {
    throw usageFailure('Give one secret to sign with: --secret-env VAR or --secret-stdin.')
  }
  const made = prepareSecret(scheme, { id: null, ...given }, settings)
  if ('problem' in made) throw usageFailure(`${given.name}: ${escapeTerminal(made.problem)}`)
  const [secret] = made.prepared
  if (!secret) throw usageFailure(`${given.name} gives no key for ${scheme.name}.`)
  return secret
}
