import type { Tolerance } from '#contract/verification.ts'
import type { EndpointRow, SecretRow, SettingRow } from '#engine/store/types.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { withCalledUrl } from '#engine/signatures/called-url.ts'
import { recognise } from '#engine/signatures/recognise.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import type { Scheme } from '#contract/scheme.ts'
import type {
  Incomplete,
  PreparedSecret,
  RequestHead,
  Secret,
  Settings,
  VerifyContext,
} from '#engine/signatures/types.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'
import { secretContext, settingContext } from '#engine/secrets/seal-contexts.ts'
import type { Vault } from '#engine/secrets/vault.ts'

/** What an endpoint judges with, as plain values: it crosses to worker threads. */
export interface JudgingProfile {
  endpointId: number | null
  revision: number
  schemeId: string | null
  secrets: readonly Secret[]
  lockedSecrets: boolean
  tolerance: Tolerance | null
  /** What the scheme needs beside the secret. */
  settings: Settings
  /** Whether the listener answers the handshakes of the scheme. */
  answerChallenges: boolean
  /** The data of the schemes that people here described: the catalogue is known everywhere. */
  ownSchemes: readonly Scheme[]
}

/** Deliveries that no endpoint takes are judged by what their headers betray, without secrets. */
export const catchAllProfile: JudgingProfile = {
  endpointId: null,
  revision: 0,
  schemeId: null,
  secrets: [],
  lockedSecrets: false,
  tolerance: null,
  settings: {},
  answerChallenges: false,
  ownSchemes: [],
}

export function buildProfile(
  endpoint: EndpointRow,
  rows: readonly SecretRow[],
  settingRows: readonly SettingRow[],
  vault: Vault,
  ownSchemes: readonly Scheme[],
): JudgingProfile {
  const secrets: Secret[] = []
  let lockedSecrets = false
  for (const row of rows) {
    const opened = vault.unseal(row.sealed, secretContext(row))
    if ('text' in opened) secrets.push({ id: row.id, name: row.name, text: opened.text })
    else lockedSecrets = true
  }
  const settings = openSettings(settingRows, vault)
  return {
    endpointId: endpoint.id,
    revision: endpoint.revision,
    schemeId: endpoint.schemeId,
    secrets,
    lockedSecrets: lockedSecrets || settings.locked,
    tolerance: endpoint.tolerance,
    settings: settings.values,
    answerChallenges: endpoint.answerChallenges,
    ownSchemes,
  }
}

function openSettings(
  rows: readonly SettingRow[],
  vault: Vault,
): { values: Settings; locked: boolean } {
  const values: Record<string, string> = {}
  let locked = false
  for (const row of rows) {
    const opened = row.sealed ? vault.unseal(row.sealed, settingContext(row)) : null
    if (row.value !== null) values[row.name] = row.value
    else if (opened && 'text' in opened) values[row.name] = opened.text
    else locked = true
  }
  return { values, locked }
}

/** A profile with its key objects made once per scheme, ready for many verifications. */
export interface PreparedProfile {
  profile: JudgingProfile
  /**
   * With the endpoint's scheme, else the one that the headers (and the body, where it is known
   * whole) betray, else `null`.
   */
  contextFor(
    head: RequestHead,
    atMs: number,
    incomplete: Incomplete | null,
    body?: WholeBody | null,
  ): VerifyContext
}

interface SchemeSecrets {
  secrets: PreparedSecret[]
  unusableSecrets: { name: string; problem: string }[]
}
const NO_SECRETS: SchemeSecrets = { secrets: [], unusableSecrets: [] }

export function prepareProfile(profile: JudgingProfile): PreparedProfile {
  const { ownSchemes } = profile
  const own = profile.schemeId === null ? null : findScheme(profile.schemeId, ownSchemes)
  const known = new Map<string, SchemeSecrets>()
  const secretsFor = (scheme: Scheme) => {
    let secrets = known.get(scheme.id)
    if (!secrets) {
      secrets = prepareSecrets(scheme, profile.secrets, profile.settings)
      known.set(scheme.id, secrets)
    }
    return secrets
  }
  const schemeFor = (head: RequestHead, body: WholeBody | null) => {
    if (own) return own
    const recognised = recognise(head, body, ownSchemes)
    return recognised ? findScheme(recognised.schemeId, ownSchemes) : null
  }
  return {
    profile,
    contextFor(head, atMs, incomplete, body = null) {
      const scheme = schemeFor(head, body)
      return {
        head,
        scheme,
        ...(scheme ? secretsFor(scheme) : NO_SECRETS),
        lockedSecrets: profile.lockedSecrets,
        atMs,
        settings: scheme ? withCalledUrl(scheme, head, profile.settings) : profile.settings,
        ownSchemes,
        tolerance: profile.tolerance,
        incomplete,
      }
    },
  }
}
