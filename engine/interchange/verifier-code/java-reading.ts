import type { Plan, Source } from './plan.ts'
import { lines, quoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if (${condition}) throw new Refused(${status}, ${quoted(why)});`
}

export function textOf(source: Source): string {
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
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

export function signatures(plan: Plan): string {
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
  const received = `String received = ${one};`
  const list = `received.split(${separator})`
  const last = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
  const keep = (name: string, value: string) =>
    `fields.${last ? 'put' : 'putIfAbsent'}(${name}, ${value});`
  const start = lines(
    received,
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
