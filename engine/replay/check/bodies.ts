import { WholeBody } from '#engine/signatures/whole-body.ts'

/** The name of what is added to the provider's sample; providers add members too. */
const ADDED = 'countersign_check'

/**
 * Puts a member at the end of a JSON object, or of the first object of a JSON array, or a field at
 * the end of a form. `json` is written as it stands; a form takes `text`, encoded. `null`: the body
 * is neither.
 */
function addTo(body: Uint8Array, json: string, text: string): Uint8Array | null {
  const whole = new WholeBody(body)
  const value = whole.json?.value
  if (typeof value !== 'object' || value === null) {
    if (whole.json || whole.text === null || whole.text === '') return null
    return Buffer.from(`${whole.text}&${ADDED}=${encodeURIComponent(text)}`)
  }
  const source = whole.text ?? ''
  const end = Array.isArray(value) ? endOfFirst(source, value[0]) : source.lastIndexOf('}')
  if (end === -1) return null
  const comma = source.slice(0, end).trimEnd().endsWith('{') ? '' : ','
  return Buffer.from(`${source.slice(0, end)}${comma}"${ADDED}":${json}${source.slice(end)}`)
}

/** Samples are compact JSON: the first item is what JSON.stringify makes of it. */
function endOfFirst(source: string, first: unknown): number {
  if (typeof first !== 'object' || first === null) return -1
  const written = JSON.stringify(first)
  return source.startsWith(`[${written}`) ? written.length : -1
}

/** Characters of one to four bytes, and the same again as JSON escapes. */
export function withUnicode(body: Uint8Array): Uint8Array | null {
  const text = 'Zoë, 日本, 🎉'
  return addTo(body, `"${text}, Zo\\u00eb, \\ud83c\\udf89"`, text)
}

/** Slashes as `\/`, which JSON allows and PHP writes. */
export function withEscapedSlashes(body: Uint8Array): Uint8Array | null {
  if (!isJson(body)) return null
  return addTo(body, '"https:\\/\\/example.test\\/a"', '')
}

/** Blanks, tabs and line breaks of both kinds between the members. */
export function withOddWhitespace(body: Uint8Array): Uint8Array | null {
  const value = new WholeBody(body).json?.value
  if (value === undefined) return null
  const lines = JSON.stringify(value, null, ' \t').split('\n')
  return Buffer.from(`${lines.map((line, at) => line + (at % 2 ? '\r\n' : '\n')).join('')} `)
}

/** Exactly so many bytes. */
export function withLength(body: Uint8Array, byteLength: number): Uint8Array | null {
  const empty = addTo(body, '""', '')
  if (!empty) return null
  const filling = 'x'.repeat(Math.max(0, byteLength - empty.byteLength))
  return addTo(body, `"${filling}"`, filling)
}

/** Two bodies that differ, for two messages. */
export function withMark(mark: string): (body: Uint8Array) => Uint8Array | null {
  return (body) => addTo(body, JSON.stringify(mark), mark)
}

/**
 * The first member once more, with another value, in front of the one that was signed: parsers
 * that take the last of two see what was signed, others what was put in.
 */
export function withDuplicateKey(body: Uint8Array): Uint8Array[] {
  const whole = new WholeBody(body)
  const value = whole.json?.value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const text = whole.text ?? ''
  const start = text.indexOf('{') + 1
  return Object.keys(value).map((name) =>
    Buffer.from(
      `${text.slice(0, start)}${JSON.stringify(name)}:"countersign-check",${text.slice(start)}`,
    ),
  )
}

/**
 * Bodies with one byte changed, each still JSON or a form: a letter or digit within a value is
 * another one. Spread over the body, at most `most` of them.
 */
export function withByteChanged(body: Uint8Array, most = 60): Uint8Array[] {
  const places: number[] = []
  for (let at = 1; at < body.byteLength - 1; at++) {
    if (isWordByte(body[at]) && isWordByte(body[at - 1]) && isWordByte(body[at + 1])) {
      places.push(at)
    }
  }
  const step = Math.max(1, Math.floor(places.length / most))
  return places
    .filter((_, index) => index % step === 0)
    .map((at) => {
      const changed = Buffer.from(body)
      changed[at] = otherByte(body[at] ?? 0)
      return changed
    })
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z0-9]/.test(String.fromCharCode(byte))
}

/** Another of the same kind: `7` for `6`, `b` for `a`, `a` for `z`. */
function otherByte(byte: number): number {
  const char = String.fromCharCode(byte)
  if (char === '9') return 0x31
  if (char === 'z' || char === 'Z') return byte - 25
  return byte + 1
}

export function isJson(body: Uint8Array): boolean {
  return new WholeBody(body).json !== null
}
