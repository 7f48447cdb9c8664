import type { Plan, Source } from './plan.ts'
import { lines, quoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if (${condition}) throw new Refused(${status}, ${quoted(why)});`
}

export function textOf(source: Source): string {
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
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

export function signatures(plan: Plan): string {
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
  const received = `string received = ${one};`
  const list =
    split.list === ' ' ? 'Regex.Split(received, ",? ")' : `received.Split(${quoted(split.list)})`
  const last = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
  const keep = (name: string, value: string) =>
    last ? `fields[${name}] = ${value};` : `fields.TryAdd(${name}, ${value});`
  const trimmed = split.trim ? 'entry.Trim()' : 'entry'
  if (split.pair === null) {
    const count = split.positions.length
    if (count === 0)
      return `${received}\nstring[] signatures = ${list}${split.trim ? '.Select(entry => entry.Trim()).ToArray()' : ''};`
    return lines(
      received,
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
    received,
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
