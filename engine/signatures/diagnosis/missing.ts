import type { Scheme } from '#contract/scheme.ts'
import { compile } from '#engine/signatures/compile.ts'
import { headerText, readRequest } from '#engine/signatures/reading.ts'
import type { RequestHead } from '#engine/signatures/types.ts'
import type { WholeBody } from '#engine/signatures/whole-body.ts'

/** What the scheme needs and the request lacks, and what is there instead. */
export interface Missing {
  what: string
  similar: string[]
}

/** `null`: everything that the scheme needs is there. */
export function missingPart(scheme: Scheme, head: RequestHead, whole: WholeBody): Missing | null {
  const compiled = compile(scheme)
  const reading = readRequest(compiled, head, whole)
  const { place } = scheme.signature
  if (reading.signatureText === null) {
    if ('header' in place) return missingHeader(place.header, head)
    return { what: `\`${reading.signatureName}\` in the body`, similar: [] }
  }
  const { timestamp, messageId } = scheme
  if (compiled.needsTimestamp && reading.timestampText === null && timestamp) {
    if ('header' in timestamp.place) return missingHeader(timestamp.place.header, head)
    if ('field' in timestamp.place)
      return { what: `\`${timestamp.place.field}=\` in \`${reading.signatureName}\``, similar: [] }
    return { what: 'the timestamp in the body', similar: [] }
  }
  if (compiled.needsMessageId && !reading.messageIdText && messageId && 'header' in messageId) {
    return missingHeader(messageId.header, head)
  }
  for (const [name] of scheme.requiredHeaders ?? []) {
    if (headerText(head, name) === null) return missingHeader(name, head)
  }
  for (const piece of compiled.pieces) {
    if (piece.kind === 'header' && headerText(head, piece.name) === null)
      return missingHeader(piece.name, head)
  }
  return null
}

function missingHeader(name: string, head: RequestHead): Missing {
  return { what: `the header \`${name}\``, similar: similarHeaders(name, head) }
}

/** Headers that are likely the same thing under another name, the most alike first. */
function similarHeaders(name: string, head: RequestHead): string[] {
  const wanted = wordsOf(name)
  return [...new Set(head.rawHeaders.map(([each]) => each))]
    .map((each) => ({ each, score: likeness(wanted, wordsOf(each)) }))
    .filter(({ score }) => score >= 0.5)
    .sort((one, other) => other.score - one.score)
    .slice(0, 3)
    .map(({ each }) => each)
}

const wordsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[-_]/)
    .filter((word) => word !== 'x' && word !== '')

const weight = (word: string) =>
  /^(?:signature|hmac|timestamp|sha256|token|id)$/.test(word) ? 2 : 1

/** Shared words beside all words; words that say what it is count double. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const all = new Set([...one, ...other])
  let shared = 0
  let total = 0
  for (const word of all) {
    total += weight(word)
    if (one.includes(word) && other.includes(word)) shared += weight(word)
  }
  return total === 0 ? 0 : shared / total
}

/** Why the body is likely cut, in a sentence; `null`: nothing says so. */
export function truncation(head: RequestHead, whole: WholeBody): string | null {
  const { byteLength } = whole.bytes
  const announced = headerText(head, 'content-length')
  if (announced !== null && /^\d+$/.test(announced) && Number(announced) > byteLength) {
    return `Content-Length says ${announced} bytes; ${byteLength} came.`
  }
  const isCoded = headerText(head, 'content-encoding') !== null
  if (
    byteLength < 512 ||
    isCoded ||
    !ROUND.some((limit) => byteLength % limit === 0 && byteLength / limit <= 64)
  ) {
    return null
  }
  const looksJson = whole.text !== null && /^\s*[{[]/.test(whole.text)
  return looksJson && !whole.json
    ? `It ends in the middle of the JSON, after exactly ${byteLength} bytes, a round limit.`
    : null
}

const ROUND = [512, 1000, 1024, 65_536, 100_000, 102_400, 1_000_000, 1_048_576]
