import type { Part, Plan, Proof } from './plan.ts'
import { lines, quoted, snakeCase } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './ruby-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'content = "#{head}.#{claims_text}"'
  return secretInContent(plan) ? null : `content = ${bytesOf(plan.content)}`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

/** Bytes: every stretch is made binary first, since texts of two encodings cannot be joined. */
function bytesOf(parts: readonly Part[]): string {
  if (parts.length === 1 && parts[0]?.kind === 'body' && parts[0].as === 'raw') return 'body'
  const stretches: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') stretches.push(`"${text}".b`)
    text = ''
  }
  for (const part of parts) {
    if (part.kind === 'body' && part.as !== 'sha256-hex' && part.as !== 'crc32') {
      flush()
      stretches.push(
        part.as === 'raw'
          ? 'body.b'
          : part.as === 'compact-json'
            ? 'compact_json(body).b'
            : 'JSON.generate(body.dup.force_encoding("UTF-8")).b',
      )
    } else text += inTemplate(part)
  }
  flush()
  return stretches.length === 0 ? '""' : stretches.join(' + ')
}

function inTemplate(part: Part): string {
  if (part.kind === 'literal') return JSON.stringify(part.text).slice(1, -1).replace(/#/g, '\\#')
  if (part.kind === 'variable') return `#{${snakeCase(part.name)}}`
  if (part.kind === 'secret') return '#{secret}'
  return part.as === 'crc32' ? '#{Zlib.crc32(body)}' : '#{OpenSSL::Digest::SHA256.hexdigest(body)}'
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  const refusal = refuse('unless genuine', 401, mismatch(proof))
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return lines(
      'genuine = secrets.product(signatures).any? { |key, text| matches?(public_key(key), text, content) }',
      refusal,
    )
  }
  const keyed = proof.kind === 'hmac' && proof.keys.length > 1
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  return lines(
    keyed
      ? 'genuine = secrets.flat_map { |secret| keys_of(secret) }.any? do |key|'
      : 'genuine = secrets.any? do |secret|',
    secretInContent(plan) && `  content = ${bytesOf(plan.content)}`,
    `  expected = ${prefix}${expected(plan, proof, keyed)}`,
    '  signatures.any? { |signature| OpenSSL.secure_compare(signature, expected) }',
    'end',
    refusal,
  )
}

function expected(plan: Plan, proof: Proof, keyed: boolean): string {
  const { encoding } = plan.signature
  if (proof.kind === 'token') return 'secret'
  if (proof.kind === 'basic')
    return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}[secret].pack("m0")`
  const hex = encoding === 'hex' || encoding === 'upper-hex' || encoding === 'text'
  const method = hex ? 'hexdigest' : 'digest'
  let made = ''
  if (proof.kind === 'digest')
    made = `OpenSSL::Digest::${proof.digest.toUpperCase()}.${method}(content)`
  if (proof.kind === 'hmac') {
    const text = proof.keyText ? `"${proof.keyText.map(inTemplate).join('')}"` : 'secret'
    const key = keyed ? 'key' : proof.keys[0] === 'utf8' ? text : `key_of(${text})`
    made = `OpenSSL::HMAC.${method}("${proof.digest.toUpperCase()}", ${key}, content)`
  }
  return encoded(made, encoding)
}

function encoded(made: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `[${made}].pack("m0")`
  if (encoding === 'base64url') return `[${made}].pack("m0").tr("+/", "-_").delete("=")`
  return encoding === 'upper-hex' ? `${made}.upcase` : made
}

export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const sum = sha256Of('body', encoding).replace('SHA256', digest.toUpperCase())
    const text = [prefix && quoted(prefix), sum, suffix && quoted(suffix)]
      .filter((part) => part)
      .join(' + ')
    check(
      `unless OpenSSL.secure_compare(${snakeCase(name)}, ${text})`,
      'The digest of the body does not match.',
    )
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted =
      'text' in token.issuer ? quoted(token.issuer.text) : snakeCase(token.issuer.variable)
    check(`unless claims["iss"] == ${wanted}`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check('unless claims["sub"] == url', 'The token is for another URL.')
  if (token.body) {
    const padding = token.body.encoding === 'base64url' ? '.delete("=")' : ''
    checks.push(`body_hash = ${sha256Of('body', token.body.encoding)}`)
    check(
      `unless OpenSSL.secure_compare(claims[${quoted(token.body.claim)}].to_s${padding}, body_hash)`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    check(
      `unless claims[${quoted(token.urlHashClaim)}] == ${sha256Of('url', 'hex')}`,
      'The token is for another URL.',
    )
  }
  const { pastSeconds: past, futureSeconds: future } = token
  if (token.times === 'exp-nbf') {
    check(
      `if now.to_i${past ? ` - ${past}` : ''} >= claims.fetch("exp", Float::INFINITY)`,
      'The token has expired.',
    )
    check(
      `if now.to_i${future ? ` + ${future}` : ''} < claims.fetch("nbf", 0)`,
      'The token is not valid yet.',
    )
  } else {
    checks.push(
      refuse(
        'unless claims["iat"].is_a?(Numeric)',
        400,
        'The token does not say when it was made.',
      ),
    )
    if (past !== null) check(`if now.to_i - claims["iat"] > ${past}`, 'The token is too old.')
    if (future !== null) check(`if now.to_i - claims["iat"] < ${-future}`, 'The token is too new.')
  }
  return checks.join('\n')
}

function sha256Of(of: string, encoding: 'hex' | 'base64' | 'base64url'): string {
  return encoded(
    `OpenSSL::Digest::SHA256.${encoding === 'hex' ? 'hexdigest' : 'digest'}(${of})`,
    encoding,
  )
}
