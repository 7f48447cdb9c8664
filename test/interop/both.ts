/** One request before both judges: the provider's package and our engine. */
import type { Verification } from '#contract/verification.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import { verify } from '#engine/signatures/verify.ts'
import type { InteropCase, InteropRequest } from './interop-case.ts'

/** Verifiers refuse by throwing or by answering false, each as it likes. */
export async function sdkAccepts(each: InteropCase, request: InteropRequest): Promise<boolean> {
  try {
    return await each.verify(request, each.secret, each.settings ?? {})
  } catch {
    return false
  }
}

function prepared(each: InteropCase, text: string) {
  const scheme = findScheme(each.scheme)
  if (!scheme) throw new Error(`There is no scheme ${each.scheme}.`)
  const made = prepareSecrets(scheme, [{ id: 1, name: 'interop', text }], each.settings ?? {})
  const [first] = made.secrets
  if (!first) throw new Error(`The secret makes no key: ${JSON.stringify(made.unusableSecrets)}`)
  return { scheme, secrets: made.secrets, first }
}

const originOf = (url: string) => /^https?:\/\/[^/?#]*/.exec(url)?.[0] ?? ''
const headOf = ({ method, url, rawHeaders }: InteropRequest) => ({
  method,
  target: url.slice(originOf(url).length),
  rawHeaders,
})

/** The clock is now, as it is for the package. */
export function ourVerification(each: InteropCase, request: InteropRequest): Verification {
  const { scheme, secrets } = prepared(each, each.secret)
  const context = {
    head: headOf(request),
    scheme,
    secrets,
    lockedSecrets: false,
    settings: each.settings ?? {},
    atMs: Date.now(),
    tolerance: null,
    incomplete: null,
  }
  const bytes = request.body
  return verify(context, { byteLength: bytes.byteLength, chunks: () => [bytes] })
}

/** `null`: what is to be signed has no place for the signature. */
export function signedByUs(each: InteropCase, request: InteropRequest): InteropRequest | null {
  const { scheme, first } = prepared(each, each.signingSecret ?? each.secret)
  const signed = sign({
    scheme,
    secret: first,
    settings: each.settings ?? {},
    head: headOf(request),
    body: request.body,
    timestampMs: Date.now(),
    messageId: null,
  })
  if ('problem' in signed) return null
  const { rawHeaders, target, body } = signed
  return { ...request, url: originOf(request.url) + target, rawHeaders, body }
}
