import { isCredential } from '#contract/credential.ts'
import type { SchemeProblem } from '#contract/own-scheme.ts'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import { jwtAlgorithm } from '#engine/signatures/jwt.ts'
import { contentProblems, templateProblems } from './content-problems.ts'
import { placeProblems } from './place-problems.ts'
import { patternProblem } from './safe-pattern.ts'

/** What is wrong with a scheme of the right shape: what its fields say of each other. */
export function ruleProblems(scheme: Scheme): SchemeProblem[] {
  return [
    ...nameProblems(scheme),
    ...keyProblems(scheme),
    ...signatureProblems(scheme),
    ...listProblems(scheme),
    ...placeProblems(scheme),
    ...settingProblems(scheme),
    ...contentProblems(scheme),
    ...templateProblems(scheme),
    ...timeProblems(scheme),
    ...patternProblems(scheme),
  ]
}

/** Every object of JavaScript has something by these names, such as `constructor`. */
function nameProblems({ id, settings = [] }: Scheme): SchemeProblem[] {
  const names = [
    { path: 'id', name: id },
    ...settings.map(({ name }, index) => ({ path: `settings[${index}].name`, name })),
  ]
  return names.flatMap(({ path, name }) =>
    name in Object.prototype
      ? [{ path, sentence: `“${name}” means something else to programs. Write another name.` }]
      : [],
  )
}

const asymmetric: ReadonlySet<Algorithm> = new Set<Algorithm>([
  'ed25519',
  'ecdsa-p256-sha256',
  'rsa-sha1',
  'rsa-sha256',
  'rsa-pss-sha256',
])

function keyProblems({ algorithm, key }: Scheme): SchemeProblem[] {
  const forms = Array.isArray(key) ? key : [key]
  const isPublic = forms.includes('public-key')
  if (asymmetric.has(algorithm) && forms.some((form) => form !== 'public-key')) {
    const sentence = `${algorithm} is checked with a public key. Write "public-key" as the key.`
    return [{ path: 'key', sentence }]
  }
  if (isPublic && !asymmetric.has(algorithm)) {
    const sentence = `${algorithm} has no public key. Write how the secret is read, such as "utf8".`
    return [{ path: 'key', sentence }]
  }
  return []
}

function signatureProblems(scheme: Scheme): SchemeProblem[] {
  const { algorithm, jwt, signature } = scheme
  const problems: SchemeProblem[] = []
  const add = (path: string, sentence: string) => problems.push({ path, sentence })
  const text = signature.encoding === 'text'
  if (algorithm === 'shared-token' && !text) {
    add('signature.encoding', 'A token is compared as text. Write "text".')
  }
  if (!isCredential(scheme) && text) {
    add('signature.encoding', `“text” is for credentials. Write how ${algorithm} is encoded.`)
  }
  if (jwt && jwtAlgorithm(algorithm) === 'none') {
    add('algorithm', `A JWT cannot be signed with ${algorithm}. Write such as "hmac-sha256".`)
  }
  if (signature.ecdsa && algorithm !== 'ecdsa-p256-sha256') {
    add('signature.ecdsa', 'Only ecdsa-p256-sha256 has this. Take it away.')
  }
  if (signature.further && !('header' in signature.place)) {
    add('signature.further', 'Further headers need a signature that stands in a header itself.')
  }
  return problems
}

function listProblems({ signature, content }: Scheme): SchemeProblem[] {
  // Procedures read entries in ways of their own.
  if (content.startsWith('special:')) return []
  const { list, pair, version, bare, positions } = signature
  const problems: SchemeProblem[] = []
  const add = (path: string, sentence: string) => problems.push({ path, sentence })
  if (list === undefined) {
    for (const name of ['pair', 'version', 'bare', 'positions', 'timestampField'] as const) {
      if (signature[name] === undefined) continue
      add(`signature.${name}`, 'This needs “list”, what separates the entries, such as ",".')
    }
    return problems
  }
  if (list === pair) {
    add('signature.pair', 'Entries and their names cannot have the same separator.')
  }
  if (version !== undefined && pair === undefined) {
    add('signature.pair', `“version” needs “pair”, what stands after ${version}, such as "=".`)
  }
  if (pair !== undefined && version === undefined && bare !== true) {
    add('signature.version', 'Write the name of the entry that holds the signature, such as "v1".')
  }
  if (positions !== undefined && pair !== undefined) {
    add('signature.positions', 'Positions are for entries without names. Take away “pair” or this.')
  }
  return problems
}

function settingProblems({ settings = [] }: Scheme): SchemeProblem[] {
  const seen = new Set<string>()
  return settings.flatMap(({ name, kind, alsoKey }, index) => {
    const problems: SchemeProblem[] = []
    if (seen.has(name)) {
      const sentence = `There is a setting “${name}” already. Call this one otherwise.`
      problems.push({ path: `settings[${index}].name`, sentence })
    }
    seen.add(name)
    if (alsoKey && kind !== 'secret') {
      const sentence = 'Only a secret setting can be a key. Write "secret" as its kind.'
      problems.push({ path: `settings[${index}].kind`, sentence })
    }
    return problems
  })
}

function timeProblems({ timestamp, jwt, tolerance, messageId, newMessageId }: Scheme) {
  const problems: SchemeProblem[] = []
  if (tolerance && !timestamp && !jwt) {
    const sentence = 'Without a timestamp there is nothing to tolerate. Write null, or its place.'
    problems.push({ path: 'tolerance', sentence })
  }
  for (const side of ['pastSeconds', 'futureSeconds'] as const) {
    const seconds = tolerance?.[side]
    if (typeof seconds !== 'number' || (Number.isFinite(seconds) && seconds >= 0)) continue
    const sentence = 'A tolerance is a number of seconds, 0 or more.'
    problems.push({ path: `tolerance.${side}`, sentence })
  }
  if (newMessageId !== undefined && (!messageId || !('header' in messageId))) {
    const sentence = 'New ids can be made only where the message id stands in a header.'
    problems.push({ path: 'newMessageId', sentence })
  }
  return problems
}

function patternProblems({ secretPattern, recognition, sdk }: Scheme): SchemeProblem[] {
  const patterns = {
    secretPattern,
    'recognition.signaturePattern': recognition.signaturePattern,
    'recognition.userAgent': recognition.userAgent,
    'sdk.headerPattern': sdk?.headerPattern,
  }
  return Object.entries(patterns).flatMap(([path, pattern]) => {
    const sentence = pattern === undefined ? null : patternProblem(pattern)
    return sentence === null ? [] : [{ path, sentence }]
  })
}
