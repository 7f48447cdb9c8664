import { isCredential } from '#contract/credential.ts'
import { confidenceInFull } from '#contract/confidence-words.ts'
import type { Scheme } from '#contract/scheme.ts'
import type { Tolerance } from '#contract/verification.ts'
import { algorithmName } from '#engine/signatures/catalogue.ts'
import { placeName } from '#engine/signatures/place.ts'
import { duration } from '#engine/signatures/sentences.ts'
import { escapeTerminal } from './escape.ts'

/** One scheme on a line: id, name, algorithm, place of the signature, how sure. */
export function schemeLine(scheme: Scheme, own: boolean): string {
  const columns = [
    scheme.id.padEnd(24),
    scheme.name.padEnd(28),
    algorithmName(scheme).padEnd(14),
    placeName(scheme.signature.place).padEnd(28),
    own ? 'your own' : confidenceInFull(scheme.confidence),
  ]
  return escapeTerminal(columns.join('  ').trimEnd())
}

/** Everything that a scheme says, for people. */
export function schemeLines(scheme: Scheme, own: boolean): string[] {
  const { settings = [], challenges = [], quirks, answerWithinSeconds: answer } = scheme
  const facts: [string, string | 0 | undefined][] = [
    ['How sure', (own ? 'your own, ' : '') + confidenceInFull(scheme.confidence)],
    ['Docs', scheme.documentationUrl],
    ['Algorithm', algorithmName(scheme)],
    ['Secret', secretText(scheme)],
    ['Signature', signatureText(scheme)],
    ['Signed', signedText(scheme)],
    ['Timestamp', scheme.timestamp ? placeName(scheme.timestamp.place) : 'none'],
    ['Tolerance', toleranceText(scheme.tolerance)],
    ['Message id', scheme.messageId ? placeName(scheme.messageId) : 'none'],
    ['Event type', scheme.eventType.map(placeName).join(', ') || 'none'],
    ['Keys from', scheme.keySource && `${scheme.keySource.host}: ${scheme.keySource.sentence}`],
    ['Retries', scheme.retries],
    ['Answer', answer && `within ${duration(answer)}`],
    ['Handshakes', challenges.map(({ name }) => name).join(', ')],
  ]
  const lines = facts.flatMap(([name, text]) => (text ? [`${name.padEnd(12)}${text}`] : []))
  const settingLines = settings.map(
    ({ name, label, hint, required }) =>
      `  ${name}${required ? '' : ' (optional)'}: ${label}. ${hint}`,
  )
  return [
    `${scheme.name} (${scheme.id})`,
    ...lines,
    ...(settingLines.length === 0 ? [] : ['Settings', ...settingLines]),
    ...(quirks.length === 0 ? [] : ['Quirks', ...quirks.map((quirk) => `  ${quirk}`)]),
  ].map(escapeTerminal)
}

/** What a scheme would sign, in words. */
export function signedText(scheme: Scheme): string {
  const { content, jwt } = scheme
  if (isCredential(scheme)) return 'nothing; the credential is compared'
  if (jwt) {
    return jwt.body ? `a JWT whose claim ${jwt.body.claim} is a digest of the body` : 'a JWT'
  }
  if (content.startsWith('special:')) return `by the rule ${content.slice('special:'.length)}`
  return scheme.signedBody === 'compact-json' ? `${content}, the body re-serialised` : content
}

function secretText({ secretHint, secretPrefix, key }: Scheme): string {
  const begins = secretPrefix === undefined ? '' : `; begins with ${secretPrefix}`
  const forms = Array.isArray(key) ? key.join(' or ') : key
  return `${secretHint} (read as ${forms}${begins})`
}

function signatureText({ signature }: Scheme): string {
  const { place, encoding, prefix, version, pair, further = [] } = signature
  const kind = 'header' in place ? 'header' : 'json' in place ? 'JSON value' : 'form field'
  const entry = version === undefined ? '' : `, entry ${version}${pair ?? ''}`
  const begins = prefix === undefined ? '' : `, after ${prefix}`
  const others = further.length === 0 ? '' : `, also ${further.join(', ')}`
  return `${kind} ${placeName(place)}, ${encoding}${entry}${begins}${others}`
}

function toleranceText(tolerance: Tolerance | null): string {
  if (tolerance === null) return 'age does not count'
  const { pastSeconds, futureSeconds } = tolerance
  const past = pastSeconds === null ? 'any age' : `${duration(pastSeconds)} old`
  return `${past}, ${futureSeconds === null ? 'any future' : `${duration(futureSeconds)} ahead`}`
}
