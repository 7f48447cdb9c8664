import type { Cause, CauseChange, DiagnosisCode } from '#contract/diagnosis.ts'
import type { Verification } from '#contract/verification.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'
import { bodyDifference } from './difference.ts'
import type { Missing } from './missing.ts'
import { samplesFor } from './samples/for-code.ts'
import type { Change, DiagnosisContext, Hit } from './types.ts'
import { words } from './words.ts'

const nothing = {
  with: null,
  changes: [],
  secretId: null,
  secretName: null,
  schemeId: null,
  difference: null,
} as const

function causeOf(code: DiagnosisCode, verified: boolean, detail: string, evidence: string): Cause {
  const { explanation, fix } = words[code]
  return {
    ...{ code, verified, evidence, fix },
    explanation: detail === '' ? explanation : `${explanation} ${sentence(detail)}`,
    ...nothing,
    changes: [],
    codeSamples: samplesFor(code),
  }
}

/** Begins with a capital and ends with a full stop. */
function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(begun) ? begun : `${begun}.`
}

/** One cause for every change of a match; of two, the first is the one to look at first. */
export function hitCauses(hit: Hit, verification: Verification, whole: WholeBody): Cause[] {
  if (hit.changes.length === 0) return unchangedCauses(verification)
  const changes = [...hit.changes].sort((one, other) => rank(one) - rank(other))
  const done = changes.map((change, index) =>
    index === 0 ? change.done : uncapitalised(change.done),
  )
  const evidence = `${done.join(' and ')}, the signature matches “${hit.secret.name}”.`.replace(
    /,,/g,
    ',',
  )
  const difference = changes.some(({ what }) => what === 'body')
    ? bodyDifference(whole.bytes, hit.state.whole.bytes)
    : null
  return changes.map((change) => ({
    ...causeOf(change.code, true, detailOf(change), evidence),
    with: changes.find((other) => other !== change)?.code ?? null,
    changes: [plain(change)],
    secretId: hit.secret.id,
    secretName: hit.secret.name,
    schemeId: change.schemeId ?? null,
    difference: change.what === 'body' ? difference : null,
  }))
}

function detailOf({ what, detail }: Change): string {
  return what === 'body' ? `What was signed: ${detail}` : detail
}

const uncapitalised = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

function plain({ what, from, to }: Change): CauseChange {
  return { what, from, to }
}

/** Of two changes: what makes the other a mere consequence first. */
const order: readonly CauseChange['what'][] = [
  'scheme',
  'secret',
  'body',
  'url',
  'timestamp',
  'content',
  'algorithm',
  'signature',
]
const rank = ({ what }: Change) => order.indexOf(what)

/** The signature is right as it is: something else that the scheme asks for is not. */
function unchangedCauses({ reason, timestamp }: Verification): Cause[] {
  const evidence = 'The signature matches as it is.'
  if (reason.code === 'timestamp-unreadable' && !timestamp) {
    return [{ ...causeOf('timestamp-unit', true, reason.sentence, evidence) }]
  }
  return [causeOf('header-missing', false, reason.sentence, evidence)]
}

/** Causes of a delivery whose signature is right and whose time is not. */
export function timeCauses(
  changes: readonly Change[],
  { matchedSecretId, matchedSecretName }: Verification,
): Cause[] {
  return changes.slice(0, 1).map((change) => ({
    ...causeOf(
      change.code,
      true,
      change.detail,
      `${change.done} the signature matches “${matchedSecretName ?? ''}”.`,
    ),
    changes: [plain(change)],
    secretId: matchedSecretId,
    secretName: matchedSecretName,
  }))
}

export function truncatedCause(sentenceText: string): Cause {
  return causeOf('body-truncated', false, '', sentenceText)
}

export function headerCause({ what, similar }: Missing): Cause {
  const names = similar.map((name) => `\`${name}\``).join(', ')
  const detail =
    similar.length === 0 ? '' : `${names} ${similar.length === 1 ? 'looks' : 'look'} similar`
  return causeOf(
    'header-missing',
    false,
    detail,
    `The request has no ${what.replace(/^the /, '')}.`,
  )
}

export function adviceCause(
  { scheme, storedSecrets }: DiagnosisContext,
  wasSearched: boolean,
): Cause {
  const hint = scheme ? `${scheme.name} signs with ${scheme.secretHint}` : ''
  const evidence = wasSearched
    ? `Nothing matched with ${storedSecrets.length === 1 ? 'the secret' : `${storedSecrets.length} secrets`} of this endpoint.`
    : 'There was nothing to compare with.'
  return causeOf('no-match', false, hint, evidence)
}
