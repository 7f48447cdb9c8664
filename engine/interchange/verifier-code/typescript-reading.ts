import type { Plan, Source } from './plan.ts'
import { lines, quoted } from './text.ts'

/** A statement that refuses under a condition, on one line where it fits. */
export function refuse(condition: string, status: 400 | 401, why: string): string {
  const thrown = `throw new Refused(${status}, ${quoted(why)});`
  const line = `if (${condition}) ${thrown}`
  return line.length <= 78 ? line : `if (${condition}) {\n  ${thrown}\n}`
}

/** An expression for the text that stands there; empty when it is absent. */
export function textOf(source: Source): string {
  switch (source.kind) {
    case 'header':
      return `String(${source.names.map((name) => `headers[${quoted(name.toLowerCase())}]`).join(' ?? ')} ?? "")`
    case 'field': {
      const method = source.last ? 'findLast' : 'find'
      return `entries.${method}(([name]) => name === ${quoted(source.name)})?.[1] ?? ""`
    }
    case 'json':
      return `text(payload${member(source.path)}${source.type ? `, ${quoted(source.type)}` : ''})`
    case 'form':
      return source.path
        ? `text(parseJson(form.get(${quoted(source.name)}) ?? "null")${member(source.path)})`
        : `form.get(${quoted(source.name)}) ?? ""`
    case 'query':
      return `searchParams.get(${quoted(source.name)}) ?? ""`
    case 'setting':
      return `process.env.${source.variable} ?? ""`
    case 'joined':
      return `[${source.parts.map(textOf).join(', ')}].join(${quoted(source.joint)})`
    case 'path':
      return 'pathname'
    case 'method':
    case 'url':
      break
  }
  return source.kind
}

export function member(path: readonly (string | number)[]): string {
  return path
    .map((step) =>
      typeof step === 'string' && /^[A-Za-z_$][\w$]*$/.test(step)
        ? `?.${step}`
        : `?.[${JSON.stringify(step)}]`,
    )
    .join('')
}

export function signatures(plan: Plan): string {
  const { signature, token } = plan
  const { split } = signature
  const names =
    signature.source.kind === 'header' ? [...signature.source.names, ...signature.further] : []
  const one = `required(${textOf(signature.source)}, ${quoted(signature.label)})`
  if (token) {
    return lines(
      `const token = ${one};`,
      signature.prefix !== '' &&
        refuse(
          `!token.startsWith(${quoted(signature.prefix)})`,
          400,
          `Missing: ${signature.prefix.trim()}.`,
        ),
      `const [head = "", claimsText = "", signature = ""] = token${signature.prefix === '' ? '' : `.slice(${signature.prefix.length})`}.split(".");`,
      'const claims = decodeJson(claimsText);',
      refuse(
        `decodeJson(head).alg !== ${quoted(token.alg)}`,
        401,
        'The token has another algorithm.',
      ),
      'const signatures = [signature];',
    )
  }
  if (split) return splitSignatures(plan, one)
  if (signature.further.length > 0) {
    return lines(
      `const signatures = [${names.map((name) => quoted(name.toLowerCase())).join(', ')}]`,
      '  .map((name) => String(headers[name] ?? ""))',
      '  .filter((signature) => signature !== "");',
      refuse('signatures.length === 0', 400, `Missing: ${signature.label}.`),
    )
  }
  if (signature.repeatable) return `const signatures = ${one}.split(/, ?/);`
  return `const signatures = [${one}];`
}

function splitSignatures({ signature, uses }: Plan, one: string): string {
  const { split } = signature
  if (!split) return ''
  const trimmed = split.trim ? 'entry.trim()' : 'entry'
  if (split.pair === null) {
    const names = split.positions.map((name) => `${name}Entry`)
    const list = `${one}.split(${quoted(split.list)})${split.trim ? '.map((entry) => entry.trim())' : ''}`
    if (names.length === 0) return `const signatures = ${list};`
    const entries = split.positions.map((name, at) => `[${quoted(name)}, ${names[at]}]`).join(', ')
    return lines(
      `const [${names.map((name) => `${name} = ""`).join(', ')}, ...signatures] = ${list};`,
      uses.fields && `const entries = [${entries}];`,
    )
  }
  const bare = `entry.includes(${quoted(split.pair)}) ? ${pairOf(split.pair, trimmed)} : ["", ${trimmed}]`
  const wanted = [
    split.version !== null && `name === ${quoted(split.version)}`,
    split.bare && 'name === ""',
  ]
  return lines(
    `const entries = ${one}`,
    split.list === ' '
      ? '  .split(/,? /) // a repeated header arrives joined with a comma'
      : `  .split(${quoted(split.list)})`,
    split.bare
      ? `  .map((entry) => (${bare}));`
      : `  .map((entry) => ${pairOf(split.pair, trimmed)});`,
    'const signatures = entries',
    `  .filter(([name]) => ${wanted.filter((each) => each).join(' || ')})`,
    '  .map(([, value]) => value);',
  )
}

function pairOf(pair: string, entry: string): string {
  return `pairOf(${entry}, ${quoted(pair)})`
}
