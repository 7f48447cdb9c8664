import type { Plan, Source } from './plan.ts'
import { lines, singleQuoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if (${condition}) {\n    throw new Refused(${singleQuoted(why)}, ${status});\n}`
}

export function header(name: string): string {
  return `($server['HTTP_${name.toUpperCase().replace(/-/g, '_')}'] ?? '')`
}

export function textOf(source: Source): string {
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
    case 'method':
    case 'url':
      break
  }
  return `$${source.kind}`
}

export function signatures({ signature, token, uses }: Plan): string {
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
