import type { Scheme } from '#contract/scheme.ts'
import type { Age, BodyHash, Plan, Token } from './plan.ts'
import { proofOf, jwtAlgorithm, algorithmLabel, secretNoun, isPublicKey } from './proof-of.ts'
import { Reads, sourceOf, labelOf, settingVariable, constant } from './reads.ts'
import { usesOf } from './uses.ts'

/** The plan of a scheme, or why it has none: one sentence. */
export function makePlan(scheme: Scheme): Plan | { problem: string } {
  const reads = new Reads(scheme)
  const { signature, jwt } = scheme
  const procedure = scheme.content.startsWith('special:') ? scheme.content.slice(8) : null
  const unsaid = unsayable(scheme)
  if (unsaid) return { problem: unsaid }
  const isToken = jwt !== undefined
  const age = isToken ? null : ageOf(scheme)
  if (age) reads.timestamp()
  const content = isToken || procedure ? [] : reads.template(scheme.content)
  const keyText = scheme.keyText === undefined ? null : reads.template(scheme.keyText)
  const proof = proofOf(scheme, keyText)
  const signatureSource = sourceOf(scheme, signature.place)
  const bodyHash = scheme.bodyHash ? bodyHashOf(scheme.bodyHash, reads) : null
  const plan: Omit<Plan, 'uses'> = {
    id: scheme.id,
    name: scheme.name,
    documentationUrl: scheme.documentationUrl,
    algorithm: algorithmLabel(scheme),
    secretHint: scheme.secretHint,
    secretsVariable: `${constant(scheme.id)}_${secretNoun(scheme.algorithm)}`,
    separator: isPublicKey(proof) ? ';' : ',',
    alsoKeys: (scheme.settings ?? []).filter((form) => form.alsoKey).map((form) => form.label),
    settings: [],
    requiredHeaders: (scheme.requiredHeaders ?? []).map(([name, value]) => ({ name, value })),
    signature: {
      source: signatureSource,
      label: labelOf(signatureSource),
      further: signature.further ?? [],
      split:
        signature.list === undefined
          ? null
          : {
              list: signature.list,
              pair: signature.pair ?? null,
              version: signature.version ?? null,
              bare: signature.bare ?? signature.pair === undefined,
              positions: signature.positions ?? [],
              trim: signature.trim ?? false,
            },
      repeatable: signature.repeatable ?? false,
      encoding: isToken ? 'base64url' : signature.encoding,
      prefix: signature.prefix ?? '',
    },
    reads: reads.all,
    age,
    content,
    proof,
    bodyHash,
    token: jwt ? tokenOf(scheme, jwt, reads) : null,
    procedure,
  }
  const settings = (scheme.settings ?? [])
    .map(({ name, label }) => ({ name, variable: settingVariable(scheme.id, name), label }))
    .filter(({ variable }) => reads.readsSetting(variable))
  const uses = usesOf({ ...plan, settings })
  const given = new Set(['method', 'url'])
  const read = reads.all.filter(({ source }) => !given.has(source.kind))
  return { ...plan, settings, uses, reads: read }
}

/** Procedures that the printers for TypeScript and Python have. */
const procedures = new Set(['twilio-form', 'adyen-item'])

/** What the model allows and no printer has. */
function unsayable(scheme: Scheme): string | null {
  if (scheme.content.startsWith('special:') && !procedures.has(scheme.content.slice(8))) {
    return `${scheme.name} signs a text that takes a procedure of its own; use its package, or see the documentation.`
  }
  const places = [scheme.timestamp?.place, scheme.messageId, scheme.bodyHash?.place]
  for (const place of places) {
    if (place && 'memberBeside' in place) {
      return `${scheme.name} names a value by the first member of the body, which generated code does not read.`
    }
  }
  if (scheme.jwt && scheme.algorithm.startsWith('sha'))
    return `${scheme.name} has no JWT algorithm.`
  return null
}

function ageOf({ timestamp, tolerance }: Scheme): Age | null {
  if (!timestamp || !tolerance) return null
  const { pastSeconds, futureSeconds } = tolerance
  if (pastSeconds === null && futureSeconds === null) return null
  const { unit, age } = timestamp
  return { unit, wholeSeconds: unit === 's' && age !== 'exact', pastSeconds, futureSeconds }
}

function bodyHashOf(form: NonNullable<Scheme['bodyHash']>, reads: Reads): BodyHash {
  const { digest, encoding, prefix = '', suffix = '' } = form
  return { name: reads.place('bodyHash', form.place), digest, encoding, prefix, suffix }
}

function tokenOf(scheme: Scheme, form: NonNullable<Scheme['jwt']>, reads: Reads): Token {
  if (form.subjectIsUrl || form.urlHashClaim) reads.add('url', { kind: 'url' })
  const issuer =
    form.issuerFrom !== undefined
      ? { variable: reads.setting(form.issuerFrom) }
      : form.issuer !== undefined
        ? { text: form.issuer }
        : null
  return {
    alg: jwtAlgorithm(scheme.algorithm),
    issuer,
    subjectIsUrl: form.subjectIsUrl ?? false,
    body: form.body ?? null,
    urlHashClaim: form.urlHashClaim ?? null,
    times: form.times,
    pastSeconds: scheme.tolerance?.pastSeconds ?? null,
    futureSeconds: scheme.tolerance?.futureSeconds ?? null,
  }
}
