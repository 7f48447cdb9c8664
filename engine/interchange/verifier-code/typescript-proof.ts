import type { Part, Plan, Proof } from './plan.ts'
import { lines, quoted } from './text.ts'
import { mismatch } from './words.ts'
import { refuse, member } from './typescript-reading.ts'

/** The signed content, where it does not depend on the secret. */
export function content(plan: Plan): string | null {
  const { proof } = plan
  if (proof.kind === 'token' || proof.kind === 'basic') return null
  if (plan.token) return 'const content = `${head}.${claimsText}`;'
  return secretInContent(plan) ? null : `const content = ${bytesOf(plan.content)};`
}

function secretInContent({ content: parts }: Plan): boolean {
  return parts.some((part) => part.kind === 'secret')
}

/** Bytes (or a text, when the body is not in it) from the parts. */
export function bytesOf(parts: readonly Part[]): string {
  if (parts.length === 1 && parts[0]?.kind === 'body' && parts[0].as === 'raw') return 'body'
  const stretches: string[] = []
  let text = ''
  for (const part of parts) {
    if (part.kind === 'body' && part.as === 'raw') {
      if (text !== '') stretches.push(`Buffer.from(\`${text}\`)`)
      stretches.push('body')
      text = ''
    } else text += inTemplate(part)
  }
  if (stretches.length === 0) return `\`${text}\``
  if (text !== '') stretches.push(`Buffer.from(\`${text}\`)`)
  return `Buffer.concat([${stretches.join(', ')}])`
}

