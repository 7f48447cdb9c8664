import type { RawHeader } from '#contract/http.ts'
import { secretSense } from '#engine/hygiene/field-names.ts'
import { REDACTED } from './mask-json.ts'

/** What is masked without being asked: these let their bearer in. */
const CREDENTIALS = new Set([
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'authentication-info'],
  ...['x-api-key', 'api-key', 'x-auth-token', 'x-access-token', 'x-amz-security-token'],
])
/** Signatures of any provider by their headers' names; a digest without a key is none. */
const SIGNATURE = /signature|(?:^|-)(?:sig|hmac|sign|jws)(?:-|$)|^dpop$/i
/** What is said of a signature, which a receiver needs and which is none. */
const ABOUT_SIGNATURE = /-(?:version|algorithm|alg|timestamp|time|type|method)$/i
const CREDENTIAL_PARAMETER = /^(?:token|key|sig|signature|secret|auth|jwt|code|hmac)$/i

export interface MaskedHead {
  target: string
  rawHeaders: RawHeader[]
  /** Values that were masked, whole. */
  values: string[]
  notices: string[]
}

/** Whether a header holds a signature by its name. */
export function isSignatureHeader(name: string): boolean {
  return SIGNATURE.test(name) && !ABOUT_SIGNATURE.test(name)
}

/**
 * Masks the headers that were chosen and, unasked, those that are credentials, also among the
 * parameters of the target. Order, case and repeats stay.
 */
export function maskHead(
  head: { target: string; rawHeaders: readonly RawHeader[] },
  chosen: ReadonlySet<string>,
): MaskedHead {
  const values: string[] = []
  const unasked = new Set<string>()
  const rawHeaders = head.rawHeaders.map(([name, value]): RawHeader => {
    const lowerName = name.toLowerCase()
    const credential = CREDENTIALS.has(lowerName) || secretSense(name) !== null
    if (!chosen.has(lowerName) && !credential) return [name, value]
    if (!chosen.has(lowerName)) unasked.add(name)
    values.push(value)
    return [name, REDACTED]
  })
  const target = maskTarget(head.target, values, unasked)
  const names = [...unasked]
  const notices = names.map((name) => `“${name}” is a credential and was masked.`)
  return { target, rawHeaders, values, notices }
}

function maskTarget(target: string, values: string[], unasked: Set<string>): string {
  const at = target.indexOf('?')
  if (at === -1) return target
  const pairs = target.slice(at + 1).split('&')
  const masked = pairs.map((pair) => {
    const [name, value] = new URLSearchParams(`?${pair}`).entries().next().value ?? ['', '']
    const secret = secretSense(name) !== null || CREDENTIAL_PARAMETER.test(name)
    if (!secret || value === '') return pair
    unasked.add(`?${name}=`)
    values.push(value)
    return `${pair.slice(0, pair.indexOf('='))}=${REDACTED}`
  })
  return `${target.slice(0, at)}?${masked.join('&')}`
}
