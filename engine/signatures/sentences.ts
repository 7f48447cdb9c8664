import type { Tolerance } from '#contract/verification.ts'
import type { Reading } from './reading.ts'
import type { Scheme } from '#contract/scheme.ts'

/** A stable code and one sentence. */
export interface Reason {
  code: string
  sentence: string
}

/** A length of time for people: `1.2 s`, `12 min 4 s`, `5 min`, `3 h 2 min`, `2 days 4 h`. */
export function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  if (whole < 60) {
    const exact = Math.round(Math.abs(seconds) * 10) / 10
    return `${exact} s`
  }
  if (whole < 3600) return twoUnits(Math.floor(whole / 60), 'min', whole % 60, 's')
  if (whole < 86_400)
    return twoUnits(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min')
  const days = Math.floor(whole / 86_400)
  return twoUnits(days, days === 1 ? 'day' : 'days', Math.floor((whole % 86_400) / 3600), 'h')
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

export function validReason(secretName: string, skew: number | null): Reason {
  const matches = `Signature matches “${secretName}”.`
  if (skew === null) return { code: 'signature-matches', sentence: matches }
  const when =
    skew === 0
      ? 'Signed the moment it arrived.'
      : skew < 0
        ? `Signed ${duration(skew)} before it arrived.`
        : `Its timestamp is ${duration(skew)} after it arrived.`
  return { code: 'signature-matches', sentence: `${matches} ${when}` }
}

export function staleReason(
  scheme: Scheme,
  side: 'too-old' | 'too-new',
  skew: number,
  tolerance: Tolerance,
  ownTolerance: boolean,
): Reason {
  const who = ownTolerance ? 'this endpoint' : scheme.name
  if (side === 'too-old') {
    const limit = duration(tolerance.pastSeconds ?? 0)
    return {
      code: 'too-old',
      sentence: `The signature is right, but it was signed ${duration(skew)} ago; ${who} allows ${limit}.`,
    }
  }
  const limit = duration(tolerance.futureSeconds ?? 0)
  return {
    code: 'too-new',
    sentence: `The signature is right, but its timestamp is ${duration(skew)} ahead; ${who} allows ${limit}.`,
  }
}

export function unsignedReason(scheme: Scheme): Reason {
  const { place } = scheme.signature
  if ('header' in place) {
    return { code: 'header-missing', sentence: `No \`${place.header}\` header.` }
  }
  return 'json' in place
    ? { code: 'signature-missing', sentence: `The body has no \`${place.json}\`.` }
    : { code: 'signature-missing', sentence: `The form has no \`${place.form}\`.` }
}

export function invalidReason(scheme: Scheme, reading: Reading): Reason {
  if (!reading.header.signatures.some((signature) => signature.known)) {
    const versions = [...new Set(reading.header.signatures.map((each) => each.version))].join(', ')
    return {
      code: 'unknown-version',
      sentence: `\`${reading.signatureName}\` has only ${versions}; ${scheme.name} is checked by ${scheme.signature.version ?? 'another version'}.`,
    }
  }
  const sentence =
    credentials[scheme.algorithm] ?? 'No secret of this endpoint produces this signature.'
  return { code: 'no-match', sentence }
}

const credentials: Partial<Record<Scheme['algorithm'], string>> = {
  'shared-token': 'The token is not the one of this endpoint.',
  'basic-auth': 'The user name or password is not the one of this endpoint.',
}

/** A JSON Web Token whose own times do not hold. */
export function tokenStale(side: 'too-old' | 'too-new'): Reason {
  return side === 'too-old'
    ? { code: 'too-old', sentence: 'The signature is right, but the token has expired.' }
    : { code: 'too-new', sentence: 'The signature is right, but the token is not valid yet.' }
}

export function keyToFetch({ sentence }: { host: string; sentence: string }): Reason {
  return { code: 'key-not-here', sentence }
}

export const onlyRawBody: Reason = {
  code: 'only-raw-body',
  sentence:
    'The signature is right over the raw bytes, but Novu signs the body as JSON.stringify writes it, which differs here.',
}

export const noScheme: Reason = {
  code: 'no-scheme',
  sentence: 'Nothing here says who signed this.',
}
export const noSecret: Reason = {
  code: 'no-secret',
  sentence: 'Add this endpoint’s signing secret to check it.',
}
export function unusableSecret({ name, problem }: { name: string; problem: string }): Reason {
  return { code: 'secret-unusable', sentence: `“${name}” cannot be used: ${problem}` }
}
export const locked: Reason = {
  code: 'locked',
  sentence: 'Secrets are sealed with a key that is not available here.',
}
export const someLocked: Reason = {
  code: 'some-locked',
  sentence: 'No secret that can be read produces this signature; others are sealed.',
}
export const tooLargeToReserialise: Reason = {
  code: 'too-large',
  sentence:
    'The body is over 1 MiB, too large to check as re-serialised JSON, the way Novu signs it.',
}
export const bodyNotKept: Reason = {
  code: 'too-large',
  sentence:
    'The body is over 1 MiB, and this scheme can be checked only over a body that is known whole.',
}
