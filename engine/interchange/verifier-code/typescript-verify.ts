import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { indent, lines, quoted } from './text.ts'
import { mismatch } from './words.ts'

/** A statement that refuses under a condition, on one line where it fits. */
function refuse(condition: string, status: 400 | 401, why: string): string {
  const thrown = `throw new Refused(${status}, ${quoted(why)});`
  const line = `if (${condition}) ${thrown}`
  return line.length <= 78 ? line : `if (${condition}) {\n  ${thrown}\n}`
}

/** The function that checks a request, in TypeScript for Node's crypto. */
export function verifyFunction(plan: Plan): string {
  const fields = ['headers: Record<string, string | string[] | undefined>;', 'body: Buffer;']
  if (plan.uses.method) fields.push('method: string;')
  if (plan.uses.url) fields.push('/** The whole URL, as the sender called it. */\nurl: string;')
  return lines(
    `interface Delivery {\n${indent(fields.join('\n'), 2)}\n}\n`,
    `/** Throws \`Refused\` unless ${plan.name} sent this and it is fresh. */`,
    'function verify(delivery: Delivery, secrets: string[], now = Date.now()): void {',
    indent(
      lines(
        `const { ${['headers', 'body', plan.uses.method && 'method', plan.uses.url && 'url']
          .filter((name) => name)
          .join(', ')} } = delivery;`,
        requiredHeaders(plan),
        plan.uses.json && 'const payload = parseJson(body);',
        plan.uses.form && 'const form = new URLSearchParams(body.toString());',
        plan.uses.query && 'const { pathname, searchParams } = new URL(url, "http://localhost");',
        signatures(plan),
        ...plan.reads.map(
          ({ name, source, label, optional }) =>
            `const ${name} = ${optional ? textOf(source) : `required(${textOf(source)}, ${quoted(label)})`};`,
        ),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      2,
    ),
    '}',
  ).replace(/const \{ pathname, searchParams \}/, () => urlParts(plan))
}

function urlParts({ reads }: Plan): string {
  const names = [
    reads.some(({ source }) => source.kind === 'path') && 'pathname',
    JSON.stringify(reads).includes('"kind":"query"') && 'searchParams',
  ]
  return `const { ${names.filter((name) => name).join(', ')} }`
}

function requiredHeaders({ requiredHeaders: headers }: Plan): string {
  return headers
    .map(({ name, value }) =>
      refuse(
        `headers[${quoted(name.toLowerCase())}] !== ${quoted(value)}`,
        400,
        `${name} must be ${value}.`,
      ),
    )
    .join('\n')
}

/** An expression for the text that stands there; empty when it is absent. */
function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return `String(${source.names.map((name) => `headers[${quoted(name.toLowerCase())}]`).join(' ?? ')} ?? "")`
    case 'field': {
      const method = source.last ? 'findLast' : 'find'
      return `entries.${method}(([name]) => name === ${quoted(source.name)})?.[1] ?? ""`
    }
    case 'json':
      return `text(payload${member(source.path)}${source.type ? `, ${quoted(source.type)}` : ''})`
    case 'form':
      return source.path
        ? `text(parseJson(form.get(${quoted(source.name)}) ?? "null")${member(source.path)})`
        : `form.get(${quoted(source.name)}) ?? ""`
    case 'query':
      return `searchParams.get(${quoted(source.name)}) ?? ""`
    case 'setting':
      return `process.env.${source.variable} ?? ""`
    case 'joined':
      return `[${source.parts.map(textOf).join(', ')}].join(${quoted(source.joint)})`
    case 'path':
      return 'pathname'
    default:
      return source.kind
  }
}

function member(path: readonly (string | number)[]): string {
  return path
    .map((step) =>
      typeof step === 'string' && /^[A-Za-z_$][\w$]*$/.test(step)
        ? `?.${step}`
        : `?.[${JSON.stringify(step)}]`,
    )
    .join('')
}

