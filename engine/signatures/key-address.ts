import type { Scheme } from '#contract/scheme.ts'
import { findHeader } from './headers.ts'
import { scalarText, valueAt } from './place.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** Where a delivery says that its key is, or why nothing is asked there. */
export type KeyAddress = { host: string; url: string } | { problem: string }

interface Rule {
  /** The address as the delivery names it. */
  named(head: RequestHead, body: WholeBody | null): string | null
  host: RegExp
  path: RegExp
  /** What an address must be, for the sentence that refuses one. */
  wants: string
}

const rules: Readonly<Record<string, Rule>> = {
  // Source: sns-validator, index.js, which trusts the certificate for its host alone.
  'aws-sns': {
    named: (_head, body) =>
      scalarText(valueAt(body?.json?.value, 'SigningCertURL')) ??
      scalarText(valueAt(body?.json?.value, 'SigningCertUrl')),
    host: /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(?:\.cn)?$/,
    path: /^\/[A-Za-z0-9._-]+\.pem$/,
    wants: 'a .pem file on sns.REGION.amazonaws.com',
  },
  // Source: developer.paypal.com/api/rest/webhooks/rest, “Self verification”.
  paypal: {
    named: (head) => findHeader(head.rawHeaders, 'paypal-cert-url'),
    host: /^(?:[a-z0-9-]+\.)+paypal\.com$/,
    path: /^\/v1\/notifications\/certs\/[A-Za-z0-9_-]+$/,
    wants: 'a certificate below /v1/notifications/certs/ on a host of paypal.com',
  },
}

/**
 * Where the key of a delivery may be asked for: an address that the delivery itself names, which
 * anybody can have sent, so that only the provider's own hosts and paths count. `null`: keys of this
 * scheme are not fetched.
 */
export function keyAddressOf(
  scheme: Scheme,
  head: RequestHead,
  body: WholeBody | null,
): KeyAddress | null {
  const rule = rules[scheme.id]
  if (!rule) return null
  const named = rule.named(head, body)
  if (named === null) return { problem: 'The delivery does not say where its certificate is.' }
  const refusal = {
    problem: `The delivery names an address that is not ${rule.wants}; nothing is asked there.`,
  }
  // Byte for byte what is asked for: no user, port, query, fragment, or spelling to be normalised.
  const parts = /^https:\/\/([a-z0-9.-]+)(\/[\x21-\x7e]*)$/.exec(named)
  const [, host = '', path = ''] = parts ?? []
  if (named.length > 500 || !rule.host.test(host) || !rule.path.test(path)) return refusal
  const url = new URL(named)
  return url.href === named && url.hostname === host ? { host, url: named } : refusal
}
