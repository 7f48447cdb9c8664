import { isCredential } from '#contract/credential.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { Scheme } from '#contract/scheme.ts'
import { jwtAlgorithm } from './jwt.ts'
import { placeName } from './place.ts'
import { schemesAToK } from './schemes/catalogue-a-k.ts'
import { firstSchemes } from './schemes/catalogue-first.ts'
import { commonSchemeIds } from './schemes/common.ts'
import { schemesLToZ } from './schemes/catalogue-l-z.ts'
import { usesPublicKey } from './secret.ts'

/** Every scheme that there is, in the order in which they are offered. */
export const schemes: readonly Scheme[] = [...firstSchemes, ...schemesAToK, ...schemesLToZ]

const schemesById = new Map(schemes.map((scheme) => [scheme.id, scheme]))

/**
 * The scheme of that id; always the same object, so that what is made of it can be kept. `own`:
 * described by people here; theirs come first, so that a newer catalogue changes no endpoint's.
 */
export function findScheme(id: string, own: readonly Scheme[] = []): Scheme | null {
  return own.find((scheme) => scheme.id === id) ?? schemesById.get(id) ?? null
}

/** What the app shows of a scheme; `own`: described by a person here, not of the catalogue. */
export function schemeInfo(scheme: Scheme, own = false): SchemeInfo {
  const { place } = scheme.signature
  return {
    id: scheme.id,
    name: scheme.name,
    documentationUrl: scheme.documentationUrl,
    algorithm: algorithmName(scheme),
    tolerance: scheme.tolerance,
    signaturePlace: placeName(place),
    confidence: scheme.confidence,
    settings: scheme.settings ?? [],
    secretKind: secretKind(scheme),
    keyHost: scheme.keySource?.host ?? null,
    challenges: (scheme.challenges ?? []).map(({ name }) => name),
    retries: scheme.retries ?? null,
    retrySchedule: scheme.retrySchedule
      ? {
          gapsSeconds: scheme.retrySchedule.gapsSeconds,
          url: scheme.retrySchedule.url ?? scheme.documentationUrl,
        }
      : null,
    answerWithinSeconds: scheme.answerWithinSeconds ?? null,
    urlNeeds: scheme.urlNeeds ? urlNeedsOf(scheme.urlNeeds) : null,
    answersByVerdict: scheme.answersByVerdict ?? false,
    own,
    hasMessageId: scheme.messageId !== null,
    hasTimestamp: scheme.timestamp !== null,
    secretHint: scheme.secretHint,
    secretPrefix: scheme.secretPrefix ?? null,
    common: !own && commonSchemeIds.has(scheme.id),
    quirks: scheme.quirks,
  }
}

function urlNeedsOf(needs: NonNullable<Scheme['urlNeeds']>): SchemeInfo['urlNeeds'] {
  const { https = false, public: reached = false, sentence } = needs
  return { https, public: reached, sentence }
}

/** The algorithm as people write it: `HMAC-SHA256`, `JWT HS256`, `shared token`. */
export function algorithmName({ algorithm, jwt }: Scheme): string {
  if (jwt) return `JWT ${jwtAlgorithm(algorithm)}`
  return algorithmNames[algorithm] ?? algorithm.toUpperCase()
}

const algorithmNames: Partial<Record<Scheme['algorithm'], string>> = {
  ed25519: 'Ed25519',
  'ecdsa-p256-sha256': 'ECDSA P-256 SHA-256',
  'shared-token': 'shared token',
  'basic-auth': 'Basic auth',
}

function secretKind(scheme: Scheme): SchemeInfo['secretKind'] {
  if (isCredential(scheme)) return 'credential'
  return usesPublicKey(scheme) ? 'public-key' : 'shared-secret'
}
