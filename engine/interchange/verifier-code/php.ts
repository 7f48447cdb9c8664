import { phpHelpers } from './php-helpers.ts'
import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { blocks, indent, lines, singleQuoted } from './text.ts'
import { mismatch, secretComment } from './words.ts'

/** A script that is the endpoint itself. */
export function php(plan: Plan): string {
  const check = verifyFunction(plan)
  const given = ['$_SERVER', '$body', '$secrets']
  if (plan.uses.method) given.push("$_SERVER['REQUEST_METHOD']")
  if (plan.uses.url) given.push("getenv('PUBLIC_ORIGIN') . $_SERVER['REQUEST_URI']")
  return `${blocks(
    `<?php\n\n// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    'declare(strict_types=1);',
    ...phpHelpers(plan, check),
    check,
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `$secrets = array_filter(array_map('trim', explode(${singleQuoted(plan.separator)}, (string) getenv('${plan.secretsVariable}'))));`,
      "$body = (string) file_get_contents('php://input'); // the bytes as they came",
      plan.uses.url && '// PUBLIC_ORIGIN: where the sender calls, such as https://example.com.',
      'try {',
      `    verify(${given.join(', ')});`,
      '} catch (Refused $refusal) {',
      '    http_response_code($refusal->getCode());',
      '    exit($refusal->getMessage());',
      '}',
      '// Genuine. What happened is in $body.',
      'http_response_code(200);',
    ),
  )}\n`
}

function verifyFunction(plan: Plan): string {
  const parameters = ['array $server', 'string $body', 'array $secrets']
  if (plan.uses.method) parameters.push('string $method')
  if (plan.uses.url) parameters.push('string $url')
  return lines(
    `/** Throws Refused unless ${plan.name} sent this and it is fresh. */`,
    `function verify(${[...parameters, '?float $now = null'].join(', ')}): void`,
    '{',
    indent(
      lines(
        '$now ??= microtime(true);',
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`${header(name)} !== ${singleQuoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && '$payload = parseJson($body);',
        plan.uses.form && '$form = formValues($body);',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          '$query = formValues((string) parse_url($url, PHP_URL_QUERY));',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `$${name} = ${optional ? text : `required(${text}, ${singleQuoted(label)})`};`
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
  return `if (${condition}) {\n    throw new Refused(${singleQuoted(why)}, ${status});\n}`
}

function header(name: string): string {
  return `($server['HTTP_${name.toUpperCase().replace(/-/g, '_')}'] ?? '')`
}

function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.length === 1
        ? header(source.names[0] ?? '').slice(1, -1)
        : source.names.map(header).join(' ?: ')
    case 'field':
      return `fieldOf(${source.last ? 'array_reverse($entries)' : '$entries'}, ${singleQuoted(source.name)})`
    case 'json': {
      const path = source.path
        .map((step) => `[${typeof step === 'number' ? step : singleQuoted(step)}]`)
        .join('')
      return `textOf($payload${path} ?? null${source.type ? `, ${singleQuoted(source.type)}` : ''})`
    }
    case 'form':
      return `$form[${singleQuoted(source.name)}] ?? ''`
    case 'query':
      return `$query[${singleQuoted(source.name)}] ?? ''`
    case 'setting':
      return `(string) getenv('${source.variable}')`
    case 'joined':
      return `implode(${singleQuoted(source.joint)}, [${source.parts.map(textOf).join(', ')}])`
    case 'path':
      return '(string) parse_url($url, PHP_URL_PATH)'
    default:
      return `$${source.kind}`
  }
}

