import type { Scheme } from '#contract/scheme.ts'
import { secretTextFor, settingsOf, SIGNED_AT_MS } from '#engine/signatures/made-request.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { prepareSecret, usesPublicKey } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'

export interface Example {
  secretText: string
  /** As it would be sent, the body in UTF-8. */
  message: string
}

/** The longest body that helps to read a page. */
const MOST_BODY = 1_200

/**
 * The scheme's sample, signed with a secret that this page shows, at a fixed moment: the same each
 * time. `null`: the scheme has key pairs, or its body would be too long to read.
 */
export function exampleOf(scheme: Scheme): Example | null {
  // Tokens carry an id of chance.
  if (usesPublicKey(scheme) || scheme.jwt) return null
  const text = secretTextFor(scheme, 'example')
  const settings = settingsOf(scheme)
  const made = prepareSecret(scheme, { id: null, name: 'example', text }, settings)
  const secret = 'prepared' in made ? made.prepared[0] : undefined
  if (!secret) throw new Error(`The example secret of ${scheme.id} cannot be used.`)
  const { method, targetSuffix, rawHeaders, body } = sampleRequest(scheme)
  const signed = sign({
    scheme,
    secret,
    settings,
    head: { method, target: `/${scheme.id}${targetSuffix}`, rawHeaders },
    body,
    timestampMs: SIGNED_AT_MS,
    messageId: exampleId(scheme),
  })
  if ('problem' in signed) throw new Error(`${scheme.id}: ${signed.problem}`)
  if (signed.body.byteLength > MOST_BODY) return null
  const lines = [
    `${method} ${signed.target} HTTP/1.1`,
    ...signed.rawHeaders.map(([name, value]) => `${name}: ${value}`),
    '',
    Buffer.from(signed.body).toString('utf8'),
  ]
  return { secretText: text, message: lines.join('\n').trimEnd() }
}

function exampleId({ newMessageId: made }: Scheme): string | null {
  if (made === undefined) return null
  return made === 'uuid'
    ? '9b2f6c1e-0d7a-4f4e-8c53-2a6b1d90e7f4'
    : `${made.prefix}2KWPBgLlAfxdpx2AI54pPJ85f4W`
}
