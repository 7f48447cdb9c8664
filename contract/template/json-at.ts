/**
 * `$` with members and items: `$.data.id`, `$.items[0].id`, `$["a b"]`. Names as in RFC 9535, of
 * which this is the smallest part: one place, no wildcards.
 */
export type JsonPath = readonly (string | number)[]

const STEP = /\.([\p{L}_$][\p{L}\p{N}_$-]*)|\[(\d{1,9})\]|\["((?:[^"\\]|\\.)*)"\]/uy

/** Every step may read all of the body once more. */
const MOST_STEPS = 32

/** `null`: this is no path, or one of more than 32 steps. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$')) return null
  const path: (string | number)[] = []
  let at = 1
  while (at < text.length) {
    STEP.lastIndex = at
    const step = STEP.exec(text)
    if (!step || path.length === MOST_STEPS) return null
    const [whole, name, index, quoted] = step
    if (index !== undefined) path.push(Number(index))
    else path.push(name ?? (quoted ?? '').replace(/\\(.)/gsu, '$1'))
    at += whole.length
  }
  return path
}

interface Span {
  start: number
  end: number
}

/**
 * A JSON text of which several places are wanted: an object or list that was walked once is not
 * walked again, since its sender decides how much there is in it.
 */
export class JsonPlaces {
  readonly #json: string
  readonly #members = new Map<number, ReadonlyMap<string, Span>>()
  readonly #items = new Map<number, readonly Span[]>()

  /** @param json must be JSON (isJson); what is said of other text is not worth much */
  constructor(json: string) {
    this.#json = json
  }

  /**
   * The JSON text that stands at a path, exactly as it is written there (numbers keep every digit);
   * `null`: there is nothing. Of members with the same name the last counts, as with JSON.parse.
   */
  textAt(path: JsonPath): string | null {
    const json = this.#json
    const start = skipBlank(json, 0)
    let span: Span | undefined = { start, end: path.length === 0 ? endOfValue(json, start) : 0 }
    for (const step of path) {
      span =
        typeof step === 'number' ? this.#item(span.start, step) : this.#member(span.start, step)
      if (!span) return null
    }
    return json.slice(span.start, span.end)
  }

  #member(start: number, name: string): Span | undefined {
    const known = this.#members.get(start) ?? membersOf(this.#json, start)
    this.#members.set(start, known)
    return known.get(name)
  }

  #item(start: number, index: number): Span | undefined {
    const known = this.#items.get(start) ?? itemsOf(this.#json, start)
    this.#items.set(start, known)
    return known[index]
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function membersOf(json: string, start: number): ReadonlyMap<string, Span> {
  const members = new Map<string, Span>()
  if (json[start] !== '{') return members
  let at = skipBlank(json, start + 1)
  while (at < json.length && json[at] !== '}') {
    const nameEnd = endOfValue(json, at)
    const valueStart = skipBlank(json, skipBlank(json, nameEnd) + 1)
    const valueEnd = endOfValue(json, valueStart)
    members.set(nameIn(json.slice(at, nameEnd)), { start: valueStart, end: valueEnd })
    at = afterComma(json, valueEnd)
  }
  return members
}

/** Most names have nothing escaped, and JSON.parse is dear for so little. */
function nameIn(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
}

function itemsOf(json: string, start: number): readonly Span[] {
  const items: Span[] = []
  if (json[start] !== '[') return items
  let at = skipBlank(json, start + 1)
  while (at < json.length && json[at] !== ']') {
    const end = endOfValue(json, at)
    items.push({ start: at, end })
    at = afterComma(json, end)
  }
  return items
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