function inTemplate(part: Part): string {
  if (part.kind === 'literal') {
    return JSON.stringify(part.text)
      .slice(1, -1)
      .replace(/\\"/g, '"')
      .replace(/`|\$\{/g, '\\$&')
  }
  if (part.kind === 'variable') return `\${${part.name}}`
  if (part.kind === 'secret') return '${secret}'
  switch (part.as) {
    case 'compact-json':
      return '${compactJson(body)}'
    case 'sha256-hex':
      return '${createHash("sha256").update(body).digest("hex")}'
    case 'crc32':
      return '${crc32(body)}'
    case 'raw':
    case 'json-string':
      break
  }
  return '${JSON.stringify(body.toString())}'
}

export function match(plan: Plan): string {
  const { proof, signature } = plan
  if (proof.kind === 'ed25519' || proof.kind === 'ecdsa' || proof.kind === 'rsa') {
    return lines(
      'const genuine = secrets.some((secret) => {',
      '  const key = publicKey(secret);',
      `  return signatures.some((signature) => ${publicKeyCheck(plan)});`,
      '});',
      refuse('!genuine', 401, mismatch(proof)),
    )
  }
  const keyed = proof.kind === 'hmac' && proof.keys.length > 1
  const prefix = signature.prefix !== '' && !plan.token ? `${quoted(signature.prefix)} + ` : ''
  return lines(
    keyed
      ? 'const genuine = secrets.flatMap(keysOf).some((key) => {'
      : 'const genuine = secrets.some((secret) => {',
    secretInContent(plan) && `  const content = ${bytesOf(plan.content)};`,
    `  const expected = ${prefix}${expected(plan, proof, keyed)};`,
    '  return signatures.some((signature) => equal(signature, expected));',
    '});',
    refuse('!genuine', 401, mismatch(proof)),
  )
}

function expected(plan: Plan, proof: Proof, keyed: boolean): string {
  const { encoding } = plan.signature
  const plain = encoding === 'upper-hex' ? 'hex' : encoding === 'text' ? 'hex' : encoding
  const upper = encoding === 'upper-hex' ? '.toUpperCase()' : ''
  switch (proof.kind) {
    case 'token':
      return 'secret'
    case 'basic':
      return `${plan.signature.prefix === '' ? '"Basic " + ' : ''}Buffer.from(secret).toString("base64")`
    case 'digest':
      return `createHash("${proof.digest}").update(content).digest("${plain}")${upper}`
    case 'hmac': {
      const key = keyed ? 'key' : keyExpression(proof)
      return `createHmac("${proof.digest}", ${key}).update(content).digest("${plain}")${upper}`
    }
    case 'ed25519':
    case 'ecdsa':
    case 'rsa':
      break
  }
  return '""'
}

function keyExpression(proof: Extract<Proof, { kind: 'hmac' }>): string {
  if (proof.keys[0] === 'utf8' && proof.keyText === null) return 'secret'
  return proof.keyText === null
    ? 'keyOf(secret)'
    : `keyOf(\`${proof.keyText.map(inTemplate).join('')}\`)`
}

function publicKeyCheck({ proof, signature }: Plan): string {
  const encoding =
    signature.encoding === 'upper-hex' || signature.encoding === 'text' ? 'hex' : signature.encoding
  const bytes = `decode(signature, "${encoding}")`
  const data = 'Buffer.from(content)'
  if (proof.kind === 'ed25519') return `verifyBytes(null, ${data}, key, ${bytes})`
  if (proof.kind === 'rsa' && proof.pss) {
    return `verifyBytes("sha256", ${data}, { key, padding: constants.RSA_PKCS1_PSS_PADDING }, ${bytes})`
  }
  if (proof.kind === 'rsa') return `verifyBytes("${proof.digest}", ${data}, key, ${bytes})`
  return proof.kind === 'ecdsa' && proof.signature === 'p1363'
    ? `verifyBytes("sha256", ${data}, { key, dsaEncoding: "ieee-p1363" }, ${bytes})`
    : `verifyBytes("sha256", ${data}, key, ${bytes})`
}

/** What must hold beside the signature. */
export function after(plan: Plan): string {
  const { bodyHash, token } = plan
  const checks: string[] = []
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && quoted(prefix),
      `createHash("${digest}").update(body).digest("${encoding}")`,
      suffix && quoted(suffix),
    ]
    checks.push(
      refuse(
        `!equal(${name}, ${text.filter((part) => part).join(' + ')})`,
        401,
        'The digest of the body does not match.',
      ),
    )
  }
  if (!token) return checks.join('\n')
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  if (token.issuer) {
    const wanted = 'text' in token.issuer ? quoted(token.issuer.text) : token.issuer.variable
    check(`claims.iss !== ${wanted}`, 'The token has another issuer.')
  }
  if (token.subjectIsUrl) check('claims.sub !== url', 'The token is for another URL.')
  if (token.body) {
    const { claim, encoding } = token.body
    const padding = encoding === 'base64url' ? '.replace(/=+$/, "")' : ''
    checks.push(`const bodyHash = createHash("sha256").update(body).digest("${encoding}");`)
    check(
      `!equal(String(claims${member([claim])})${padding}, bodyHash)`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    checks.push('const urlHash = createHash("sha256").update(url).digest("hex");')
    check(
      `!equal(String(claims${member([token.urlHashClaim])}), urlHash)`,
      'The token is for another URL.',
    )
  }
  checks.push(tokenTimes(plan))
  return checks.join('\n')
}

function tokenTimes({ token }: Plan): string {
  if (!token) return ''
  const { pastSeconds, futureSeconds } = token
  if (token.times === 'exp-nbf') {
    const past = pastSeconds ? ` - ${pastSeconds}` : ''
    const future = futureSeconds ? ` + ${futureSeconds}` : ''
    return lines(
      'const seconds = Math.floor(now / 1000);',
      refuse(`seconds${past} >= Number(claims.exp ?? Infinity)`, 401, 'The token has expired.'),
      refuse(`seconds${future} < Number(claims.nbf ?? 0)`, 401, 'The token is not valid yet.'),
    )
  }
  return lines(
    'const age = Math.floor(now / 1000) - Number(claims.iat);',
    refuse('Number.isNaN(age)', 400, 'The token does not say when it was made.'),
    pastSeconds !== null && refuse(`age > ${pastSeconds}`, 401, 'The token is too old.'),
    futureSeconds !== null && refuse(`age < ${-futureSeconds}`, 401, 'The token is too new.'),
  )
}
