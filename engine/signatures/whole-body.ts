import { isUtf8 } from 'node:buffer'
import type { Scheme } from '#contract/scheme.ts'
import { glanceAtMember } from './json-member.ts'
import type { Body } from './types.ts'

/**
 * Up to here a body is looked at whole (message id, event type, re-serialising). Above, verdicts
 * rest on the streamed bytes alone, at receipt and whenever they are judged again.
 */
export const WHOLE_BODY_BYTES = 1024 * 1024

/** A body that is known whole; text and JSON are made when first asked for. */
export class WholeBody {
  readonly bytes: Uint8Array
  #text: string | null | undefined
  #isUtf8: boolean | undefined
  #json: { value: unknown } | null | undefined
  #compact: string | null | undefined
  #form: URLSearchParams | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** `null`: the bytes are not UTF-8. A byte-order mark is kept. */
  get text(): string | null {
    if (this.#text === undefined) {
      const { buffer, byteOffset, byteLength } = this.bytes
      this.#text = this.isUtf8 ? Buffer.from(buffer, byteOffset, byteLength).toString('utf8') : null
    }
    return this.#text
  }

  get isUtf8(): boolean {
    this.#isUtf8 ??= isUtf8(this.bytes)
    return this.#isUtf8
  }

  /** Text of a member of the outermost object, parsing only where that is needed. */
  member(name: string): string | null {
    if (this.#json === undefined) {
      const glance = glanceAtMember(this.bytes, name)
      if (glance !== 'unsure') return glance.text
    }
    const value = this.json?.value
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
    const found: unknown = Reflect.get(value, name)
    if (typeof found === 'number' || typeof found === 'boolean') return String(found)
    return typeof found === 'string' ? found : null
  }

  /** `null`: the body is not JSON (RFC 8259) in UTF-8. */
  get json(): { value: unknown } | null {
    if (this.#json === undefined) this.#json = this.text === null ? null : parseJson(this.text)
    return this.#json
  }

  /** The fields of a form-encoded body (WHATWG URL, application/x-www-form-urlencoded). */
  get form(): URLSearchParams {
    // URLSearchParams drops a `?` in front; in a form it belongs to the first name.
    this.#form ??= new URLSearchParams(`?${Buffer.from(this.bytes).toString('utf8')}`)
    return this.#form
  }

  /** JSON.stringify of the parsed body; `null`: it is not JSON, or nested too deep to write. */
  get compact(): string | null {
    if (this.#compact === undefined) this.#compact = this.json ? writeJson(this.json.value) : null
    return this.#compact
  }
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

function writeJson(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The whole body, copied only when it comes in several chunks; `null`: it is too large. */
export function readWhole(body: Body): WholeBody | null {
  if (body.byteLength > WHOLE_BODY_BYTES) return null
  const chunks = [...body.chunks()]
  const first = chunks[0]
  return new WholeBody(chunks.length === 1 && first ? first : Buffer.concat(chunks))
}

/**
 * The text that is signed in place of the raw body; `null`: the raw bytes are. See schemes/novu.ts
 * for why an empty body stands as `{}`.
 */
export function signedBodyText(scheme: Scheme, body: WholeBody): string | null {
  if (scheme.signedBody !== 'compact-json') return null
  return body.bytes.byteLength === 0 ? '{}' : body.compact
}
