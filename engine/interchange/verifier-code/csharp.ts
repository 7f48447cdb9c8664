import { csharpHelpers, csharpUsings } from './csharp-helpers.ts'
import type { Age, Part, Plan, Proof, Source } from './plan.ts'
import { blocks, indent, lines, quoted } from './text.ts'
import { mismatch, secretComment } from './words.ts'

/** A Program.cs for ASP.NET Core, C# 12. */
export function csharp(plan: Plan): string {
  const check = verifyFunction(plan)
  const members = blocks(check, ...csharpHelpers(plan, check))
  const given = [
    'name => string.Join(", ", request.Headers[name].ToArray())',
    'body',
    'secrets',
    'DateTimeOffset.UtcNow',
  ]
  if (plan.uses.method) given.push('request.Method')
  if (plan.uses.url) given.push('publicOrigin + request.GetEncodedPathAndQuery()')
  const map = plan.uses.compactJson ? 'Map' : 'MapPost'
  const program = blocks(
    lines(
      ...secretComment(plan).map((line) => `// ${line}`),
      `string[] secrets = (Environment.GetEnvironmentVariable(${quoted(plan.secretsVariable)}) ?? "")`,
      `    .Split('${plan.separator}', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);`,
      plan.uses.url &&
        '// Where the sender calls: a proxy or tunnel may have changed what arrives here.',
      plan.uses.url &&
        'string publicOrigin = Environment.GetEnvironmentVariable("PUBLIC_ORIGIN") ?? "http://localhost:5000";',
    ),
    'var app = WebApplication.Create(args);',
    lines(
      `app.${map}("/webhooks/${plan.id}", async (HttpRequest request) =>`,
      '{',
      '    using var buffer = new MemoryStream();',
      '    await request.Body.CopyToAsync(buffer);',
      '    byte[] body = buffer.ToArray(); // the bytes as they came',
      '    try',
      '    {',
      '        Webhook.Verify(',
      given.map((each) => `            ${each}`).join(',\n') + ');',
      '    }',
      '    catch (Refused refusal)',
      '    {',
      '        return Results.Text(refusal.Message, statusCode: refusal.Status);',
      '    }',
      '    // Genuine. What happened is in body.',
      '    return Results.Ok();',
      '});',
    ),
    'app.Run();',
    lines(
      'class Refused(int status, string message) : Exception(message)',
      '{',
      '    public int Status { get; } = status;',
      '}',
    ),
    `static class Webhook\n{\n${indent(members, 4)}\n}`,
  )
  return `${blocks(
    `// Checks webhooks from ${plan.name}: ${plan.algorithm}.\n// ${plan.documentationUrl}`,
    csharpUsings(program),
    program,
  )}\n`
}

function verifyFunction(plan: Plan): string {
  const parameters = [
    'Func<string, string> header',
    'byte[] body',
    'string[] secrets',
    'DateTimeOffset now',
  ]
  if (plan.uses.method) parameters.push('string method')
  if (plan.uses.url) parameters.push('string url')
  return lines(
    `/// <summary>Throws Refused unless ${plan.name.replace(/&/g, '&amp;').replace(/</g, '&lt;')} sent this and it is fresh.</summary>`,
    'public static void Verify(',
    `    ${parameters.join(', ')})`,
    '{',
    indent(
      lines(
        ...plan.requiredHeaders.map(({ name, value }) =>
          refuse(`header(${quoted(name)}) != ${quoted(value)}`, 400, `${name} must be ${value}.`),
        ),
        plan.uses.json && 'JsonElement payload = ParseJson(body);',
        plan.uses.form && 'var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));',
        JSON.stringify(plan.reads).includes('"kind":"query"') &&
          'var query = QueryHelpers.ParseQuery(new Uri(url).Query);',
        signatures(plan),
        ...plan.reads.map(({ name, source, label, optional }) => {
          const text = textOf(source)
          return `string ${name} = ${optional ? text : `Required(${text}, ${quoted(label)})`};`
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
        ? `header(${quoted(source.names[0] ?? '')})`
        : `FirstOf(${source.names.map((name) => `header(${quoted(name)})`).join(', ')})`
    case 'field':
      return `fields.GetValueOrDefault(${quoted(source.name)}, "")`
    case 'json':
      return `${source.type === 'number' ? 'NumberAt' : 'TextAt'}(payload${source.path.map((step) => `, ${JSON.stringify(step)}`).join('')})`
    case 'form':
    case 'query':
      return `${source.kind}.TryGetValue(${quoted(source.name)}, out var ${source.kind}Value) ? ${source.kind}Value[0] ?? "" : ""`
    case 'setting':
      return `Environment.GetEnvironmentVariable(${quoted(source.variable)}) ?? ""`
    case 'joined':
      return `string.Join(${quoted(source.joint)}, ${source.parts.map(textOf).join(', ')})`
    case 'path':
      return 'new Uri(url).AbsolutePath'
    default:
      return source.kind
  }
}

function signatures(plan: Plan): string {
  const { signature, token, uses } = plan
  const { split, source, further } = signature
  const one = `Required(${textOf(source)}, ${quoted(signature.label)})`
  if (token) {
    const { prefix } = signature
    return lines(
      `string token = ${one};`,
      prefix !== '' &&
        refuse(
          `!token.StartsWith(${quoted(prefix)}, StringComparison.Ordinal)`,
          400,
          `Missing: ${prefix.trim()}.`,
        ),
      `string[] parts = token${prefix === '' ? '' : `[${prefix.length}..]`}.Split('.');`,
      refuse('parts.Length != 3', 400, 'That is not a JSON Web Token.'),
      'JsonElement claims = DecodeJson(parts[1]);',
      refuse(
        `TextAt(DecodeJson(parts[0]), "alg") != ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'string[] signatures = [parts[2]];',
    )
  }
  if (!split) {
    if (further.length > 0 && source.kind === 'header') {
      const names = [...source.names, ...further].map((name) => `header(${quoted(name)})`)
      return lines(
        `string[] received = [${names.join(', ')}];`,
        'string[] signatures = received.Where(text => text != "").ToArray();',
        refuse('signatures.Length == 0', 400, `Missing: ${signature.label}.`),
      )
    }
    return signature.repeatable
      ? `string[] signatures = Regex.Split(${one}, ", ?");`
      : `string[] signatures = [${one}];`
  }
  const list =
    split.list === ' ' ? `Regex.Split(${one}, ",? ")` : `${one}.Split(${quoted(split.list)})`
  const last = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
  const keep = (name: string, value: string) =>
    last ? `fields[${name}] = ${value};` : `fields.TryAdd(${name}, ${value});`
  const trimmed = split.trim ? 'entry.Trim()' : 'entry'
  if (split.pair === null) {
    const count = split.positions.length
    if (count === 0)
      return `string[] signatures = ${list}${split.trim ? '.Select(entry => entry.Trim()).ToArray()' : ''};`
    return lines(
      `string[] parts = ${list};`,
      `string[] signatures = parts.Skip(${count}).ToArray();`,
      uses.fields && 'var fields = new Dictionary<string, string>();',
      ...(uses.fields
        ? split.positions.map(
            (name, at) => `if (parts.Length > ${at}) ${keep(quoted(name), `parts[${at}]`)}`,
          )
        : []),
    )
  }
  return lines(
    uses.fields && 'var fields = new Dictionary<string, string>();',
    'var signatures = new List<string>();',
    split.list === ' ' && '// A repeated header arrives joined with a comma.',
    `foreach (string entry in ${list})`,
    '{',
    `    string[] pair = ${trimmed}.Split(${quoted(split.pair)}, 2);`,
    split.bare && '    if (pair.Length == 1) signatures.Add(pair[0]);',
    '    if (pair.Length == 1) continue;',
    split.version !== null &&
      `    if (pair[0] == ${quoted(split.version)}) signatures.Add(pair[1]);`,
    uses.fields && `    ${keep('pair[0]', 'pair[1]')}`,
    '}',
  )
}

function freshness(age: Age): string {
  const clock = age.wholeSeconds
    ? 'now.ToUnixTimeSeconds()'
    : 'now.ToUnixTimeMilliseconds() / 1000.0'
  const signedAt = {
    s: 'SecondsOf(timestamp)',
    ms: 'SecondsOf(timestamp) / 1000',
    's-or-ms': 'SecondsOf(timestamp) / (timestamp.Length > 11 ? 1000 : 1)',
    iso8601: 'SecondsOf(timestamp)',
    'iso8601-no-zone': 'SecondsOf(timestamp + "Z")',
    'http-date': 'SecondsOf(timestamp)',
    any: 'SecondsOf(timestamp)',
  }[age.unit]
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

function match(plan: Plan): string {
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

function after({ bodyHash, token }: Plan): string {
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
  const claim = (name: string) => `TextAt(claims, ${quoted(name)})`
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
