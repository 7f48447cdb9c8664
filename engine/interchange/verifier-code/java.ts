import { javaHelpers, javaImports } from './java-helpers.ts'
import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { blocks, indent, lines, quoted } from './text.ts'
import { className, mismatch, secretComment } from './words.ts'

/** A Spring controller. */
export function java(plan: Plan): string {
  const check = verifyFunction(plan)
  const helpers = javaHelpers(plan, check)
  const name = className(plan.id)
  const members = blocks(
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `private static final List<String> SECRETS = secretsOf(System.getenv().getOrDefault(${quoted(plan.secretsVariable)}, ""));`,
    ),
    plan.uses.url &&
      lines(
        '// Where the sender calls: a proxy or tunnel may have changed what arrives here.',
        'private static final String PUBLIC_ORIGIN = System.getenv().getOrDefault("PUBLIC_ORIGIN", "http://localhost:8080");',
      ),
    handler(plan),
    check,
    ...helpers,
  )
  return `${blocks(
    `// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    javaImports(members),
    `@RestController\nclass ${name} {\n${indent(members, 4)}\n}`,
  )}\n`
}

function handler({ id, uses, separator }: Plan): string {
  const given = [
    'name -> String.join(", ", Collections.list(request.getHeaders(name)))',
    'body',
    'SECRETS',
    'Instant.now()',
  ]
  if (uses.method) given.push('request.getMethod()')
  if (uses.url) given.push('PUBLIC_ORIGIN + target')
  const mapping = uses.compactJson ? 'RequestMapping' : 'PostMapping'
  return `@${mapping}("/webhooks/${id}")
ResponseEntity<String> receive(HttpServletRequest request) throws Exception {
    byte[] body = request.getInputStream().readAllBytes(); // the bytes as they came
${uses.url ? '    String query = request.getQueryString();\n    String target = request.getRequestURI() + (query == null ? "" : "?" + query);\n' : ''}    try {
        verify(${given.join(', ')});
    } catch (Refused refusal) {
        return ResponseEntity.status(refusal.status).body(refusal.getMessage());
    }
    // Genuine. What happened is in body.
    return ResponseEntity.ok().build();
}

static List<String> secretsOf(String text) {
    return Arrays.stream(text.split(${quoted(separator)})).map(String::strip).filter(secret -> !secret.isEmpty()).toList();
}`
}

function verifyFunction(plan: Plan): string {
  const parameters = [
    'UnaryOperator<String> header',
    'byte[] body',
    'List<String> secrets',
    'Instant now',
  ]
  if (plan.uses.method) parameters.push('String method')
  if (plan.uses.url) parameters.push('String url')
  return lines(
    `/** Throws Refused unless ${plan.name} sent this and it is fresh; \`header\` gives "" for what is absent. */`,
    `static void verify(${parameters.join(', ')}) throws Exception {`,
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(
            `!header.apply(${quoted(name)}).equals(${quoted(value)})`,
            400,
            `${name} must be ${value}.`,
          ),
        ),
        plan.uses.json && 'JsonNode payload = parseJson(body);',
        plan.uses.form && 'Map<String, String> form = formValues(new String(body, UTF_8));',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'Map<String, String> query = formValues(URI.create(url).getRawQuery());',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `String ${name} = ${optional ? text : `required(${text}, ${quoted(label)})`};`
        }),
        plan.age && freshness(plan.age),
        content(plan),
        match(plan),
        after(plan),
      ),
      4,
    ),
    '}',
  )
}

function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if (${condition}) throw new Refused(${status}, ${quoted(why)});`
}

