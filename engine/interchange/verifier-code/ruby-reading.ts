import type { Plan, Source } from './plan.ts'
import { lines, quoted } from './text.ts'

export function refuse(condition: string, status: 400 | 401, why: string): string {
  return `raise Refused.new(${status}, ${quoted(why)}) ${condition}`
}

export function header(name: string): string {
  return `env["HTTP_${name.toUpperCase().replace(/-/g, '_')}"].to_s`
}

export function textOf(source: Source): string {
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
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

export function signatures({ signature, token, uses }: Plan): string {
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
