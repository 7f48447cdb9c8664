import { rubyHelpers } from './ruby-helpers.ts'
import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { blocks, indent, lines, quoted, snakeCase } from './text.ts'
import { mismatch, secretComment } from './words.ts'

/** A Sinatra application; `verify` takes any Rack environment. */
export function ruby(plan: Plan): string {
  const check = verifyFunction(plan)
  const helpers = rubyHelpers(plan, check)
  const code = blocks(...helpers, check)
  const libraries = ['json', 'time', 'uri', 'zlib'].filter((name) =>
    new RegExp(
      { json: 'JSON\\.', time: 'Time\\.(?:iso8601|httpdate)', uri: 'URI', zlib: 'Zlib' }[name] ??
        name,
    ).test(code),
  )
  return `${blocks(
    `# Checks webhooks from ${plan.name}: ${plan.algorithm}.\n# ${plan.documentationUrl}`,
    lines(...[...libraries, 'openssl', 'sinatra'].sort().map((name) => `require "${name}"`)),
    lines(
      ...secretComment(plan).map((line) => `# ${line}`),
      `SECRETS = ENV.fetch(${quoted(plan.secretsVariable)}, "").split(${quoted(plan.separator)}).map(&:strip).reject(&:empty?)`,
      plan.uses.url &&
        '# Where the sender calls: a proxy or tunnel may have changed what arrives here.',
      plan.uses.url && 'PUBLIC_ORIGIN = ENV.fetch("PUBLIC_ORIGIN", "http://localhost:4567")',
    ),
    code,
    handler(plan),
  )}\n`
}

function handler({ id, uses }: Plan): string {
  const given = ['request.env', 'body', 'SECRETS']
  if (uses.method) given.push('method: request.request_method')
  if (uses.url) given.push('url: PUBLIC_ORIGIN + request.fullpath')
  return lines(
    `post "/webhooks/${id}" do`,
    '  body = request.body.read # the bytes as they came',
    '  begin',
    `    verify(${given.join(', ')})`,
    '  rescue Refused => refusal',
    '    halt refusal.status, refusal.message',
    '  end',
    '  # Genuine. What happened is in body.',
    '  status 200',
    'end',
  )
}

function verifyFunction(plan: Plan): string {
  const parameters = ['env', 'body', 'secrets']
  if (plan.uses.method) parameters.push('method:')
  if (plan.uses.url) parameters.push('url:')
  return lines(
    `# Raises Refused unless ${plan.name} sent this and it is fresh.`,
    `def verify(${[...parameters, 'now: Time.now'].join(', ')})`,
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`unless ${header(name)} == ${quoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && 'payload = parse_json(body)',
        plan.uses.form && 'form = URI.decode_www_form(body).reverse.to_h',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'query = URI.decode_www_form(URI(url).query.to_s).reverse.to_h',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `${snakeCase(name)} = ${optional ? text : `required(${text}, ${quoted(label)})`}`
        }),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      2,
    ),
    'end',
  )
}

function refuse(condition: string, status: 400 | 401, why: string): string {
  return `raise Refused.new(${status}, ${quoted(why)}) ${condition}`
}

function header(name: string): string {
  return `env["HTTP_${name.toUpperCase().replace(/-/g, '_')}"].to_s`
}

function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.length === 1
        ? header(source.names[0] ?? '')
        : `[${source.names.map(header).join(', ')}].find { |text| !text.empty? }.to_s`
    case 'field':
      return `entries.${source.last ? 'reverse' : 'to_a'}.assoc(${quoted(source.name)}).to_a[1].to_s`.replace(
        '.to_a.assoc',
        '.assoc',
      )
    case 'json':
      return `text_at(payload, ${JSON.stringify(source.path)}${source.type ? `, ${source.type === 'string' ? 'String' : 'Numeric'}` : ''})`
    case 'form':
      return `form[${quoted(source.name)}].to_s`
    case 'query':
      return `query[${quoted(source.name)}].to_s`
    case 'setting':
      return `ENV.fetch(${quoted(source.variable)}, "")`
    case 'joined':
      return `[${source.parts.map(textOf).join(', ')}].join(${quoted(source.joint)})`
    case 'path':
      return 'URI(url).path'
    default:
      return source.kind
  }
}

function signatures({ signature, token, uses }: Plan): string {
  const { split, source, further } = signature
  const one = `required(${textOf(source)}, ${quoted(signature.label)})`
  if (token) {
    const { prefix } = signature
    return lines(
      `token = ${one}`,
      prefix !== '' &&
        refuse(`unless token.start_with?(${quoted(prefix)})`, 400, `Missing: ${prefix.trim()}.`),
      `head, claims_text, signature = token${prefix === '' ? '' : `.delete_prefix(${quoted(prefix)})`}.split(".")`,
      'claims = decode_json(claims_text)',
      refuse(
        `unless decode_json(head)["alg"] == ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'signatures = [signature.to_s]',
    )
  }
  if (!split) {
    if (further.length > 0 && source.kind === 'header') {
      return lines(
        `signatures = [${[...source.names, ...further].map(header).join(', ')}].reject(&:empty?)`,
        refuse('if signatures.empty?', 400, `Missing: ${signature.label}.`),
      )
    }
    return signature.repeatable ? `signatures = ${one}.split(/, ?/)` : `signatures = [${one}]`
  }
  const separator = split.list === ' ' ? '/,? /' : quoted(split.list)
  const list = `${one}.split(${separator})${split.trim ? '.map(&:strip)' : ''}`
  if (split.pair === null) {
    const count = split.positions.length
    if (count === 0) return `signatures = ${list}`
    return lines(
      `parts = ${list}`,
      `signatures = parts.drop(${count})`,
      uses.fields && `entries = [${split.positions.map(quoted).join(', ')}].zip(parts)`,
    )
  }
  const wanted = split.version === null ? [] : [`name == ${quoted(split.version)}`]
  if (split.bare) wanted.push('name.empty?')
  const pair = `entry.split(${quoted(split.pair)}, 2)`
  const either = split.bare ? `entry.include?(${quoted(split.pair)}) ? ${pair} : ["", entry]` : pair
  return lines(
    split.list === ' ' && '# A repeated header arrives joined with a comma.',
    `entries = ${list}.map { |entry| ${either} }`,
    `signatures = entries.filter_map { |name, value| value if ${wanted.join(' || ')} }`,
  )
}

