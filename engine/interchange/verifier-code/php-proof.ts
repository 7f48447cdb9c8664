import type { Part, Plan, Proof } from './plan.ts'
import { lines, singleQuoted } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './php-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return "$content = $head . '.' . $claimsText;"
  return secretInContent(plan) ? null : `$content = ${joined(plan.content)};`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function joined(parts: readonly Part[]): string {
  return parts.map(partText).join(' . ') || "''"
}

function partText(part: Part): string {
  if (part.kind === 'literal') {
    const controls = JSON.stringify(part.text).replace(/\$/g, '\\$')
    return /[\n\r\t]/.test(part.text) ? controls : singleQuoted(part.text)
  }
  if (part.kind === 'variable') return `$${part.name}`
  if (part.kind === 'secret') return '$secret'
  return {
    raw: '$body',
    'compact-json': 'compactJson($body)',
    'sha256-hex': "hash('sha256', $body)",
    crc32: 'crc32($body)',
    'json-string':
      'json_encode($body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS)',
  }[part.as]
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  const refusal = refuse('!$genuine', 401, mismatch(proof))
  const asymmetric = proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa'
  const keyed = proof.kind === 'hmac' && proof.keys.length > 1
  const prefix =
    signature.prefix !== '' && !plan.token ? `${singleQuoted(signature.prefix)} . ` : ''
  return lines(
    '$genuine = false;',
    keyed
      ? "foreach (array_merge(...array_map('keysOf', $secrets)) as $key) {"
      : 'foreach ($secrets as $secret) {',
    secretInContent(plan) && `    $content = ${joined(plan.content)};`,
    !asymmetric && `    $expected = ${prefix}${expected(plan, proof, keyed)};`,
    '    foreach ($signatures as $signature) {',
    asymmetric
      ? '        $genuine = $genuine || matches($secret, $signature, $content);'
      : '        $genuine = $genuine || hash_equals($expected, $signature);',
    '    }',
    '}',
    refusal,
  )
}

function expected(plan: Plan, proof: Proof, keyed: boolean): string {
  const { encoding } = plan.signature
  if (proof.kind === 'token') return '$secret'
  if (proof.kind === 'basic') {
    return `${plan.signature.prefix === '' ? "'Basic ' . " : ''}base64_encode($secret)`
  }
  const raw = encoding === 'base64' || encoding === 'base64url' ? ', true' : ''
  let made = ''
  if (proof.kind === 'digest') made = `hash('${proof.digest}', $content${raw})`
  if (proof.kind === 'hmac') {
    const text = proof.keyText ? joined(proof.keyText) : '$secret'
    const key = keyed ? '$key' : proof.keys[0] === 'utf8' ? text : `keyOf(${text})`
    made = `hash_hmac('${proof.digest}', $content, ${key}${raw})`
  }
  return encoded(made, encoding)
}

function encoded(made: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `base64_encode(${made})`
  if (encoding === 'base64url') return `rtrim(strtr(base64_encode(${made}), '+/', '-_'), '=')`
  return encoding === 'upper-hex' ? `strtoupper(${made})` : made
}

export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (bodyHash) {
    const { name, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && singleQuoted(prefix),
      digestOf(bodyHash.digest, encoding),
      suffix && singleQuoted(suffix),
    ]
    check(
      `!hash_equals(${text.filter((part) => part).join(' . ')}, $${name})`,
      'The digest of the body does not match.',
    )
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted =
      'text' in token.issuer ? singleQuoted(token.issuer.text) : `$${token.issuer.variable}`
    check(`($claims['iss'] ?? '') !== ${wanted}`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check("($claims['sub'] ?? '') !== $url", 'The token is for another URL.')
  if (token.body) {
    const said = `(string) ($claims[${singleQuoted(token.body.claim)}] ?? '')`
    const bare = token.body.encoding === 'base64url' ? `rtrim(${said}, '=')` : said
    check(
      `!hash_equals(${digestOf('sha256', token.body.encoding)}, ${bare})`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    check(
      `($claims[${singleQuoted(token.urlHashClaim)}] ?? '') !== hash('sha256', $url)`,
      'The token is for another URL.',
    )
  }
  const { pastSeconds: past, futureSeconds: future } = token
  if (token.times === 'exp-nbf') {
    check(
      `floor($now)${past ? ` - ${past}` : ''} >= ($claims['exp'] ?? INF)`,
      'The token has expired.',
    )
    check(
      `floor($now)${future ? ` + ${future}` : ''} < ($claims['nbf'] ?? 0)`,
      'The token is not valid yet.',
    )
  } else {
    checks.push(
      refuse(
        "!is_numeric($claims['iat'] ?? null)",
        400,
        'The token does not say when it was made.',
      ),
    )
    if (past !== null) check(`floor($now) - $claims['iat'] > ${past}`, 'The token is too old.')
    if (future !== null) check(`floor($now) - $claims['iat'] < ${-future}`, 'The token is too new.')
  }
  return checks.join('\n')
}

function digestOf(name: string, encoding: 'hex' | 'base64' | 'base64url'): string {
  return encoded(`hash('${name}', $body${encoding === 'hex' ? '' : ', true'})`, encoding)
}
