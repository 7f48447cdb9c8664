import type { Plan, Source } from './plan.ts'
import { indentTabs, lines, quoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if ${condition} {\n\treturn &refused{${status}, ${quoted(why)}}\n}`
}

export function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return source.names.length === 1
        ? `header.Get(${quoted(source.names[0] ?? '')})`
        : `firstOf(${source.names.map((name) => `header.Get(${quoted(name)})`).join(', ')})`
    case 'field':
      return `fields[${quoted(source.name)}]`
    case 'json':
      return `${source.type === 'number' && source.path.length === 1 ? 'numberAt' : 'textAt'}(payload${source.path.map((step) => `, ${JSON.stringify(step)}`).join('')})`
    case 'form':
      return `form.Get(${quoted(source.name)})`
    case 'query':
      return `parsed.Query().Get(${quoted(source.name)})`
    case 'setting':
      return `os.Getenv(${quoted(source.variable)})`
    case 'joined':
      return source.parts.map(textOf).join(` + ${quoted(source.joint)} + `)
    case 'path':
      return 'parsed.EscapedPath()'
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

export function signatures(plan: Plan): string {
  const { signature, token, uses } = plan
  const { split, source, further } = signature
  const names = source.kind === 'header' ? [...source.names, ...further] : []
  const several = split !== null || signature.repeatable
  const one =
    source.kind === 'header' && several
      ? `strings.Join(header.Values(firstPresent(header, ${source.names.map(quoted).join(', ')})), ", ")`.replace(
          /firstPresent\(header, ("[^"]*")\)/,
          '$1',
        )
      : textOf(source)
  const missing = (name: string) => refuse(`${name} == ""`, 400, `Missing: ${signature.label}.`)
  if (token) {
    const bare =
      signature.prefix === '' ? 'token' : `strings.TrimPrefix(token, ${quoted(signature.prefix)})`
    return lines(
      `token := ${one}`,
      signature.prefix === ''
        ? missing('token')
        : refuse(
            `!strings.HasPrefix(token, ${quoted(signature.prefix)})`,
            400,
            `Missing: ${signature.label}.`,
          ),
      `parts := strings.Split(${bare}, ".")`,
      refuse('len(parts) != 3', 400, 'That is not a JSON Web Token.'),
      'head, claims := decodeJSON(parts[0]), decodeJSON(parts[1])',
      refuse(
        `textAt(head, "alg") != ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'signatures := parts[2:]',
    )
  }
  if (further.length > 0) {
    return lines(
      'var signatures []string',
      `for _, name := range []string{${names.map(quoted).join(', ')}} {`,
      '\tsignatures = append(signatures, header.Values(name)...)',
      '}',
      refuse('len(signatures) == 0', 400, `Missing: ${signature.label}.`),
    )
  }
  if (!split && signature.repeatable && source.kind === 'header') {
    return lines(
      `received := ${one}`,
      missing('received'),
      'signatures := strings.Split(received, ", ")',
    )
  }
  if (!split)
    return lines(`signature := ${one}`, missing('signature'), 'signatures := []string{signature}')
  const joined = split.list === ' ' ? `strings.ReplaceAll(${one}, ", ", " ")` : one
  const loop = (body: string) =>
    lines(
      `received := ${joined}`,
      missing('received'),
      uses.fields && 'fields := map[string]string{}',
      'var signatures []string',
      `for ${split.positions.length > 0 ? 'position' : '_'}, entry := range strings.Split(received, ${quoted(split.list)}) {`,
      split.trim && '\tentry = strings.TrimSpace(entry)',
      indentTabs(body),
      '}',
    )
  if (split.pair === null) {
    const keep = 'signatures = append(signatures, entry)'
    return loop(
      split.positions.length === 0
        ? keep
        : lines(
            `if position < ${split.positions.length} {`,
            uses.fields
              ? `\tfields[[]string{${split.positions.map(quoted).join(', ')}}[position]] = entry`
              : '\tcontinue',
            '} else {',
            `\t${keep}`,
            '}',
          ),
    )
  }
  const keepField = plan.reads.some((read) => read.source.kind === 'field' && read.source.last)
    ? 'fields[name] = value'
    : lines('if _, seen := fields[name]; !seen {', '\tfields[name] = value', '}')
  return loop(
    lines(
      `name, value, ${split.bare ? 'paired' : '_'} := strings.Cut(entry, ${quoted(split.pair)})`,
      split.bare &&
        lines('if !paired {', '\tsignatures = append(signatures, entry)', '\tcontinue', '}'),
      split.version !== null &&
        lines(
          `if name == ${quoted(split.version)} {`,
          '\tsignatures = append(signatures, value)',
          '}',
        ),
      uses.fields ? keepField : split.bare && split.version === null && '_, _ = name, value',
    ),
  )
}