function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'now.to_i' : 'now.to_f'
  const signedAt = {
    s: 'timestamp.to_i',
    ms: 'timestamp.to_i / 1000.0',
    's-or-ms': 'timestamp.to_i / (timestamp.length > 11 ? 1000.0 : 1)',
    iso8601: 'seconds_of(timestamp)',
    'iso8601-no-zone': 'seconds_of("#{timestamp}Z")',
    'http-date': 'seconds_of(timestamp)',
    any: 'seconds_of(timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        'unless timestamp.match?(/\\A\\d{1,16}\\z/)',
        400,
        'The timestamp is not a whole number.',
      ),
    `age = ${clock} - ${signedAt}`,
    age.pastSeconds !== null &&
      refuse(`if age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`if age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}

function content(plan: Plan): string | null {
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

function match(plan: Plan): string {
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

function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  const sha256 = (of: string, encoding: 'hex' | 'base64' | 'base64url') =>
    encoded(
      `OpenSSL::Digest::SHA256.${encoding === 'hex' ? 'hexdigest' : 'digest'}(${of})`,
      encoding,
    )
  if (bodyHash) {
    const { name, digest, encoding, prefix, suffix } = bodyHash
    const sum = sha256('body', encoding).replace('SHA256', digest.toUpperCase())
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
    checks.push(`body_hash = ${sha256('body', token.body.encoding)}`)
    check(
      `unless OpenSSL.secure_compare(claims[${quoted(token.body.claim)}].to_s${padding}, body_hash)`,
      'The token is for another body.',
    )
  }
  if (token.urlHashClaim) {
    check(
      `unless claims[${quoted(token.urlHashClaim)}] == ${sha256('url', 'hex')}`,
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