function signatures({ signature, token, uses }: Plan): string {
  const { split, source, further } = signature
  const one = `required(${textOf(source)}, ${singleQuoted(signature.label)})`
  if (token) {
    const { prefix } = signature
    return lines(
      `$token = ${one};`,
      prefix !== '' &&
        refuse(
          `!str_starts_with($token, ${singleQuoted(prefix)})`,
          400,
          `Missing: ${prefix.trim()}.`,
        ),
      `[$head, $claimsText, $signature] = explode('.', ${prefix === '' ? '$token' : `substr($token, ${prefix.length})`}) + ['', '', ''];`,
      '$claims = decodeJson($claimsText);',
      refuse(
        `(decodeJson($head)['alg'] ?? '') !== ${singleQuoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      '$signatures = [$signature];',
    )
  }
  if (!split) {
    if (further.length > 0 && source.kind === 'header') {
      return lines(
        `$signatures = array_filter([${[...source.names, ...further].map((name) => header(name).slice(1, -1)).join(', ')}]);`,
        refuse('$signatures === []', 400, `Missing: ${signature.label}.`),
      )
    }
    return signature.repeatable
      ? `$signatures = preg_split('/, ?/', ${one});`
      : `$signatures = [${one}];`
  }
  const parts =
    split.list === ' '
      ? `preg_split('/,? /', ${one})`
      : `explode(${singleQuoted(split.list)}, ${one})`
  const list = split.trim ? `array_map('trim', ${parts})` : parts
  if (split.pair === null) {
    const count = split.positions.length
    if (count === 0) return `$signatures = ${list};`
    return lines(
      `$parts = ${list};`,
      `$signatures = array_slice($parts, ${count});`,
      uses.fields &&
        `$entries = [${split.positions.map((name, at) => `[${singleQuoted(name)}, $parts[${at}] ?? '']`).join(', ')}];`,
    )
  }
  const wanted = split.version === null ? [] : [`$entry[0] === ${singleQuoted(split.version)}`]
  if (split.bare) wanted.push("$entry[0] === ''")
  const pair = singleQuoted(split.pair)
  const either = split.bare
    ? `str_contains($entry, ${pair}) ? explode(${pair}, $entry, 2) : ['', $entry]`
    : `explode(${pair}, $entry, 2) + ['', '']`
  return lines(
    split.list === ' ' && '// A repeated header arrives joined with a comma.',
    '$entries = array_map(',
    `    fn (string $entry): array => ${either},`,
    `    ${list},`,
    ');',
    `$signatures = array_column(array_filter($entries, fn (array $entry): bool => ${wanted.join(' || ')}), 1);`,
  )
}

function freshness(age: Age): string {
  const clock = age.wholeSeconds ? 'floor($now)' : '$now'
  const signedAt = {
    s: '(int) $timestamp',
    ms: '(int) $timestamp / 1000',
    's-or-ms': '(int) $timestamp / (strlen($timestamp) > 11 ? 1000 : 1)',
    iso8601: 'secondsOf($timestamp)',
    'iso8601-no-zone': "secondsOf($timestamp . 'Z')",
    'http-date': 'secondsOf($timestamp)',
    any: 'secondsOf($timestamp)',
  }[age.unit]
  const numeric = age.unit === 's' || age.unit === 'ms' || age.unit === 's-or-ms'
  return lines(
    numeric &&
      refuse(
        "!preg_match('/^\\d{1,16}$/D', $timestamp)",
        400,
        'The timestamp is not a whole number.',
      ),
    `$age = ${clock} - ${signedAt};`,
    age.pastSeconds !== null &&
      refuse(`$age > ${age.pastSeconds}`, 401, 'The timestamp is too old.'),
    age.futureSeconds !== null &&
      refuse(`$age < ${-age.futureSeconds}`, 401, 'The timestamp lies in the future.'),
  )
}

function content(plan: Plan): string | null {
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

function match(plan: Plan): string {
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

function after({ bodyHash, token }: Plan): string {
  const checks: string[] = []
  const check = (condition: string, why: string) => checks.push(refuse(condition, 401, why))
  const digest = (name: string, encoding: 'hex' | 'base64' | 'base64url') =>
    encoded(`hash('${name}', $body${encoding === 'hex' ? '' : ', true'})`, encoding)
  if (bodyHash) {
    const { name, encoding, prefix, suffix } = bodyHash
    const text = [
      prefix && singleQuoted(prefix),
      digest(bodyHash.digest, encoding),
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
      `!hash_equals(${digest('sha256', token.body.encoding)}, ${bare})`,
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
