import { isCredential } from '#contract/credential.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { EndpointSuggestion } from '#contract/suggestion.ts'
import { schemes } from '#engine/signatures/catalogue.ts'
import { candidates, type Candidate } from '#engine/signatures/recognise.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import type { Body, Incomplete, RequestHead, Secret } from '#engine/signatures/types.ts'
import { verdictOf } from '#engine/signatures/verify.ts'
import { readWhole, type WholeBody } from '#engine/signatures/whole-body.ts'
import type { JudgingProfile } from './profile.ts'

/** Verifications that one suggestion may cost: a few milliseconds at 10 KiB, 0.1 s at 1 MiB. */
const MOST_TRIES = 40
const MOST_NAMED = 8

export interface SchemeSuggestion extends Pick<
  EndpointSuggestion,
  'schemeId' | 'confidence' | 'candidates'
> {
  /** The stored secret that produces the signature. */
  secret: { name: string; endpointId: number } | null
}

interface Try {
  candidate: Candidate
  profile: JudgingProfile
  secret: Secret
}

/**
 * Names the scheme of a delivery that nothing judges: by its marks, and by trying the stored secrets
 * of all endpoints with every scheme whose marks it has. `null`: nothing says anything.
 *
 * It runs in a read worker when a delivery is looked at, and nothing of it is stored: it changes no
 * verdict (a secret of another endpoint makes no delivery valid), so neither capture nor the list
 * waits for it, and it cannot be out of date when secrets change.
 */
export function suggestScheme(
  delivery: { head: RequestHead; receivedAtMs: number; incomplete: Incomplete | null },
  body: Body,
  profiles: readonly JudgingProfile[],
  ownSchemes: readonly Scheme[] = [],
): SchemeSuggestion | null {
  const whole = readWhole(body)
  const all = [...schemes, ...ownSchemes]
  const marked = candidates(delivery.head, whole, all)
  const found = [...marked, ...sharingHeader(delivery.head, marked, all)]
  // That there is an Authorization header says nothing of who sends it, until a secret matches.
  const named = found.filter(({ scheme }) => !isCredential(scheme) || isMarked(scheme, marked))
  const [best] = named
  const matching =
    whole && !delivery.incomplete
      ? triesOf(found, profiles).find((each) => isRight(each, delivery, whole))
      : undefined
  if (matching) {
    const { candidate, profile, secret } = matching
    return {
      schemeId: candidate.scheme.id,
      confidence: 'certain',
      candidates: idsOf([candidate, ...named.filter((each) => each !== candidate)]),
      secret:
        profile.endpointId === null ? null : { name: secret.name, endpointId: profile.endpointId },
    }
  }
  if (!best) return null
  const schemeId = best.confidence === 'possible' ? null : best.scheme.id
  return { schemeId, confidence: best.confidence, candidates: idsOf(named), secret: null }
}

function idsOf(found: readonly Candidate[]): string[] {
  return found.slice(0, MOST_NAMED).map(({ scheme }) => scheme.id)
}

/** Schemes whose signature would stand in a header that is there, though other marks are missing. */
function sharingHeader(
  { rawHeaders }: RequestHead,
  marked: readonly Candidate[],
  all: readonly Scheme[],
): Candidate[] {
  const names = new Set(rawHeaders.map(([name]) => name.toLowerCase()))
  return all
    .filter(
      (scheme) =>
        !isMarked(scheme, marked) && signatureHeaders(scheme).some((name) => names.has(name)),
    )
    .map((scheme) => ({ scheme, confidence: 'possible' }))
}

function signatureHeaders({ signature: { place } }: Scheme): string[] {
  return 'header' in place
    ? [place.header, ...(place.also ?? [])].map((name) => name.toLowerCase())
    : []
}

function isMarked({ id }: Scheme, marked: readonly Candidate[]): boolean {
  return marked.some(({ scheme }) => scheme.id === id)
}

/** A secret with the scheme of its own endpoint first: of equal rules that is the one meant. */
function triesOf(found: readonly Candidate[], profiles: readonly JudgingProfile[]): Try[] {
  const tries = found.flatMap((candidate) =>
    profiles.flatMap((profile) =>
      profile.secrets.map((secret): Try => ({ candidate, profile, secret })),
    ),
  )
  const isOwn = ({ candidate, profile }: Try) => profile.schemeId === candidate.scheme.id
  return [...tries.filter(isOwn), ...tries.filter((each) => !isOwn(each))].slice(0, MOST_TRIES)
}

/** Whether the signature is right; how old it is does not matter here. */
function isRight(
  { candidate: { scheme }, profile, secret }: Try,
  delivery: Parameters<typeof suggestScheme>[0],
  { bytes }: WholeBody,
): boolean {
  const { verdict } = verdictOf(
    {
      head: delivery.head,
      scheme,
      ...prepareSecrets(scheme, [secret], profile.settings),
      lockedSecrets: false,
      settings: profile.settings,
      atMs: delivery.receivedAtMs,
      tolerance: null,
      incomplete: null,
    },
    { byteLength: bytes.byteLength, chunks: () => [bytes] },
  )
  return verdict === 'valid' || verdict === 'stale'
}
