import type { JsonNode } from '#renderer/body/json-parse.ts'
import { pathStep } from '#renderer/body/json-rows.ts'

export interface JsonLayout {
  text: string
  /** Pairs of start and end of keys that an object has already. */
  repeated: number[]
}

/** Deep nesting makes indents that dwarf the text; beyond this the text is shown as it came. */
const LONGEST = 128 * 1024 * 1024

class TooLong extends Error {
  override readonly name = 'TooLong'
}

/** So many pieces are joined at a time. */
const BATCH = 4_096

class Writer {
  readonly repeated: number[] = []
  readonly #batches: string[] = []
  #pieces: string[] = []
  #length = 0

  text(): string {
    return this.#batches.join('') + this.#pieces.join('')
  }

  /** Writes a value behind what leads to it: a comma, the indent, its key. */
  value(lead: string, node: JsonNode, indent: string): void {
    if (node.kind === 'object' && node.entries.length > 0) {
      const inner = `${indent}  `
      let before = `${lead}{\n${inner}`
      for (const { keySource, repeated, value } of node.entries) {
        if (repeated) {
          const from = this.#length + before.length
          this.repeated.push(from, from + keySource.length)
        }
        this.value(`${before}${keySource}: `, value, inner)
        before = `,\n${inner}`
      }
      this.#put(`\n${indent}}`)
    } else if (node.kind === 'array' && node.items.length > 0) {
      const inner = `${indent}  `
      let before = `${lead}[\n${inner}`
      for (const item of node.items) {
        this.value(before, item, inner)
        before = `,\n${inner}`
      }
      this.#put(`\n${indent}]`)
    } else this.#put(lead + shortOf(node))
  }

  #put(piece: string): void {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length > LONGEST) throw new TooLong()
    if (this.#pieces.length < BATCH) return
    this.#batches.push(this.#pieces.join(''))
    this.#pieces = []
  }
}

function shortOf(node: JsonNode): string {
  if (node.kind === 'object') return '{}'
  return node.kind === 'array' ? '[]' : node.source
}

/**
 * The value with two spaces of indent; numbers, strings and keys as they stood. `null`: laid out it
 * would be many times as long as it came.
 */
export function layOutJson(root: JsonNode): JsonLayout | null {
  const writer = new Writer()
  try {
    writer.value('', root, '')
  } catch (error) {
    if (error instanceof TooLong) return null
    throw error
  }
  return { text: writer.text(), repeated: writer.repeated }
}

const TOKEN = /["{}[\],:]|[^\s"{}[\],:]+/g

/** The tokens of JSON text with where they begin; a string with its quotes, whatever is in it. */
function* tokensOf(text: string): Generator<{ index: number; token: string }> {
  TOKEN.lastIndex = 0
  for (let at = 0; ;) {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) return
    const end = found[0] === '"' ? endOfString(text, found.index) : TOKEN.lastIndex
    yield { index: found.index, token: text.slice(found.index, end) }
    at = end
  }
}

/** Behind the closing quote, or the end of the text without one. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return text.length
    let escapes = 0
    while (text[end - 1 - escapes] === '\\' && end - 1 - escapes > start) escapes += 1
    if (escapes % 2 === 0) return end + 1
    at = end + 1
  }
}

/** A list that is open where the text is read, and how far into it that is. */
interface Frame {
  /** Of an array: the items before. */
  items: number | null
  /** Of an object: the key, as it stood, whose value follows. */
  key: string | null
}

/**
 * The JSONPath of what stands at a UTF-16 offset of JSON text, laid out or not; a key's is that of
 * its value. Text that is no JSON gives the path as far as it can be followed.
 */
export function jsonPathAt(text: string, offset: number): string {
  const frames: Frame[] = []
  let within = false
  for (const { index, token } of tokensOf(text)) {
    if (index > offset) break
    within = follow(frames, token, within)
  }
  const steps = frames.map(stepOf)
  return `$${(within ? steps : steps.slice(0, -1)).join('')}`
}

/** Takes a token in; whether it is a child of the innermost list, or stands for the list itself. */
function follow(frames: Frame[], token: string, within: boolean): boolean {
  const top = frames[frames.length - 1]
  if (token === '{' || token === '[') {
    frames.push({ items: token === '[' ? 0 : null, key: null })
    return false
  }
  if (token === '}' || token === ']') {
    frames.pop()
    return true
  }
  if (token === ':') return within
  if (token === ',') {
    if (top?.items != null) top.items += 1
    else if (top) top.key = null
    return false
  }
  if (top && top.items === null) top.key ??= token
  return true
}

function stepOf({ items, key }: Frame): string {
  return items === null ? pathStep(keyOf(key ?? '""')) : `[${items}]`
}

function keyOf(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    // A key that does not end, or that has a character which JSON forbids.
    return token.replace(/^"|"$/g, '')
  }
}
