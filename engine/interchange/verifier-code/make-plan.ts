import type { Algorithm, KeyForm, Scheme } from '#contract/scheme.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type {
  Age,
  BodyAs,
  BodyHash,
  Digest,
  Part,
  Plan,
  Proof,
  Read,
  Source,
  Token,
} from './plan.ts'
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

/** Collects what has to be read, each thing once. */
class Reads {
  readonly all: Read[] = []
  readonly #scheme: Scheme

  constructor(scheme: Scheme) {
    this.#scheme = scheme
  }

  /** The name of the variable that holds what stands there. */
  add(name: string, source: Source, optional = false): string {
    const same = this.all.find((read) => JSON.stringify(read.source) === JSON.stringify(source))
    if (same) return same.name
    let free = name
    for (let count = 2; this.all.some((read) => read.name === free); count++) free = name + count
    this.all.push({ name: free, source, label: labelOf(source), optional })
    return free
  }

  place(name: string, place: Place): string {
    return this.add(name, sourceOf(this.#scheme, place))
  }

  timestamp(): string {
    const form = this.#scheme.timestamp
    if (!form) return ''
    const source = sourceOf(this.#scheme, form.place)
    const typed = source.kind === 'json' ? { ...source, type: form.jsonType ?? null } : source
    return this.add('timestamp', typed)
  }

  setting(name: string): string {
    return this.add(name, { kind: 'setting', variable: settingVariable(this.#scheme.id, name) })
  }

  readsSetting(variable: string): boolean {
    return this.all.some(({ source }) => source.kind === 'setting' && source.variable === variable)
  }

  template(text: string): Part[] {
    const parts: Part[] = []
    for (const piece of text.split(/(\{[a-zA-Z][^{}\s"]*\})/)) {
      if (piece === '') continue
      const part = this.#part(piece)
      const last = parts.at(-1)
      if (part.kind === 'literal' && last?.kind === 'literal') last.text += part.text
      else parts.push(part)
    }
    return parts
  }

  #part(piece: string): Part {
    const [, kind = '', name = ''] = /^\{([a-z]+)(?:[:.](.+))?\}$/.exec(piece) ?? []
    const variable = (of: string): Part => ({ kind: 'variable', name: of })
    switch (kind) {
      case 'body':
        return { kind: 'body', as: bodyAs(name, this.#scheme) }
      case 'secret':
        return { kind: 'secret' }
      case 'timestamp':
        return variable(this.timestamp())
      case 'id':
        return this.#scheme.messageId
          ? variable(this.place('id', this.#scheme.messageId))
          : { kind: 'literal', text: '' }
      case 'method':
      case 'url':
      case 'path':
        return variable(this.add(kind, { kind }))
      case 'settings':
        return variable(this.setting(name))
      case 'header':
        return variable(this.add(camel(name), { kind, names: [name] }, true))
      case 'query':
        return variable(this.add(camel(name), { kind, name }, true))
      case 'field':
        return variable(this.place(camel(name), { field: name }))
      case 'json':
        return variable(this.add(camel(name), sourceOf(this.#scheme, { json: name }), true))
      case 'form':
        return variable(this.add(camel(name), { kind, name, path: null }, true))
      default:
        return { kind: 'literal', text: piece }
    }
  }
}

function bodyAs(name: string, scheme: Scheme): BodyAs {
  if (name === 'sha256-hex' || name === 'crc32' || name === 'json-string') return name
  return scheme.signedBody === 'compact-json' ? 'compact-json' : 'raw'
}

function sourceOf(scheme: Scheme, place: Place): Source {
  if ('parts' in place) {
    const parts = place.parts.map((part) => sourceOf(scheme, part))
    return { kind: 'joined', parts, joint: place.joint }
  }
  if ('header' in place) return { kind: 'header', names: [place.header, ...(place.also ?? [])] }
  if ('field' in place) {
    return { kind: 'field', name: place.field, last: scheme.signature.repeatedField === 'last' }
  }
  if ('form' in place) {
    return { kind: 'form', name: place.form, path: place.json ? pathOf(place.json) : null }
  }
  if ('json' in place) return { kind: 'json', path: pathOf(place.json), type: null }
  if ('query' in place) return { kind: 'query', name: place.query }
  // Claims and `memberBeside` say the event type or id, which no signed text contains.
  return { kind: 'json', path: [], type: null }
}

/** `data[].item[2].id` is data, 0, item, 2, id. */
function pathOf(path: string): (string | number)[] {
  return path.split('.').flatMap((part) => {
    const name = part.replace(/\[.*$/, '')
    const indexes = [...part.matchAll(/\[(\d*)\]/g)].map(([, index]) => Number(index ?? 0))
    return name === '' ? indexes : [name, ...indexes]
  })
}

function labelOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return `the ${source.names[0] ?? ''} header`
    case 'field':
      return `the ${source.name} entry of the signature header`
    case 'json':
      return `${source.path.join('.')} in the body`
    case 'query':
      return `the ${source.name} parameter of the URL`
    case 'form':
      return `the ${source.name} field of the body`
    case 'setting':
      return source.variable
    case 'joined':
      return source.parts.map(labelOf).join(' or ')
    default:
      return `the ${source.kind}`
  }
}

function proofOf(scheme: Scheme, keyText: Part[] | null): Proof {
  const { algorithm } = scheme
  const keys: readonly KeyForm[] = typeof scheme.key === 'string' ? [scheme.key] : scheme.key
  switch (algorithm) {
    case 'shared-token':
      return { kind: 'token' }
    case 'basic-auth':
      return { kind: 'basic' }
    case 'ed25519':
      return { kind: 'ed25519' }
    case 'ecdsa-p256-sha256':
      return {
        kind: 'ecdsa',
        signature: scheme.jwt ? 'p1363' : (scheme.signature.ecdsa ?? 'der'),
      }
    case 'rsa-sha1':
      return { kind: 'rsa', digest: 'sha1', pss: false }
    case 'rsa-sha256':
    case 'rsa-pss-sha256':
      return { kind: 'rsa', digest: 'sha256', pss: algorithm === 'rsa-pss-sha256' }
    case 'sha1':
    case 'sha256':
    case 'sha384':
    case 'sha512':
      return { kind: 'digest', digest: algorithm }
    default: {
      const texts = keyText?.filter((part) => part.kind !== 'body') ?? null
      return { kind: 'hmac', digest: hmacDigest(algorithm), keys, keyText: texts }
    }
  }
}

function hmacDigest(algorithm: Algorithm): Digest {
  if (algorithm === 'hmac-sha1') return 'sha1'
  if (algorithm === 'hmac-sha384') return 'sha384'
  return algorithm === 'hmac-sha512' ? 'sha512' : 'sha256'
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

function jwtAlgorithm(algorithm: Algorithm): string {
  const known: Partial<Record<Algorithm, string>> = {
    'hmac-sha256': 'HS256',
    'hmac-sha384': 'HS384',
    'hmac-sha512': 'HS512',
    'ecdsa-p256-sha256': 'ES256',
    'rsa-sha256': 'RS256',
    'rsa-pss-sha256': 'PS256',
    ed25519: 'EdDSA',
  }
  return known[algorithm] ?? 'none'
}

function algorithmLabel({ algorithm, jwt }: Scheme): string {
  if (jwt) return `JWT, ${jwtAlgorithm(algorithm)}`
  const known: Partial<Record<Algorithm, string>> = {
    ed25519: 'Ed25519',
    'ecdsa-p256-sha256': 'ECDSA P-256 with SHA-256',
    'rsa-pss-sha256': 'RSA-PSS with SHA-256',
    'shared-token': 'a shared token',
    'basic-auth': 'HTTP Basic authentication',
  }
  return known[algorithm] ?? algorithm.toUpperCase().replace(/\bSHA(\d)/, 'SHA$1')
}

function isPublicKey({ kind }: Proof): boolean {
  return kind === 'ed25519' || kind === 'ecdsa' || kind === 'rsa'
}

function secretNoun(algorithm: Algorithm): string {
  if (algorithm === 'shared-token') return 'WEBHOOK_TOKENS'
  if (algorithm === 'basic-auth') return 'WEBHOOK_CREDENTIALS'
  return /^(?:ed25519|ecdsa|rsa)/.test(algorithm) ? 'PUBLIC_KEYS' : 'WEBHOOK_SECRETS'
}

function settingVariable(id: string, name: string): string {
  return `${constant(id)}_${constant(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'))}`
}

function constant(text: string): string {
  const upper = text.replace(/[^a-zA-Z0-9]+/g, '_').toUpperCase()
  return /^\d/.test(upper) ? `W${upper}` : upper
}

/** `X-Request-Id`, `signature.token` and `data.id` as names of variables. */
function camel(text: string): string {
  const words = text.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '')
  const joined = words
    .map((word, index) =>
      index === 0 ? word[0]?.toLowerCase() + word.slice(1) : word[0]?.toUpperCase() + word.slice(1),
    )
    .join('')
  return /^[a-z]/.test(joined) ? `${joined}Value` : `value${joined}`
}
