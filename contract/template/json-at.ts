/**
 * `$` with members and items: `$.data.id`, `$.items[0].id`, `$["a b"]`. Names as in RFC 9535, of
 * which this is the smallest part: one place, no wildcards.
 */
export type JsonPath = readonly (string | number)[]

const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/uy

/** `null`: this is no path. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$')) return null
  const path: (string | number)[] = []
  let at = 1
  while (at < text.length) {
    STEP.lastIndex = at
    const step = STEP.exec(text)
    if (!step) return null
    const [whole, name, index, quoted] = step
    if (index !== undefined) path.push(Number(index))
    else path.push(name ?? (quoted ?? '').replace(/\\(.)/gsu, '$1'))
    at += whole.length
  }
  return path
}

/**
 * The JSON text that stands at a path, exactly as it is written there (numbers keep every digit);
 * `null`: there is nothing. Of members with the same name the last counts, as with JSON.parse.
 *
 * @param json must be JSON (isJson); what it says of other text is not worth much
 */
export function jsonTextAt(json: string, path: JsonPath): string | null {
  let span = { start: skipBlank(json, 0), end: 0 }
  span.end = endOfValue(json, span.start)
  for (const step of path) {
    const found =
      typeof step === 'number' ? item(json, span.start, step) : member(json, span.start, step)
    if (!found) return null
    span = found
  }
  return json.slice(span.start, span.end)
}

interface Span {
  start: number
  end: number
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function member(json: string, start: number, name: string): Span | null {
  if (json[start] !== '{') return null
  let found: Span | null = null
  let at = skipBlank(json, start + 1)
  while (at < json.length && json[at] !== '}') {
    const nameEnd = endOfValue(json, at)
    const isIt = JSON.parse(json.slice(at, nameEnd)) === name
    const valueStart = skipBlank(json, skipBlank(json, nameEnd) + 1)
    const valueEnd = endOfValue(json, valueStart)
    if (isIt) found = { start: valueStart, end: valueEnd }
    at = afterComma(json, valueEnd)
  }
  return found
}

function item(json: string, start: number, index: number): Span | null {
  if (json[start] !== '[') return null
  let at = skipBlank(json, start + 1)
  for (let count = 0; at < json.length && json[at] !== ']'; count += 1) {
    const end = endOfValue(json, at)
    if (count === index) return { start: at, end }
    at = afterComma(json, end)
  }
  return null
}

function afterComma(json: string, end: number): number {
  const at = skipBlank(json, end)
  return json[at] === ',' ? skipBlank(json, at + 1) : at
}

function skipBlank(json: string, from: number): number {
  let at = from
  while (at < json.length && ' \t\r\n'.includes(json.charAt(at))) at += 1
  return at
}

function endOfValue(json: string, start: number): number {
  const first = json[start]
  if (first === '"') return endOfText(json, start)
  if (first !== '{' && first !== '[') {
    let at = start
    while (at < json.length && !' \t\r\n,]}'.includes(json.charAt(at))) at += 1
    return at
  }
  let depth = 0
  for (let at = start; at < json.length; at += 1) {
    const char = json[at]
    if (char === '"') at = endOfText(json, at) - 1
    else if (char === '{' || char === '[') depth += 1
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1
  }
  return json.length
}

function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    if (json[at] === '\\') at += 1
    else if (json[at] === '"') return at + 1
  }
  return json.length
}
