import { isCredential } from '#contract/credential.ts'
import type { Verification } from '#contract/verification.ts'
import { recognise } from './recognise.ts'
import { findScheme } from './catalogue.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { RequestHead } from './types.ts'
import type { WholeBody } from './whole-body.ts'

/** What to do next, in one or two sentences; `null` when there is nothing to do. */
export function adviceFor(
  { verdict, reason }: Verification,
  scheme: Scheme | null,
  head: RequestHead,
  body: WholeBody | null,
  own: readonly Scheme[] = [],
): string | null {
  switch (verdict) {
    case 'valid':
    case 'challenge':
      return null
    case 'incomplete':
      return reason.code === 'too-large'
        ? 'Check such bodies in the receiving program itself.'
        : 'Send it again; what did not arrive cannot be checked.'
    case 'no-scheme':
      return (
        otherScheme(null, head, body, own) ?? 'Choose the scheme of the provider that sent this.'
      )
    case 'unsigned':
      return (
        otherScheme(scheme, head, body, own) ??
        'Look whether the sender has signing switched on, and whether a proxy on the way drops the header.'
      )
    case 'malformed':
      return (
        otherScheme(scheme, head, body, own) ??
        'Compare the header with the provider’s documentation; a proxy or a test script may have changed it.'
      )
    case 'no-secret':
      return scheme ? `It signs with ${scheme.secretHint}.` : null
    case 'locked':
      return 'Unlock the secrets; the verdict follows by itself.'
    case 'invalid':
      return invalidAdvice(reason.code, scheme)
    case 'stale':
      break
  }
  return staleAdvice(reason.code)
}

function otherScheme(
  scheme: Scheme | null,
  head: RequestHead,
  body: WholeBody | null,
  own: readonly Scheme[],
): string | null {
  const seen = recognise(head, body, own)
  const other = seen && seen.schemeId !== scheme?.id ? findScheme(seen.schemeId, own) : null
  if (!seen || !other) return null
  return seen.confidence === 'certain'
    ? `The headers are ${other.name}’s: choose that scheme for this endpoint.`
    : `The headers could be ${other.name}’s: try that scheme for this endpoint.`
}

function invalidAdvice(code: string, scheme: Scheme | null): string {
  if (code === 'unknown-version')
    return 'Ask the provider for signatures of the version that is checked here.'
  if (code === 'only-raw-body')
    return 'Sign and send the body as JSON.stringify writes it, without blanks between tokens.'
  const secret = scheme ? `Compare the secret with ${scheme.secretHint}.` : 'Compare the secret.'
  if (scheme && isCredential(scheme)) return `${secret} Nothing else of the request counts.`
  return `${secret} If it is the right one, the body or a signed header was changed on the way.`
}

function staleAdvice(code: string): string {
  return code === 'too-old'
    ? 'It was held up, or it is an old request sent again: sign it anew, or widen the tolerance for testing.'
    : 'Compare the clocks: this machine’s is behind, or the sender’s is ahead.'
}
