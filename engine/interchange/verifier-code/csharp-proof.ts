import type { Part, Plan, Proof } from './plan.ts'
import { lines, quoted } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './csharp-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'byte[] content = Encoding.UTF8.GetBytes($"{parts[0]}.{parts[1]}");'
  return secretInContent(plan) ? null : `byte[] content = ${bytesOf(plan.content)};`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function bytesOf(parts: readonly Part[]): string {
  const stretches: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') stretches.push(`Encoding.UTF8.GetBytes($"${text}")`)
    text = ''
  }
  for (const part of parts) {
    if (part.kind === 'body' && part.as === 'raw') {
      flush()
      stretches.push('body')
    } else text += inTemplate(part)
  }
  flush()
  return stretches.length === 1
    ? (stretches[0] ?? '')
    : `[${stretches.map((each) => `.. ${each}`).join(', ')}]`
}

function inTemplate(part: Part): string {
  if (part.kind === 'literal')
    return JSON.stringify(part.text).slice(1, -1).replace(/[{}]/g, '$&$&')
  if (part.kind === 'variable') return `{${part.name}}`
  if (part.kind === 'secret') return '{secret}'
  if (part.as === 'compact-json') return '{CompactJson(body)}'
  return part.as === 'crc32' ? '{Crc32.HashToUInt32(body)}' : '{Hex(SHA256.HashData(body))}'
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  const refusal = refuse('!genuine', 401, mismatch(proof))
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return lines(
      'bool genuine = secrets.Any(secret => signatures.Any(signature => Matches(secret, signature, content)));',
      refusal,
    )
  }
  const keyed = proof.kind === 'hmac' && proof.keys.some((form) => form !== 'utf8')
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  const text =
    proof.kind === 'hmac' && proof.keyText
      ? `$"${proof.keyText.map(inTemplate).join('')}"`
      : 'secret'
  return lines(
    keyed
      ? `bool genuine = secrets.SelectMany(secret => KeysOf(${text})).Any(key =>`
      : 'bool genuine = secrets.Any(secret =>',
    '{',
    secretInContent(plan) && `    byte[] content = ${bytesOf(plan.content)};`,
    `    string expected = ${prefix}${expected(plan, proof, keyed ? 'key' : `Encoding.UTF8.GetBytes(${text})`)};`,
    '    return signatures.Any(signature => Same(signature, expected));',
    '});',
    refusal,
  )
}

function expected(plan: Plan, proof: Proof, key: string): string {
  if (proof.kind === 'token') return 'secret'
  if (proof.kind === 'basic') {
    return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))`
  }
  if (proof.kind === 'digest') {
    return encoded(`${proof.digest.toUpperCase()}.HashData(content)`, plan.signature.encoding)
  }
  if (proof.kind !== 'hmac') return '""'
  return encoded(
    `HMAC${proof.digest.toUpperCase()}.HashData(${key}, content)`,
    plan.signature.encoding,
  )
}

function encoded(made: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `Convert.ToBase64String(${made})`
  if (encoding === 'base64url') return `Base64Url(${made})`
  return encoding === 'upper-hex' ? `Convert.ToHexString(${made})` : `Hex(${made})`
}

export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const sum = encoded(`${digest.toUpperCase()}.HashData(body)`, encoding)
    const text = [prefix && quoted(prefix), sum, suffix && quoted(suffix)]
      .filter((part) => part)
      .join(' + ')
    check(`!Same(${name}, ${text})`, 'The digest of the body does not match.')
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted = 'text' in token.issuer ? quoted(token.issuer.text) : token.issuer.variable
    check(`${claim('iss')} != ${wanted}`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check(`${claim('sub')} != url`, 'The token is for another URL.')
  if (token.body) {
    const padding = token.body.encoding === 'base64url' ? ".TrimEnd('=')" : ''
    checks.push(`string bodyHash = ${encoded('SHA256.HashData(body)', token.body.encoding)};`)
    check(`!Same(${claim(token.body.claim)}${padding}, bodyHash)`, 'The token is for another body.')
  }
  if (token.urlHashClaim) {
    checks.push('string urlHash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(url)));')
    check(`!Same(${claim(token.urlHashClaim)}, urlHash)`, 'The token is for another URL.')
  }
  const { pastSeconds: past, futureSeconds: future } = token
  const number = (name: string) =>
    `double.TryParse(${claim(name)}, CultureInfo.InvariantCulture, out double ${name})`
  checks.push('long seconds = now.ToUnixTimeSeconds();')
  if (token.times === 'exp-nbf') {
    check(`${number('exp')} && seconds${past ? ` - ${past}` : ''} >= exp`, 'The token has expired.')
    check(
      `${number('nbf')} && seconds${future ? ` + ${future}` : ''} < nbf`,
      'The token is not valid yet.',
    )
  } else {
    checks.push(refuse(`!${number('iat')}`, 400, 'The token does not say when it was made.'))
    if (past !== null) check(`seconds - iat > ${past}`, 'The token is too old.')
    if (future !== null) check(`seconds - iat < ${-future}`, 'The token is too new.')
  }
  return checks.join('\n')
}

function claim(name: string): string {
  return `TextAt(claims, ${quoted(name)})`
}
