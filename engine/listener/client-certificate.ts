import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { ClientCertificate } from '#contract/listener-tls.ts'
import type { Trouble } from './problems.ts'

/** Whom to ask for a certificate (mutual TLS), and what makes one good. */
export interface ClientRules {
  required: boolean
  /** Certificates of authorities, PEM; a client's must lead to one of them. */
  ca: Buffer[]
}

const MOST_NAME_LENGTH = 500

/** What the sender presented in the handshake; `null`: nothing. */
export function clientCertificateOf(secure: TLSSocket): ClientCertificate | null {
  const shown: Partial<DetailedPeerCertificate> = secure.getPeerCertificate(true)
  if (shown.raw === undefined) return null
  const { authorized, authorizationError } = secure
  return {
    subject: nameText(shown.subject),
    issuer: nameText(shown.issuer),
    serialNumber: shown.serialNumber ?? '',
    fingerprint256: shown.fingerprint256 ?? '',
    validFrom: shown.valid_from ?? '',
    validTo: shown.valid_to ?? '',
    authorized,
    problem: authorized ? null : reasonFor(authorizationError),
  }
}

/** Why a sender is refused, with the status that says so; `null`: it is not. */
export function refusalOf(
  { required }: ClientRules,
  shown: ClientCertificate | null,
): Trouble | null {
  if (!required || shown?.authorized) return null
  const detail = shown
    ? `The client certificate of ${shown.subject === '' ? 'this sender' : shown.subject} is refused: ${shown.problem ?? 'it does not verify'}.`
    : 'The sender presented no client certificate; this listener requires one.'
  // RFC 9110 §15.5.4: understood, and refused.
  return { problem: 'client-certificate', detail, requiredStatus: 403 }
}

/** Such as `CN=hooks.example, O=Example`. */
function nameText(name: object | undefined): string {
  return Object.entries(name ?? {})
    .flatMap(([key, value]) => [value].flat().map((each) => `${key}=${String(each)}`))
    .join(', ')
    .slice(0, MOST_NAME_LENGTH)
}

/** OpenSSL's codes in words (openssl-verification-options(1)). */
function reasonFor(error: unknown): string {
  const code = error instanceof Error ? error.message : String(error)
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'it has ended'
    case 'CERT_NOT_YET_VALID':
      return 'it is not valid yet'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return 'no authority of this listener signed it'
    case 'CERT_SIGNATURE_FAILURE':
      return 'its signature is wrong'
    case 'INVALID_PURPOSE':
      return 'it is not made for clients'
    default:
      return `it does not verify (${code})`
  }
}
