import type { Plan, Source } from './plan.ts'
import { lines, quoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `if ${condition}:\n    raise Refused(${status}, ${quoted(why)})`
}

/** An expression for the text that stands there; empty when it is absent. */
export function textOf(source: Source): string {
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
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

function pathOf(path: readonly (string | number)[]): string {
  return `[${path.map((step) => JSON.stringify(step)).join(', ')}]`
}

export function signatures({ signature, token, uses }: Plan): string {
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
