import type { Tolerance } from '#contract/verification.ts'
import type { EndpointRow, SecretRow } from '#engine/store/types.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { recognise } from '#engine/signatures/recognise.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import type {
  Incomplete,
  PreparedSecret,
  RequestHead,
  Scheme,
  Secret,
  VerifyContext,
} from '#engine/signatures/types.ts'
import type { Vault } from '#engine/secrets/vault.ts'

/** What an endpoint judges with, as plain values: it crosses to worker threads. */
export interface JudgingProfile {
  endpointId: number | null
  revision: number
  schemeId: string | null
  secrets: readonly Secret[]
  lockedSecrets: boolean
  tolerance: Tolerance | null
}

/** Deliveries that no endpoint takes are judged by what their headers betray, without secrets. */
export const catchAllProfile: JudgingProfile = {
  endpointId: null,
  revision: 0,
  schemeId: null,
  secrets: [],
  lockedSecrets: false,
  tolerance: null,
}

/** What a secret is sealed for: it opens in its own row and for its own endpoint only. */
export function secretContext(row: Pick<SecretRow, 'endpointId' | 'sealContext'>): string {
  return `endpoint ${row.endpointId} ${row.sealContext}`
}

export function buildProfile(
  endpoint: EndpointRow,
  rows: readonly SecretRow[],
  vault: Vault,
): JudgingProfile {
  const secrets: Secret[] = []
  let lockedSecrets = false
  for (const row of rows) {
    const opened = vault.unseal(row.sealed, secretContext(row))
    if ('text' in opened) secrets.push({ id: row.id, name: row.name, text: opened.text })
    else lockedSecrets = true
  }
  return {
    endpointId: endpoint.id,
    revision: endpoint.revision,
    schemeId: endpoint.schemeId,
    secrets,
    lockedSecrets,
    tolerance: endpoint.tolerance,
  }
}

/** A profile with its key objects made once per scheme, ready for many verifications. */
export interface PreparedProfile {
  profile: JudgingProfile
  /** With the endpoint's scheme, else the one that the headers betray, else `null`. */
  contextFor(head: RequestHead, atMs: number, incomplete: Incomplete | null): VerifyContext
}

interface SchemeSecrets {
  secrets: PreparedSecret[]
  unusableSecrets: { name: string; problem: string }[]
}
const NO_SECRETS: SchemeSecrets = { secrets: [], unusableSecrets: [] }

function sortSecrets(scheme: Scheme, all: readonly Secret[]): SchemeSecrets {
  const sorted: SchemeSecrets = { secrets: [], unusableSecrets: [] }
  for (const secret of all) {
    const made = prepareSecret(scheme, secret)
    if ('prepared' in made) sorted.secrets.push(made.prepared)
    else sorted.unusableSecrets.push({ name: secret.name, problem: made.problem })
  }
  return sorted
}

export function prepareProfile(profile: JudgingProfile): PreparedProfile {
  const own = profile.schemeId === null ? null : findScheme(profile.schemeId)
  const known = new Map<string, SchemeSecrets>()
  const secretsFor = (scheme: Scheme) => {
    let secrets = known.get(scheme.id)
    if (!secrets) known.set(scheme.id, (secrets = sortSecrets(scheme, profile.secrets)))
    return secrets
  }
  const schemeFor = (head: RequestHead) => {
    if (own) return own
    const recognised = recognise(head)
    return recognised ? findScheme(recognised.schemeId) : null
  }
  return {
    profile,
    contextFor(head, atMs, incomplete) {
      const scheme = schemeFor(head)
      return {
        head,
        scheme,
        ...(scheme ? secretsFor(scheme) : NO_SECRETS),
        lockedSecrets: profile.lockedSecrets,
        atMs,
        tolerance: profile.tolerance,
        incomplete,
      }
    },
  }
}
