import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { indent, lines, quoted, snakeCase } from './text.ts'
import { mismatch } from './words.ts'

/** The function that checks a request, in Python 3.9 or newer. */
export function verifyFunction(plan: Plan): string {
  const parameters = ['headers', 'body', 'secrets', '*']
  if (plan.uses.method) parameters.push('method')
  if (plan.uses.url) parameters.push('url')
  return lines(
    `def verify(${[...parameters, 'now=None'].join(', ')}):`,
    indent(
      lines(
        `"""Raises Refused unless ${plan.name} sent this and it is fresh."""`,
        'now = time.time() if now is None else now',
        requiredHeaders(plan),
        plan.uses.json && 'payload = parse_json(body)',
        plan.uses.form && 'form = parse_qs(body.decode(errors="replace"), keep_blank_values=True)',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'query = parse_qs(urlsplit(url).query, keep_blank_values=True)',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          const value = optional ? text : `required(${text}, ${quoted(label)})`
          return `${snakeCase(name)} = ${value}`
        }),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      4,
    ),
  )
}

function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if ${condition}:\n    raise Refused(${status}, ${quoted(why)})`
}

function requiredHeaders({ requiredHeaders: headers }: Plan): string {
  return headers
    .map(({ name, value }) =>
      refuse(`headers.get(${quoted(name)}) != ${quoted(value)}`, 400, `${name} must be ${value}.`),
    )
    .join('\n')
}

/** An expression for the text that stands there; empty when it is absent. */
function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.map((name) => `headers.get(${quoted(name)}, "")`).join(' or ')
    case 'field': {
      const entries = source.last ? 'reversed(entries)' : 'entries'
      return `next((value for name, value in ${entries} if name == ${quoted(source.name)}), "")`
    }
    case 'json': {
      const type =
        source.type === null ? '' : `, ${source.type === 'string' ? 'str' : '(int, float)'}`
      return `text_at(payload, ${pathOf(source.path)}${type})`
    }
    case 'form':
      return source.path
        ? `text_at(parse_json(form.get(${quoted(source.name)}, ["null"])[0]), ${pathOf(source.path)})`
        : `form.get(${quoted(source.name)}, [""])[0]`
    case 'query':
      return `query.get(${quoted(source.name)}, [""])[0]`
    case 'setting':
      return `os.environ.get(${quoted(source.variable)}, "")`
    case 'joined':
      return `${quoted(source.joint)}.join([${source.parts.map(textOf).join(', ')}])`
    case 'path':
      return 'urlsplit(url).path'
    default:
      return source.kind
  }
}

function pathOf(path: readonly (string | number)[]): string {
  return `[${path.map((step) => JSON.stringify(step)).join(', ')}]`
}

function signatures({ signature, token, uses }: Plan): string {
  const { split, source, further } = signature
  const one = `required(${textOf(source)}, ${quoted(signature.label)})`
  if (token) {
    return lines(
      `token = ${one}`,
      signature.prefix !== '' &&
        refuse(
          `not token.startswith(${quoted(signature.prefix)})`,
          400,
          `Missing: ${signature.prefix.trim()}.`,
        ),
      `head, claims_text, signature = (token${signature.prefix === '' ? '' : `[${signature.prefix.length}:]`}.split(".") + ["", ""])[:3]`,
      'claims = decode_json(claims_text)',
      refuse(
        `decode_json(head).get("alg") != ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'signatures = [signature]',
    )
  }
  if (!split) {
    if (further.length > 0 && source.kind === 'header') {
      const names = [...source.names, ...further].map(quoted).join(', ')
      return lines(
        `names = [${names}]`,
        'signatures = [headers[name] for name in names if headers.get(name)]',
        refuse('not signatures', 400, `Missing: ${signature.label}.`),
      )
    }
    if (signature.repeatable) return `signatures = re.split(", ?", ${one})`
    return `signatures = [${one}]`
  }
  const entry = split.trim ? 'entry.strip()' : 'entry'
  if (split.pair === null) {
    const list = `[${entry} for entry in ${one}.split(${quoted(split.list)})]`
    if (split.positions.length === 0) return `signatures = ${list}`
    const count = split.positions.length
    return lines(
      `parts = ${list}`,
      `signatures = parts[${count}:]`,
      uses.fields && `entries = list(zip([${split.positions.map(quoted).join(', ')}], parts))`,
    )
  }
  const pair = `${entry}.partition(${quoted(split.pair)})[::2]`
  const wanted = split.version === null ? [] : [`name == ${quoted(split.version)}`]
  const either = split.bare ? `${pair} if ${quoted(split.pair)} in entry else ("", ${entry})` : pair
  if (split.bare) wanted.push('name == ""')
  return lines(
    `header = ${one}`,
    split.list === ' ' && '# A repeated header arrives joined with a comma.',
    `entries = [${either} for entry in ${split.list === ' ' ? 're.split(",? ", header)' : `header.split(${quoted(split.list)})`}]`,
    `signatures = [value for name, value in entries if ${wanted.join(' or ')}]`,
  )
}

/** Refuses what is too old or too new; `age` is in seconds. */
function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'int(now)' : 'now'
  const signedAt = {
    s: 'int(timestamp)',
    ms: 'int(timestamp) / 1000',
    's-or-ms': 'int(timestamp) / (1000 if len(timestamp) > 11 else 1)',
    iso8601: 'seconds_of(timestamp)',
    'iso8601-no-zone': 'seconds_of(timestamp + "Z")',
    'http-date': 'seconds_of(timestamp)',
    any: 'seconds_of(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        'not re.fullmatch("[0-9]{1,16}", timestamp)',
        400,
        'The timestamp is not a whole number.',
      ),
    `age = ${clock} - ${signedAt}`,
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}

function content(plan: Plan): string | null {
  const { kind } = plan.proof
  if (kind === 'token' || kind === 'basic') return null
  if (plan.procedure === 'twilio-form') return 'content = (url + sorted_form(body)).encode()'
  if (plan.procedure) return 'content = item_content(payload).encode()'
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

function match(plan: Plan): string {
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
    default:
      return '""'
  }
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
function after({ bodyHash, token }: Plan): string {
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
