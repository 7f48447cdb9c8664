import { parseJson, type JsonNode, type JsonProblem } from '#renderer/body/json-parse.ts'
import { textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { formPairs, type Form } from './form-pairs.ts'
import { findInBytes, findInText, type FindTerm, type Matches } from './find.ts'
import { jsonPathAt, layOutJson } from './json-layout.ts'
import {
  JsonOutline,
  type OutlineMatches,
  type OutlineRows,
  type Revealed,
} from './json-outline.ts'
import { multipartParts, type Multipart } from './multipart-parts.ts'
import { layOutXml, type XmlProblem } from './xml-layout.ts'

/** A body as text: as it came, or laid out as JSON or XML. */
export type TextForm = 'raw' | 'json' | 'xml'

/** What there is to know of a text before any of it is shown. */
export interface TextFacts {
  /** In UTF-16 units. */
  length: number
  /** Some bytes are not UTF-8 and stand as U+FFFD. */
  replaced: boolean
  /** Why it could not be laid out, and where; the text is then as it came. */
  problem: JsonProblem | XmlProblem | null
  /** Laid out it would be many times as long, and is shown as it came. */
  tooLong: boolean
  /** Pairs of start and end of keys that their object has already; at most 10,000 of them. */
  repeated: number[]
}

/** A stretch of a text. */
export interface TextSlice {
  from: number
  to: number
  text: string
  /** The number of its first line, from 1. */
  firstLine: number
}

interface PreparedText extends TextFacts {
  text: string
}

const MOST_REPEATED = 20_000
/** A slice ends with a line where one ends so near. */
const LINE_SLACK = 4_096

/** What can be asked of a body, by name: what goes in and what comes out. */
export interface DocumentInputs {
  facts: { form: TextForm }
  slice: { form: TextForm; from: number; to: number }
  findText: { form: TextForm; term: FindTerm }
  findBytes: { term: FindTerm }
  pathAt: { form: TextForm; offset: number }
  outline: { from: number; to: number }
  toggle: { path: string }
  parentOf: { index: number }
  findNodes: { term: FindTerm }
  reveal: { place: number[] }
  parts: { boundary: string }
  form: { most: number }
}
export interface DocumentOutputs {
  facts: TextFacts
  slice: TextSlice
  findText: Matches
  findBytes: Matches
  pathAt: string
  outline: OutlineRows | { problem: JsonProblem }
  toggle: number
  parentOf: number
  findNodes: OutlineMatches
  reveal: Revealed
  parts: Multipart
  form: Form
}
export type DocumentMethod = keyof DocumentInputs
export type DocumentCalls = {
  [Method in DocumentMethod]: (input: DocumentInputs[Method]) => DocumentOutputs[Method]
}

/**
 * A whole body and everything that is made of it: texts, the JSON tree, parts. It knows no page and
 * lives in a worker when it is large; each thing is made when it is first asked for, and kept.
 */
export class BodyDocument implements DocumentCalls {
  readonly #bytes: Uint8Array
  readonly #texts = new Map<TextForm, PreparedText>()
  #json: ReturnType<typeof parseJson> | null = null
  #outline: JsonOutline | null = null

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  facts({ form }: DocumentInputs['facts']): TextFacts {
    const { length, replaced, problem, tooLong, repeated } = this.#text(form)
    return { length, replaced, problem, tooLong, repeated: repeated.slice(0, MOST_REPEATED) }
  }

  slice({ form, from, to }: DocumentInputs['slice']): TextSlice {
    const { text } = this.#text(form)
    const start = from <= 0 ? 0 : endOfLine(text, from)
    const end = to >= text.length ? text.length : endOfLine(text, to)
    return { from: start, to: end, text: text.slice(start, end), firstLine: lineAt(text, start) }
  }

  findText({ form, term }: DocumentInputs['findText']): Matches {
    return findInText(this.#text(form).text, term)
  }

  findBytes({ term }: DocumentInputs['findBytes']): Matches {
    return findInBytes(this.#bytes, term)
  }

  pathAt({ form, offset }: DocumentInputs['pathAt']): string {
    return jsonPathAt(this.#text(form).text, offset)
  }

  outline({ from, to }: DocumentInputs['outline']): DocumentOutputs['outline'] {
    const root = this.#root()
    return 'problem' in root ? root : this.#tree(root).rows(from, to)
  }

  toggle({ path }: DocumentInputs['toggle']): number {
    return this.#outline?.toggle(path) ?? 0
  }

  parentOf({ index }: DocumentInputs['parentOf']): number {
    return this.#outline?.parentOf(index) ?? 0
  }

  findNodes({ term }: DocumentInputs['findNodes']): OutlineMatches {
    const root = this.#root()
    return 'problem' in root ? { places: [], capped: false } : this.#tree(root).find(term)
  }

  reveal({ place }: DocumentInputs['reveal']): Revealed {
    return this.#outline?.reveal(place) ?? { index: 0, total: 0 }
  }

  parts({ boundary }: DocumentInputs['parts']): Multipart {
    return multipartParts(this.#bytes, boundary)
  }

  form({ most }: DocumentInputs['form']): Form {
    return formPairs(this.#text('raw').text, most)
  }

  #root(): { node: JsonNode } | { problem: JsonProblem } {
    this.#json ??= parseJson(this.#text('raw').text)
    return this.#json.ok ? { node: this.#json.root } : { problem: this.#json.problem }
  }

  #tree({ node }: { node: JsonNode }): JsonOutline {
    this.#outline ??= new JsonOutline(node)
    return this.#outline
  }

  #text(form: TextForm): PreparedText {
    const kept = this.#texts.get(form)
    if (kept) return kept
    const made = form === 'raw' ? this.#raw() : form === 'json' ? this.#asJson() : this.#asXml()
    this.#texts.set(form, made)
    return made
  }

  #raw(): PreparedText {
    const { text, replaced } = textOfBytes(this.#bytes, true)
    return prepared(text, { replaced })
  }

  #asJson(): PreparedText {
    const { text, replaced } = this.#text('raw')
    const root = this.#root()
    if ('problem' in root) return prepared(text, { replaced, problem: root.problem })
    const layout = layOutJson(root.node)
    if (!layout) return prepared(text, { replaced, tooLong: true })
    return prepared(layout.text, { replaced, repeated: layout.repeated })
  }

  #asXml(): PreparedText {
    const { text, replaced } = this.#text('raw')
    const layout = layOutXml(text)
    return prepared(layout.text, { replaced, problem: layout.problem })
  }
}

function prepared(text: string, facts: Partial<TextFacts>): PreparedText {
  const { replaced = false, problem = null, tooLong = false, repeated = [] } = facts
  return { text, length: text.length, replaced, problem, tooLong, repeated }
}

/** Behind the line break that follows soon, or where no character is cut in two. */
function endOfLine(text: string, near: number): number {
  const newline = text.indexOf('\n', near)
  if (newline >= 0 && newline - near < LINE_SLACK) return newline + 1
  const unit = text.charCodeAt(near)
  return unit >= 0xdc00 && unit < 0xe000 ? near + 1 : near
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1
  }
  return line
}
