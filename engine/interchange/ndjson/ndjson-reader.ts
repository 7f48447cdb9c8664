import type { z } from 'zod'
import {
  type BodyFact,
  DeliveryLine,
  EndLine,
  FORMAT,
  HeaderLine,
  MOST_LINE_BYTES,
  PieceLine,
  ReplayLine,
  VERSION,
} from './lines.ts'
import { type Line, LineSplitter } from './line-splitter.ts'

export type BodyRole = 'body' | 'answer'

/**
 * What a file tells, in order. `bytes` belong to the delivery or replay that was told last; `whole`
 * comes once all bytes of one of its bodies are told, also where there are none.
 */
export type NdjsonEvent =
  | { kind: 'header'; header: HeaderLine }
  | { kind: 'delivery'; line: number; delivery: DeliveryLine }
  | { kind: 'replay'; line: number; replay: ReplayLine }
  | { kind: 'bytes'; role: BodyRole; bytes: Uint8Array }
  | { kind: 'whole'; role: BodyRole; fact: BodyFact }
  /** Nothing can be read of this file. */
  | { kind: 'unreadable'; sentence: string }
  /** Of one line; what was told last is not whole when `breaks`. */
  | { kind: 'problem'; sentence: string; breaks: boolean }
  | { kind: 'end' }

interface Expected {
  role: BodyRole
  fact: BodyFact
  left: number
}

/** Reads our own lines (docs/ndjson.md) from pieces of a file; never throws on what it reads. */
export class NdjsonReader {
  readonly #lines = new LineSplitter(MOST_LINE_BYTES)
  #state: 'begin' | 'reading' | 'unreadable' | 'ended' = 'begin'
  /** Bodies of what was told last, of which pieces are still to come. */
  #expected: Expected[] = []
  /** What is passed over because the line that it belongs to was not understood. */
  #passing: 'nothing' | 'pieces' | 'pieces and replays' = 'nothing'
  #within: 'delivery' | 'replay' = 'delivery'
  #told = 0;

  *push(piece: Uint8Array): Iterable<NdjsonEvent> {
    for (const line of this.#lines.push(piece)) yield* this.#line(line)
  }

  *end(): Iterable<NdjsonEvent> {
    for (const line of this.#lines.end()) yield* this.#line(line)
    if (this.#state === 'begin') {
      yield { kind: 'unreadable', sentence: 'The file is empty.' }
    } else if (this.#state === 'reading') {
      yield* this.#missing('The end of the file')
      const sentence = 'The file was cut: its last line, which tells the end, is missing.'
      yield { kind: 'problem', sentence, breaks: false }
    }
    yield { kind: 'end' }
  }

  *#line(line: Line): Iterable<NdjsonEvent> {
    if (this.#state === 'unreadable') return
    if ('tooLong' in line) {
      yield* this.#broken(line.number, 'it is longer than any line of this format')
      return
    }
    if (line.bytes.byteLength === 0) return
    const value = parse(line.bytes)
    if (this.#state === 'begin') yield this.#header(value)
    else if (value === undefined) yield* this.#broken(line.number, 'it is not JSON')
    else yield* this.#value(line.number, value)
  }

  #header(value: unknown): NdjsonEvent {
    const header = HeaderLine.safeParse(value)
    if (header.success && header.data.version === VERSION) {
      this.#state = 'reading'
      return { kind: 'header', header: header.data }
    }
    this.#state = 'unreadable'
    const sentence = header.success
      ? `The file is of version ${header.data.version} of this format; this Countersign reads version ${VERSION}.`
      : `The file does not begin with the line that tells its format (${FORMAT}).`
    return { kind: 'unreadable', sentence }
  }

  *#value(number: number, value: unknown): Iterable<NdjsonEvent> {
    switch (typeOf(value)) {
      case 'piece':
        yield* this.#piece(number, value)
        return
      case 'replay':
        if (this.#passing === 'pieces and replays') return
        yield* this.#missing(`Line ${number}`)
        yield* this.#replay(number, value)
        return
      case 'delivery':
        yield* this.#missing(`Line ${number}`)
        yield* this.#delivery(number, value)
        return
      case 'end':
        yield* this.#missing(`Line ${number}`)
        yield* this.#ended(number, value)
        return
      default:
        yield* this.#broken(number, 'it is of no kind that is known')
    }
  }

  *#delivery(number: number, value: unknown): Iterable<NdjsonEvent> {
    const parsed = DeliveryLine.safeParse(value)
    this.#told++
    this.#within = 'delivery'
    if (!parsed.success) {
      yield* this.#broken(number, why(parsed.error))
      return
    }
    this.#passing = 'nothing'
    const { body, answer } = parsed.data
    yield { kind: 'delivery', line: number, delivery: parsed.data }
    yield* this.#bodies(number, { body, answer: answer?.body ?? null })
  }

  *#replay(number: number, value: unknown): Iterable<NdjsonEvent> {
    const parsed = ReplayLine.safeParse(value)
    this.#within = 'replay'
    if (!parsed.success) {
      yield* this.#broken(number, why(parsed.error))
      return
    }
    this.#passing = 'nothing'
    const { body, answer } = parsed.data
    yield { kind: 'replay', line: number, replay: parsed.data }
    yield* this.#bodies(number, { body, answer: answer?.body ?? null })
  }