function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.length === 1
        ? `header.apply(${quoted(source.names[0] ?? '')})`
        : `firstOf(${source.names.map((name) => `header.apply(${quoted(name)})`).join(', ')})`
    case 'field':
      return `fields.getOrDefault(${quoted(source.name)}, "")`
    case 'json': {
      const pointer = quoted(
        source.path
          .map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`)
          .join(''),
      )
      return source.type
        ? `payload.at(${pointer}).${source.type === 'string' ? 'isTextual' : 'isNumber'}() ? payload.at(${pointer}).asText() : ""`
        : `payload.at(${pointer}).asText("")`
    }
    case 'form':
      return `form.getOrDefault(${quoted(source.name)}, "")`
    case 'query':
      return `query.getOrDefault(${quoted(source.name)}, "")`
    case 'setting':
      return `setting(${quoted(source.variable)})`
    case 'joined':
      return `String.join(${quoted(source.joint)}, ${source.parts.map(textOf).join(', ')})`
    case 'path':
      return 'URI.create(url).getRawPath()'
    default:
      return source.kind
  }
}

function signatures(plan: Plan): string {
  const { signature, token, uses } = plan
  const { split, source, further } = signature
  const one = `required(${textOf(source)}, ${quoted(signature.label)})`
  if (token) {
    const { prefix } = signature
    return lines(
      `String token = ${one};`,
      prefix !== '' &&
        refuse(`!token.startsWith(${quoted(prefix)})`, 400, `Missing: ${prefix.trim()}.`),
      `String[] parts = token${prefix === '' ? '' : `.substring(${prefix.length})`}.split("\\\\.");`,
      refuse('parts.length != 3', 400, 'That is not a JSON Web Token.'),
      'JsonNode claims = decodeJson(parts[1]);',
      refuse(
        `!decodeJson(parts[0]).path("alg").asText().equals(${quoted(token.alg)})`,
        401,
        'The token has another algorithm.',
      ),
      'List<String> signatures = List.of(parts[2]);',
    )
  }
  if (!split) {
    if (further.length > 0 && source.kind === 'header') {
      const names = [...source.names, ...further].map(quoted).join(', ')
      return lines(
        `List<String> signatures = Stream.of(${names}).map(header).filter(text -> !text.isEmpty()).toList();`,
        refuse('signatures.isEmpty()', 400, `Missing: ${signature.label}.`),
      )
    }
    return signature.repeatable
      ? `List<String> signatures = List.of(${one}.split(", ?"));`
      : `List<String> signatures = List.of(${one});`
  }
  const separator =
    split.list === ' ' ? '",? "' : quoted(split.list.replace(/[|.*+?^$()[\]{}\\]/g, '\\$&'))
  const list = `${one}.split(${separator})`
  const last = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
  const keep = (name: string, value: string) =>
    `fields.${last ? 'put' : 'putIfAbsent'}(${name}, ${value});`
  const start = lines(
    uses.fields && 'Map<String, String> fields = new HashMap<>();',
    'List<String> signatures = new ArrayList<>();',
  )
  const trimmed = split.trim ? 'entry.strip()' : 'entry'
  if (split.pair === null) {
    if (split.positions.length === 0) {
      return lines(start, `for (String entry : ${list}) signatures.add(${trimmed});`)
    }
    const names = `List.of(${split.positions.map(quoted).join(', ')})`
    return lines(
      start,
      `List<String> names = ${names};`,
      'int position = 0;',
      `for (String entry : ${list}) {`,
      uses.fields
        ? `    if (position < names.size()) ${keep('names.get(position)', trimmed)}`
        : '    if (position < names.size()) { position++; continue; }',
      `    else signatures.add(${trimmed});`.replace(
        '    else ',
        uses.fields ? '    else ' : '    ',
      ),
      '    position++;',
      '}',
    )
  }
  return lines(
    split.list === ' ' && '// A repeated header arrives joined with a comma.',
    start,
    `for (String entry : ${list}) {`,
    `    int at = entry.indexOf(${quoted(split.pair)});`,
    split.bare ? `    if (at < 0) signatures.add(${trimmed});` : null,
    '    if (at < 0) continue;',
    `    String name = entry.substring(0, at)${split.trim ? '.strip()' : ''};`,
    `    String value = entry.substring(at + ${split.pair.length})${split.trim ? '.strip()' : ''};`,
    split.version !== null &&
      `    if (name.equals(${quoted(split.version)})) signatures.add(value);`,
    uses.fields && `    ${keep('name', 'value')}`,
    '}',
  )
}

function freshness(age: Age): string {
  const signedAt = {
    s: 'secondsOf(timestamp)',
    ms: 'secondsOf(timestamp) / 1000',
    's-or-ms': 'secondsOf(timestamp) / (timestamp.length() > 11 ? 1000 : 1)',
    iso8601: 'secondsOf(timestamp)',
    'iso8601-no-zone': 'secondsOf(timestamp + "Z")',
    'http-date': 'secondsOf(timestamp)',
    any: 'secondsOf(timestamp)',
  }[age.unit]
  const clock = age.wholeSeconds ? 'now.getEpochSecond()' : 'now.toEpochMilli() / 1000.0'
  return lines(
    `double age = ${clock} - ${signedAt};`,
    age.pastSeconds !== null &&
      refuse(`age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}

function content(plan: Plan): string | null {
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

function match(plan: Plan): string {
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

function after({ bodyHash, token }: Plan): string {
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
  const claim = (name: string) => `claims.path(${quoted(name)}).asText()`
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
