import type { Part, Plan, Proof } from './plan.ts'
import { lines, quoted, snakeCase } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './python-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'content = f"{head}.{claims_text}".encode()'
  return secretInContent(plan) ? null : `content = ${bytesOf(plan.content)}`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function bytesOf(parts: readonly Part[]): string {
  const stretches: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') stretches.push(textBytes(text))
    text = ''
  }
  for (const part of parts) {
    if (part.kind === 'body' && (part.as === 'raw' || part.as === 'compact-json')) {
      flush()
      stretches.push(part.as === 'raw' ? 'body' : 'compact_json(body)')
    } else text += inTemplate(part)
  }
  flush()
  return stretches.length === 0 ? 'b""' : stretches.join(' + ')
}

function textBytes(text: string): string {
  const alone = /^\{(\w+)\}$/.exec(text)
  return alone ? `${alone[1]}.encode()` : `f"${text}".encode()`
}

function inTemplate(part: Part): string {
  if (part.kind === 'literal') {
    return JSON.stringify(part.text).slice(1, -1).replace(/[{}]/g, '$&$&')
  }
  if (part.kind === 'variable') return `{${snakeCase(part.name)}}`
  if (part.kind === 'secret') return '{secret}'
  if (part.as === 'sha256-hex') return '{hashlib.sha256(body).hexdigest()}'
  return part.as === 'crc32'
    ? '{zlib.crc32(body)}'
    : '{json.dumps(body.decode(), ensure_ascii=False)}'
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return refuse(
      'not any(matches(public_key(secret), signature, content) for secret in secrets for signature in signatures)',
      401,
      mismatch(proof),
    )
      .replace('not any(', 'not any(\n    ')
      .replace(' for secret', '\n    for secret')
      .replace(' for signature', '\n    for signature')
      .replace('):\n', '\n):\n')
  }
  const keyed = proof.kind === 'hmac' && proof.keys.length > 1
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  return lines(
    keyed
      ? 'for key in [key for secret in secrets for key in keys_of(secret)]:'
      : 'for secret in secrets:',
    secretInContent(plan) && `    content = ${bytesOf(plan.content)}`,
    `    expected = ${prefix}${expected(plan, proof, keyed)}`,
    '    if any(equal(signature, expected) for signature in signatures):',
    '        break',
    'else:',
    `    raise Refused(401, ${quoted(mismatch(proof))})`,
  )
}

function expected(plan: Plan, proof: Proof, keyed: boolean): string {
  switch (proof.kind) {
    case 'token':
      return 'secret'
    case 'basic':
      return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}base64.b64encode(secret.encode()).decode()`
    case 'digest':
      return encoded(`hashlib.${proof.digest}(content)`, plan.signature.encoding)
    case 'hmac': {
      const key = keyed ? 'key' : keyExpression(proof)
      return encoded(`hmac.new(${key}, content, hashlib.${proof.digest})`, plan.signature.encoding)
    }
    case 'ed25519':
    case 'ecdsa':
    case 'rsa':
      break
  }
  return '""'
}

function encoded(digest: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `base64.b64encode(${digest}.digest()).decode()`
  if (encoding === 'base64url') {
    return `base64.urlsafe_b64encode(${digest}.digest()).decode().rstrip("=")`
  }
  return `${digest}.hexdigest()${encoding === 'upper-hex' ? '.upper()' : ''}`
}

function keyExpression(proof: Extract<Proof, { kind: 'hmac' }>): string {
  const text = proof.keyText === null ? 'secret' : `f"${proof.keyText.map(inTemplate).join('')}"`
  return proof.keys[0] === 'utf8' ? `${text}.encode()` : `key_of(${text})`
}

/** What must hold beside the signature. */
export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && quoted(prefix),
      encoded(`hashlib.${digest}(body)`, encoding),
      suffix && quoted(suffix),
    ]
    const wanted = text.filter((part) => part).join(' + ')
    check(`not equal(${snakeCase(name)}, ${wanted})`, 'The digest of the body does not match.')
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted =
      'text' in token.issuer ? quoted(token.issuer.text) : snakeCase(token.issuer.variable)
    check(`claims.get("iss") != ${wanted}`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check('claims.get("sub") != url', 'The token is for another URL.')
  if (token.body) {
    const { claim, encoding } = token.body
    const padding = encoding === 'base64url' ? '.rstrip("=")' : ''
    checks.push(`body_hash = ${encoded('hashlib.sha256(body)', encoding)}`)
    check(
      `not equal(str(claims.get(${quoted(claim)}))${padding}, body_hash)`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    checks.push('url_hash = hashlib.sha256(url.encode()).hexdigest()')
    check(
      `not equal(str(claims.get(${quoted(token.urlHashClaim)})), url_hash)`,
      'The token is for another URL.',
    )
  }
  return lines(...checks, tokenTimes(token))
}

function tokenTimes(token: NonNullable<Plan['token']>): string {
  const { pastSeconds, futureSeconds } = token
  if (token.times === 'exp-nbf') {
    const past = pastSeconds ? ` - ${pastSeconds}` : ''
    const future = futureSeconds ? ` + ${futureSeconds}` : ''
    return lines(
      refuse(`int(now)${past} >= claims.get("exp", math.inf)`, 401, 'The token has expired.'),
      refuse(`int(now)${future} < claims.get("nbf", 0)`, 401, 'The token is not valid yet.'),
    )
  }
  return lines(
    refuse(
      'not isinstance(claims.get("iat"), (int, float))',
      400,
      'The token does not say when it was made.',
    ),
    'age = int(now) - claims["iat"]',
    pastSeconds !== null && refuse(`age > ${pastSeconds}`, 401, 'The token is too old.'),
    futureSeconds !== null && refuse(`age < ${-futureSeconds}`, 401, 'The token is too new.'),
  )
}
