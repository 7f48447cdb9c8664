import type { Part, Plan, Proof } from './plan.ts'
import { indent, lines, quoted } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './java-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'byte[] content = (parts[0] + "." + parts[1]).getBytes(UTF_8);'
  return secretInContent(plan) ? null : `byte[] content = ${bytesOf(plan.content)};`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function bytesOf(parts: readonly Part[]): string {
  const stretches: string[] = []
  let texts: string[] = []
  const flush = () => {
    if (texts.length > 0)
      stretches.push(
        texts.length === 1
          ? `${texts[0]}.getBytes(UTF_8)`
          : `(${texts.join(' + ')}).getBytes(UTF_8)`,
      )
    texts = []
  }
  for (const part of parts) {
    if (part.kind === 'body' && part.as === 'raw') {
      flush()
      stretches.push('body')
    } else texts.push(partText(part))
  }
  flush()
  return stretches.length === 1 ? (stretches[0] ?? '') : `concat(${stretches.join(', ')})`
}

function partText(part: Part): string {
  if (part.kind === 'literal') return quoted(part.text)
  if (part.kind === 'variable') return part.name
  if (part.kind === 'secret') return 'secret'
  return {
    raw: 'new String(body, UTF_8)',
    'compact-json': 'compactJson(body)',
    'sha256-hex': 'HexFormat.of().formatHex(digest("SHA-256", body))',
    crc32: 'crc32(body)',
    'json-string': 'new ObjectMapper().writeValueAsString(new String(body, UTF_8))',
  }[part.as]
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  const asymmetric = proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa'
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  const keyed = proof.kind === 'hmac' && proof.keys.some((form) => form !== 'utf8')
  const inner = lines(
    secretInContent(plan) && `byte[] content = ${bytesOf(plan.content)};`,
    !asymmetric && `String expected = ${prefix}${expected(plan, proof, keyed)};`,
    'for (String signature : signatures) {',
    asymmetric
      ? '    genuine = genuine || matches(publicKey(secret), signature, content);'
      : '    genuine = genuine || MessageDigest.isEqual(signature.getBytes(UTF_8), expected.getBytes(UTF_8));',
    '}',
  )
  const text =
    proof.kind === 'hmac' && proof.keyText ? proof.keyText.map(partText).join(' + ') : 'secret'
  return lines(
    'boolean genuine = false;',
    'for (String secret : secrets) {',
    keyed
      ? lines(`    for (byte[] key : keysOf(${text})) {`, indent(inner, 8), '    }')
      : indent(inner, 4),
    '}',
    refuse('!genuine', 401, mismatch(proof)),
  )
}

function expected(plan: Plan, proof: Proof, keyed: boolean): string {
  if (proof.kind === 'token') return 'secret'
  if (proof.kind === 'basic') {
    return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}Base64.getEncoder().encodeToString(secret.getBytes(UTF_8))`
  }
  let made = ''
  if (proof.kind === 'digest') made = `digest(${quoted(digestName(proof.digest))}, content)`
  if (proof.kind === 'hmac') {
    const text = proof.keyText ? `(${proof.keyText.map(partText).join(' + ')})` : 'secret'
    made = `hmac("Hmac${proof.digest.toUpperCase()}", ${keyed ? 'key' : `${text}.getBytes(UTF_8)`}, content)`
  }
  return encoded(made, plan.signature.encoding)
}

function digestName(digest: string): string {
  return digest.replace('sha', 'SHA-')
}

function encoded(made: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `Base64.getEncoder().encodeToString(${made})`
  if (encoding === 'base64url')
    return `Base64.getUrlEncoder().withoutPadding().encodeToString(${made})`
  return `HexFormat.of()${encoding === 'upper-hex' ? '.withUpperCase()' : ''}.formatHex(${made})`
}

export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const sum = encoded(`digest(${quoted(digestName(digest))}, body)`, encoding)
    const text = [prefix && quoted(prefix), sum, suffix && quoted(suffix)]
      .filter((part) => part)
      .join(' + ')
    check(`!${name}.equals(${text})`, 'The digest of the body does not match.')
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted = 'text' in token.issuer ? quoted(token.issuer.text) : token.issuer.variable
    check(`!${claim('iss')}.equals(${wanted})`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check(`!${claim('sub')}.equals(url)`, 'The token is for another URL.')
  if (token.body) {
    const padding = token.body.encoding === 'base64url' ? '.replaceAll("=+$", "")' : ''
    checks.push(`String bodyHash = ${encoded('digest("SHA-256", body)', token.body.encoding)};`)
    check(
      `!${claim(token.body.claim)}${padding}.equals(bodyHash)`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    checks.push(`String urlHash = ${encoded('digest("SHA-256", url.getBytes(UTF_8))', 'hex')};`)
    check(`!${claim(token.urlHashClaim)}.equals(urlHash)`, 'The token is for another URL.')
  }
  const { pastSeconds: past, futureSeconds: future } = token
  checks.push('long seconds = now.getEpochSecond();')
  if (token.times === 'exp-nbf') {
    check(
      `seconds${past ? ` - ${past}` : ''} >= claims.path("exp").asDouble(Double.MAX_VALUE)`,
      'The token has expired.',
    )
    check(
      `seconds${future ? ` + ${future}` : ''} < claims.path("nbf").asDouble(0)`,
      'The token is not valid yet.',
    )
  } else {
    checks.push(
      refuse('!claims.path("iat").isNumber()', 400, 'The token does not say when it was made.'),
    )
    if (past !== null)
      check(`seconds - claims.path("iat").asDouble() > ${past}`, 'The token is too old.')
    if (future !== null)
      check(`seconds - claims.path("iat").asDouble() < ${-future}`, 'The token is too new.')
  }
  return checks.join('\n')
}

function claim(name: string): string {
  return `claims.path(${quoted(name)}).asText()`
}