  *#bodies(
    number: number,
    told: Readonly<Record<BodyRole, BodyFact | null>>,
  ): Iterable<NdjsonEvent> {
    for (const role of ['body', 'answer'] as const) {
      const fact = told[role]
      if (fact === null) continue
      const bytes = Buffer.from(fact.base64, 'base64')
      if (bytes.byteLength > fact.byteLength) {
        yield* this.#broken(number, 'a body is longer than it says')
        return
      }
      if (bytes.byteLength > 0) yield { kind: 'bytes', role, bytes }
      const left = fact.byteLength - bytes.byteLength
      if (left === 0) yield { kind: 'whole', role, fact }
      else this.#expected.push({ role, fact, left })
    }
  }

  *#piece(number: number, value: unknown): Iterable<NdjsonEvent> {
    if (this.#passing !== 'nothing') return
    const [expected] = this.#expected
    const parsed = PieceLine.safeParse(value)
    if (!parsed.success) {
      yield* this.#broken(number, why(parsed.error))
      return
    }
    const bytes = Buffer.from(parsed.data.base64, 'base64')
    if (expected === undefined || bytes.byteLength > expected.left || bytes.byteLength === 0) {
      yield* this.#broken(number, 'a body is not as long as it says')
      return
    }
    const { role, fact } = expected
    expected.left -= bytes.byteLength
    yield { kind: 'bytes', role, bytes }
    if (expected.left > 0) return
    this.#expected.shift()
    yield { kind: 'whole', role, fact }
  }

  *#ended(number: number, value: unknown): Iterable<NdjsonEvent> {
    const parsed = EndLine.safeParse(value)
    if (!parsed.success) {
      yield* this.#broken(number, why(parsed.error))
      return
    }
    this.#state = 'ended'
    const { deliveries } = parsed.data
    if (deliveries === this.#told) return
    const sentence = `The file tells of ${deliveries} deliveries at its end and holds ${this.#told}.`
    yield { kind: 'problem', sentence, breaks: false }
  }

  /** Pieces of a body that never came. */
  *#missing(where: string): Iterable<NdjsonEvent> {
    if (this.#expected.length === 0) return
    this.#expected = []
    const sentence = `${where} comes before the body in front of it is whole; it was left out.`
    yield { kind: 'problem', sentence, breaks: true }
  }

  *#broken(number: number, what: string): Iterable<NdjsonEvent> {
    const isWithinReplay = this.#within === 'replay' && this.#expected.length > 0
    this.#expected = []
    this.#passing = isWithinReplay ? 'pieces' : 'pieces and replays'
    const sentence = `Line ${number} was left out: ${what}.`
    yield { kind: 'problem', sentence, breaks: true }
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    const { buffer, byteOffset, byteLength } = bytes
    return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'))
  } catch {
    // Whatever is wrong with it: `undefined` is no JSON value.
    return undefined
  }
}

function typeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'type')
    ? Reflect.get(value, 'type')
    : undefined
}

/** Where in the line, and what is wrong there. */
function why(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'it is not as the format says'
  const path = issue.path.map(String).join('.')
  const said = issue.message.replace(/\.$/, '')
  return path === '' ? said : `${path}: ${said}`
}