function signatures(plan: Plan): string {
  const { signature, token } = plan
  const { split } = signature
  const names =
    signature.source.kind === 'header' ? [...signature.source.names, ...signature.further] : []
  const one = `required(${textOf(signature.source)}, ${quoted(signature.label)})`
  if (token) {
    return lines(
      `const token = ${one};`,
      signature.prefix !== '' &&
        refuse(
          `!token.startsWith(${quoted(signature.prefix)})`,
          400,
          `Missing: ${signature.prefix.trim()}.`,
        ),
      `const [head = "", claimsText = "", signature = ""] = token${signature.prefix === '' ? '' : `.slice(${signature.prefix.length})`}.split(".");`,
      'const claims = decodeJson(claimsText);',
      refuse(
        `decodeJson(head).alg !== ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'const signatures = [signature];',
    )
  }
  if (split) return splitSignatures(plan, one)
  if (signature.further.length > 0) {
    return lines(
      `const signatures = [${names.map((name) => quoted(name.toLowerCase())).join(', ')}]`,
      '  .map((name) => String(headers[name] ?? ""))',
      '  .filter((signature) => signature !== "");',
      refuse('signatures.length === 0', 400, `Missing: ${signature.label}.`),
    )
  }
  if (signature.repeatable) return `const signatures = ${one}.split(/, ?/);`
  return `const signatures = [${one}];`
}

function splitSignatures({ signature, uses }: Plan, one: string): string {
  const { split } = signature
  if (!split) return ''
  const trimmed = split.trim ? 'entry.trim()' : 'entry'
  if (split.pair === null) {
    const names = split.positions.map((name) => `${name}Entry`)
    const list = `${one}.split(${quoted(split.list)})${split.trim ? '.map((entry) => entry.trim())' : ''}`
    if (names.length === 0) return `const signatures = ${list};`
    const entries = split.positions.map((name, at) => `[${quoted(name)}, ${names[at]}]`).join(', ')
    return lines(
      `const [${names.map((name) => `${name} = ""`).join(', ')}, ...signatures] = ${list};`,
      uses.fields && `const entries = [${entries}];`,
    )
  }
  const bare = `entry.includes(${quoted(split.pair)}) ? ${pairOf(split.pair, trimmed)} : ["", ${trimmed}]`
  const wanted = [
    split.version !== null && `name === ${quoted(split.version)}`,
    split.bare && 'name === ""',
  ]
  return lines(
    `const entries = ${one}`,
    split.list === ' '
      ? '  .split(/,? /) // a repeated header arrives joined with a comma'
      : `  .split(${quoted(split.list)})`,
    split.bare
      ? `  .map((entry) => (${bare}));`
      : `  .map((entry) => ${pairOf(split.pair, trimmed)});`,
    'const signatures = entries',
    `  .filter(([name]) => ${wanted.filter((each) => each).join(' || ')})`,
    '  .map(([, value]) => value);',
  )
}

function pairOf(pair: string, entry: string): string {
  return `pairOf(${entry}, ${quoted(pair)})`
}

/** Refuses what is too old or too new; `age` is in seconds. */
function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'Math.floor(now / 1000)' : 'now / 1000'
  const signedAt = {
    s: 'Number(timestamp)',
    ms: 'Number(timestamp) / 1000',
    's-or-ms': 'Number(timestamp) / (timestamp.length > 11 ? 1000 : 1)',
    iso8601: 'Date.parse(timestamp) / 1000',
    'iso8601-no-zone': 'Date.parse(`${timestamp}Z`) / 1000',
    'http-date': 'Date.parse(timestamp) / 1000',
    any: 'secondsOf(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric
      ? refuse('!/^\\d{1,16}$/.test(timestamp)', 400, 'The timestamp is not a whole number.')
      : null,
    `const age = ${clock} - ${signedAt};`,
    !numeric && refuse('Number.isNaN(age)', 400, 'The timestamp cannot be read.'),
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}

/** The signed content, where it does not depend on the secret. */
function content(plan: Plan): string | null {
  const { proof } = plan
  if (proof.kind === 'token' || proof.kind === 'basic') return null
  if (plan.procedure) return `const content = ${procedureCall(plan.procedure)};`
  if (plan.token) return 'const content = `${head}.${claimsText}`;'
  return secretInContent(plan) ? null : `const content = ${bytesOf(plan.content)};`
}

export function procedureCall(procedure: string): string {
  return procedure === 'twilio-form' ? 'url + sortedForm(body)' : 'itemContent(payload)'
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
    default:
      return '${JSON.stringify(body.toString())}'
  }
}

function match(plan: Plan): string {
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
    default:
      return '""'
  }
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
function after(plan: Plan): string {
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
