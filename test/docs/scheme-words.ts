import type { Place } from '#contract/scheme-parts.ts'
import type { KeyForm, Scheme, SdkBehaviour, TimestampForm } from '#contract/scheme.ts'
import type { Tolerance } from '#contract/verification.ts'
import { isCredential } from '#contract/credential.ts'
import { signedText } from '#cli/scheme-lines.ts'
import { duration } from '#engine/signatures/sentences.ts'

/** Text as inline code; a backtick in it would end it. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``
}

/** Where a value stands, for people: “header `X-Id`”, “`data.id` in the JSON body”. */
export function placeWords(place: Place): string {
  if ('parts' in place)
    return place.parts.map(placeWords).join(` and, after ${code(place.joint)}, `)
  if ('form' in place) {
    const field = `form field ${code(place.form)}`
    return place.json === undefined ? field : `${code(place.json)} in the JSON of the ${field}`
  }
  if ('json' in place) return `${code(place.json)} in the JSON body`
  if ('query' in place) return `query parameter ${code(place.query)}`
  if ('field' in place) return `entry ${code(place.field)} of the signature header`
  if ('claim' in place) return `claim ${code(place.claim)} of the token`
  if ('memberBeside' in place) {
    return `the name of the first member of the JSON body beside ${place.memberBeside.map(code).join(', ')}`
  }
  return `header ${[place.header, ...(place.also ?? [])].map(code).join(' or ')}`
}

const units: Record<TimestampForm['unit'], string> = {
  s: 'Unix time in seconds',
  ms: 'Unix time in milliseconds',
  's-or-ms': 'Unix time in milliseconds or seconds',
  iso8601: 'a date and time as in RFC 3339',
  'iso8601-no-zone': 'a date and time in UTC without a zone',
  'http-date': 'an HTTP date',
  any: 'Unix time in seconds or milliseconds, or a date',
}

export function timestampWords({ place, unit }: TimestampForm): string {
  return `${placeWords(place)}, ${units[unit]}`
}

const keyForms: Record<KeyForm, string> = {
  utf8: 'used as text, as it is',
  'utf8-nfkd': 'used as text, Unicode-normalised (NFKD)',
  hex: 'hex, decoded to bytes',
  base64: 'base64, decoded to bytes',
  base64url: 'base64url, decoded to bytes',
  'base64-after-whsec': 'base64 after `whsec_`, decoded to bytes',
  'base64-after-whsec-else-utf8': 'base64 after `whsec_`, decoded to bytes; without it, text',
  'base64-after-last-underscore': 'base64 after the last `_`, decoded to bytes',
  'sha1-of-utf8': 'the SHA-1 digest of the text',
  'public-key': 'a public key: PEM, JWK, or base64 or hex of its bytes',
}

/** How the secret becomes a key; `null`: it is compared and never becomes one. */
export function keyWords(scheme: Scheme): string | null {
  if (isCredential(scheme)) return null
  const forms = Array.isArray(scheme.key) ? scheme.key : [scheme.key]
  return forms.map((form) => keyForms[form]).join('; or ')
}

export function signatureWords({ signature }: Scheme): string {
  const { place, further = [], encoding, prefix, version, pair = '', list } = signature
  const parts = [
    placeWords(place),
    ...(further.length > 0 ? [`also ${further.map(code).join(', ')}`] : []),
    ...(encoding === 'text' ? [] : [encoding]),
    ...(prefix === undefined ? [] : [`after ${code(prefix)}`]),
    ...(version === undefined ? [] : [`entry ${code(version + pair)}`]),
    ...(list === undefined
      ? []
      : [`entries separated by ${list === ' ' ? 'a space' : code(list)}`]),
  ]
  return parts.join(', ')
}

/** What the signature covers. */
export function contentWords(scheme: Scheme): string {
  const { content } = scheme
  if (isCredential(scheme)) return 'nothing: a credential is sent and compared'
  if (scheme.jwt || content.startsWith('special:')) return signedText(scheme)
  const shown = code(content.replaceAll('\n', '\\n'))
  return scheme.signedBody === 'compact-json'
    ? `${shown}, with the body as \`JSON.stringify\` writes it`
    : shown
}

export function toleranceWords(tolerance: Tolerance | null): string | null {
  if (!tolerance) return null
  const { pastSeconds: past, futureSeconds: future } = tolerance
  if (past === future && past !== null) return `${duration(past)} before and after`
  return [
    past === null ? 'any age' : `at most ${duration(past)} old`,
    future === null ? 'any future' : `at most ${duration(future)} ahead`,
  ].join(', ')
}

/** What the provider's own package does otherwise, a sentence each. */
export function sdkSentences(sdk: SdkBehaviour): string[] {
  const { futureSeconds: future, wantsHeaders = [] } = sdk
  const said: (readonly [unknown, string])[] = [
    [
      sdk.timestampParsing,
      `It reads the timestamp leniently (${code(sdk.timestampParsing ?? '')}), so that some texts pass that are no whole number.`,
    ],
    [sdk.timestampUnit, 'It reads the timestamp as milliseconds.'],
    [future === 0, 'It refuses every timestamp in the future.'],
    [future, `It allows ${duration(future ?? 0)} of future.`],
    [sdk.refusesEmptyBody, 'It refuses an empty body before it checks anything.'],
    [sdk.refusesNonJson, 'It refuses a body that is not JSON.'],
    [
      sdk.decodesBody,
      'It turns the body into text before it checks: bytes that are not UTF-8 are lost.',
    ],
    [sdk.dropsByteOrderMark, 'It drops a byte-order mark at the start of the body.'],
    [sdk.reserialises, 'It checks the body as `JSON.stringify` writes it, not as it came.'],
    [sdk.tries, `Of several signatures it tries only the ${sdk.tries ?? ''}.`],
    [
      sdk.decodesSignature,
      'It decodes the signature before it compares, so that other spellings of the same bytes pass.',
    ],
    [sdk.wantsEqualTimestamps, 'It wants both places of the timestamp to say the same.'],
    [
      wantsHeaders.length > 0,
      `It refuses a delivery without ${wantsHeaders.map(code).join(', ')}.`,
    ],
    [sdk.headerPattern, 'It takes the signature header only in the form that the provider writes.'],
  ]
  return said.flatMap(([holds, sentence]) => (holds ? [sentence] : []))
}
