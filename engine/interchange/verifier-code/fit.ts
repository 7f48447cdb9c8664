/** How a language breaks a call over lines. */
export interface Layout {
  width: number
  indent: string
  /** After the last argument: `,` where the language allows (or wants) it. */
  lastComma: '' | ','
}

/** Arguments shorter than this gain nothing from lines of their own. */
const WORTHWHILE = 24

/**
 * Breaks lines that are too wide at the arguments of their last call; those that have none stay as
 * they are. Texts in quotes are never broken.
 */
export function fit(code: string, layout: Layout): string {
  return code
    .split('\n')
    .flatMap((line) => fitLine(line, layout))
    .join('\n')
}

function fitLine(line: string, layout: Layout): string[] {
  const ending = /\)[;,]?(?: \{)?$/.exec(line)
  if (line.length <= layout.width || !ending || /^\s*(?:\/\/|#|\*|if|for|raise)/.test(line)) {
    return [line]
  }
  const call = argumentsOf(line, ending.index)
  if (!call || ending.index - call.start < WORTHWHILE) return [line]
  if (call.parts.some((part) => part.startsWith('/'))) return [line] // a regular expression
  const margin = /^\s*/.exec(line)?.[0] ?? ''
  const last = call.parts.length - 1
  const inner = call.parts.map(
    (part, index) => `${margin}${layout.indent}${part}${index < last ? ',' : layout.lastComma}`,
  )
  return [
    line.slice(0, call.start + 1),
    ...inner.flatMap((each) => fitLine(each, layout)),
    `${margin}${line.slice(ending.index)}`,
  ]
}

/** The arguments of the call that ends at `end`, and where its parenthesis opens. */
function argumentsOf(line: string, end: number): { start: number; parts: string[] } | null {
  const open: number[] = []
  const commas = new Map<number, number[]>()
  let quote = ''
  for (let at = 0; at < end; at++) {
    const char = line[at] ?? ''
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'" || char === '`') quote = char
    else if (char === '(' || char === '[' || char === '{') open.push(at)
    else if (char === ')' || char === ']' || char === '}') open.pop()
    else if (char === ',') {
      const innermost = open.at(-1) ?? -1
      commas.set(innermost, [...(commas.get(innermost) ?? []), at])
    }
  }
  const start = open.at(-1)
  if (start === undefined || line[start] !== '(' || quote !== '') return null
  const cuts = [start, ...(commas.get(start) ?? []), end]
  const parts = cuts.slice(1).map((cut, index) => line.slice((cuts[index] ?? 0) + 1, cut).trim())
  return { start, parts: parts.filter((part) => part !== '') }
}
