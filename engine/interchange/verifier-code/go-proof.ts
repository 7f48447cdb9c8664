import type { Part, Plan, Proof } from './plan.ts'
import { indentTabs, lines, quoted } from './text.ts'
import { mismatch } from './words.ts'
import { refuse } from './go-reading.ts'

export function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.token) return 'content := []byte(parts[0] + "." + parts[1])'
  return secretInContent(plan) ? null : `content := ${bytesOf(plan.content)}`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

function bytesOf(parts: readonly Part[]): string {
  if (parts.length === 1 && parts[0]?.kind === 'body' && parts[0].as === 'raw') return 'body'
  return `[]byte(${parts.map(textOfPart).join(' + ')})`
}

function textOfPart(part: Part): string {
  if (part.kind === 'literal') return quoted(part.text)
  if (part.kind === 'variable') return part.name
  if (part.kind === 'secret') return 'secret'
  const forms = {
    raw: 'string(body)',
    'compact-json': 'compactJSON(body)',
    'sha256-hex': 'sha256Hex(body)',
    crc32: 'strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10)',
    'json-string': 'string(body)',
  }
  return forms[part.as]
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  const refusal = refuse('!genuine', 401, mismatch(proof))
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return lines(
      'genuine := false',
      'for _, secret := range secrets {',
      '\tfor _, signature := range signatures {',
      '\t\tgenuine = genuine || matches(secret, signature, content)',
      '\t}',
      '}',
      refusal,
    )
  }
  const keyed = proof.kind === 'hmac' && proof.keys.some((form) => form !== 'utf8')
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  const inner = lines(
    secretInContent(plan) && `content := ${bytesOf(plan.content)}`,
    proof.kind === 'hmac' &&
      lines(
        `mac := hmac.New(${proof.digest === 'sha384' ? 'sha512.New384' : `${proof.digest}.New`}, ${keyed ? 'key' : keyText(proof)})`,
        'mac.Write(content)',
      ),
    proof.kind === 'digest' && `sum := ${sumOf(proof.digest)}(content)`,
    `expected := ${prefix}${expected(plan, proof)}`,
    'for _, signature := range signatures {',
    '\tgenuine = genuine || hmac.Equal([]byte(signature), []byte(expected))',
    '}',
  )
  return lines(
    'genuine := false',
    'for _, secret := range secrets {',
    keyed
      ? lines(
          `\tfor _, key := range keysOf(${proof.keyText ? proof.keyText.map(textOfPart).join(' + ') : 'secret'}) {`,
          indentTabs(indentTabs(inner)),
          '\t}',
        )
      : indentTabs(inner),
    '}',
    refusal,
  )
}

function keyText(proof: Extract<Proof, { kind: 'hmac' }>): string {
  return proof.keyText ? `[]byte(${proof.keyText.map(textOfPart).join('+')})` : '[]byte(secret)'
}

export function sumOf(digest: string): string {
  if (digest === 'sha1') return 'sha1.Sum'
  return digest === 'sha384' ? 'sha512.Sum384' : `${digest}.Sum${digest.slice(3)}`
}

function expected(plan: Plan, proof: Proof): string {
  if (proof.kind === 'token') return 'secret'
  if (proof.kind === 'basic') {
    return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}base64.StdEncoding.EncodeToString([]byte(secret))`
  }
  const bytes = proof.kind === 'digest' ? 'sum[:]' : 'mac.Sum(nil)'
  return encoded(bytes, plan.signature.encoding)
}

function encoded(bytes: string, encoding: Plan['signature']['encoding']): string {
  if (encoding === 'base64') return `base64.StdEncoding.EncodeToString(${bytes})`
  if (encoding === 'base64url') return `base64.RawURLEncoding.EncodeToString(${bytes})`
  const hex = `hex.EncodeToString(${bytes})`
  return encoding === 'upper-hex' ? `strings.ToUpper(${hex})` : hex
}

export function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && quoted(prefix),
      encoded('bodySum[:]', encoding),
      suffix && quoted(suffix),
    ]
    checks.push(
      `bodySum := ${sumOf(digest)}(body)`,
      refuse(
        equal(name, text.filter((part) => part).join(' + ')),
        401,
        'The digest of the body does not match.',
      ),
    )
  }
  if (!token) return checks.join('\n')
  if (token.issuer) {
    const wanted = 'text' in token.issuer ? quoted(token.issuer.text) : token.issuer.variable
    checks.push(refuse(`textAt(claims, "iss") != ${wanted}`, 401, 'The token has another issuer.'))
  }
  if (token.subjectIsUrl)
    checks.push(refuse('textAt(claims, "sub") != url', 401, 'The token is for another URL.'))
  if (token.body) {
    const said = `textAt(claims, ${quoted(token.body.claim)})`
    const bare = token.body.encoding === 'base64url' ? `strings.TrimRight(${said}, "=")` : said
    checks.push(
      'bodySum := sha256.Sum256(body)',
      refuse(
        equal(bare, encoded('bodySum[:]', token.body.encoding)),
        401,
        'The token is for another body.',
      ),
    )
  }
  if (token.urlHashClaim) {
    checks.push(
      refuse(
        equal(`textAt(claims, ${quoted(token.urlHashClaim)})`, 'sha256Hex([]byte(url))'),
        401,
        'The token is for another URL.',
      ),
    )
  }
  const { pastSeconds: past, futureSeconds: future } = token
  if (token.times === 'exp-nbf') {
    checks.push(
      'expiry, err := strconv.ParseFloat(textAt(claims, "exp"), 64)',
      refuse(
        `err == nil && float64(now.Unix()${past ? `-${past}` : ''}) >= expiry`,
        401,
        'The token has expired.',
      ),
      'start, err := strconv.ParseFloat(textAt(claims, "nbf"), 64)',
      refuse(
        `err == nil && float64(now.Unix()${future ? `+${future}` : ''}) < start`,
        401,
        'The token is not valid yet.',
      ),
    )
  } else {
    checks.push(
      'issuedAt, err := strconv.ParseFloat(textAt(claims, "iat"), 64)',
      refuse('err != nil', 400, 'The token does not say when it was made.'),
    )
    const age = 'float64(now.Unix())-issuedAt'
    if (past !== null) checks.push(refuse(`${age} > ${past}`, 401, 'The token is too old.'))
    if (future !== null) checks.push(refuse(`${age} < ${-future}`, 401, 'The token is too new.'))
    if (past === null && future === null) checks.push('_ = issuedAt')
  }
  return checks.join('\n')
}

function equal(a: string, b: string): string {
  return `!hmac.Equal([]byte(${a}), []byte(${b}))`
}
