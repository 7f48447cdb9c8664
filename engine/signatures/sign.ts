import type { RawHeader } from '#contract/http.ts'
import type { Algorithm, Scheme } from '#contract/scheme.ts'
import { claimsOf, type Part } from './claims.ts'
import { compile, type CompiledScheme } from './compile.ts'
import { newMessageId, chooseMessageId } from './message-id.ts'
import type { ProcedureInput, Written } from './procedures/procedure.ts'
import { contentBytes, produceSignature } from './produce.ts'
import { readRequest, type Reading } from './reading.ts'
import { usesPublicKey } from './secret.ts'
import { signToken } from './sign-token.ts'
import { formatTimestamp } from './timestamp.ts'
import type { PreparedSecret, RequestHead, Settings } from './types.ts'
import { WholeBody } from './whole-body.ts'
import { headerFamily, writeAt, type Draft } from './write-at.ts'

export interface SignInput {
  scheme: Scheme
  secret: PreparedSecret
  settings?: Settings
  head: RequestHead
  body: Uint8Array
  /** The moment of signing, unix milliseconds. */
  timestampMs: number
  /** Signed and written in place of that moment, as it stands; for requests that should be refused. */
  timestampText?: string
  /** `null`: the one that the request carries, or a new one where the scheme needs one. */
  messageId: string | null
}

/** The request as it now is. Most schemes change headers only. */
export interface SignedRequest {
  rawHeaders: RawHeader[]
  target: string
  body: Uint8Array
  messageId: string | null
}
export type Signed = SignedRequest | { problem: string }

export { newMessageId }

/**
 * Signs a request anew. The scheme's headers are replaced where they stand, in their case; repeats
 * collapse into the first; what is absent is appended. Values that a scheme keeps in the body or
 * the query are replaced there and nothing else is touched.
 */
export function sign(input: SignInput): Signed {
  const { scheme, secret } = input
  if (usesPublicKey(scheme) && !secret.privateKey) {
    return {
      problem: `“${secret.name}” is a public key; ${scheme.name} signs with the private one. Make a test key pair to sign here.`,
    }
  }
  if (!Number.isFinite(input.timestampMs) || input.timestampMs < 0) {
    return { problem: 'The moment of signing is not a time after 1970.' }
  }
  return new Signing(input).run()
}

/** One request being signed, step by step. */
class Signing {
  readonly #input: SignInput
  readonly #compiled: CompiledScheme
  readonly #settings: Settings
  readonly #timestampText: string | null
  #draft: Draft

  constructor(input: SignInput) {
    const { scheme, head, body } = input
    this.#input = input
    this.#compiled = compile(scheme)
    this.#settings = input.settings ?? {}
    this.#timestampText = scheme.timestamp
      ? (input.timestampText ?? formatTimestamp(scheme.timestamp, input.timestampMs))
      : null
    const rawHeaders = head.rawHeaders.map(([name, value]): RawHeader => [name, value])
    const family = headerFamily(this.#compiled, head)
    this.#draft = { rawHeaders, target: head.target, body, family }
  }

  run(): Signed {
    const { scheme, head, messageId } = this.#input
    const body = new WholeBody(this.#input.body)
    const id = chooseMessageId(scheme, this.#compiled, head, body, messageId)
    if ('problem' in id) return id
    if (scheme.messageId && id.write !== null) {
      const problem = this.#write(scheme.messageId, id.write)
      if (problem) return { problem }
    }
    const problem = this.#writeTimestamp() ?? this.#prepare() ?? this.#writeSignature(id.messageId)
    if (problem !== null) return { problem }
    const { rawHeaders, target, body: signedBody } = this.#draft
    return { rawHeaders, target, body: signedBody, messageId: id.messageId }
  }

  get #head(): RequestHead {
    const { rawHeaders, target } = this.#draft
    return { method: this.#input.head.method, target, rawHeaders }
  }

  #write(place: Parameters<typeof writeAt>[1], value: string): string | null {
    const written = writeAt(this.#draft, place, value)
    if ('problem' in written) return written.problem
    this.#draft = written
    return null
  }

  #apply(written: Written | { problem: string }): string | null {
    if ('problem' in written) return written.problem
    const { rawHeaders, target, body } = written
    this.#draft = {
      ...this.#draft,
      ...(rawHeaders ? { rawHeaders: [...rawHeaders] } : {}),
      ...(target === undefined ? {} : { target }),
      ...(body ? { body } : {}),
    }
    return null
  }

  #writeTimestamp(): string | null {
    const form = this.#input.scheme.timestamp
    if (!form || this.#timestampText === null) return null
    const { place } = form
    if ('field' in place || 'claim' in place) return null
    return this.#write(place, this.#timestampText)
  }

  #procedureInput(reading: Reading): ProcedureInput {
    return {
      reading,
      head: this.#head,
      settings: this.#settings,
      body: new WholeBody(this.#draft.body),
    }
  }

  /** What the request will say, with the timestamp that is still to be written. */
  #reading(): Reading {
    const { scheme } = this.#input
    const { place, written } = scheme.signature
    if (written !== undefined) {
      const companions = fill(written, this.#timestampText, 'x', this.#settings)
      const drafted = writeAt(this.#draft, place, companions)
      if (!('problem' in drafted)) this.#draft = drafted
    }
    const reading = readRequest(this.#compiled, this.#head, new WholeBody(this.#draft.body))
    return { ...reading, timestampText: this.#timestampText ?? reading.timestampText }
  }

  #prepare(): string | null {
    const { procedure } = this.#compiled
    if (!procedure?.prepare) return null
    const input = this.#procedureInput(this.#reading())
    return this.#apply(procedure.prepare(input, this.#input.timestampMs))
  }

  #writeSignature(messageId: string | null): string | null {
    const { scheme, secret, timestampMs } = this.#input
    const { procedure } = this.#compiled
    const reading = this.#reading()
    const body = new WholeBody(this.#draft.body)
    if (scheme.jwt) {
      const head = this.#head
      const settings = this.#settings
      const token = signToken({ scheme, secret, settings, head, body, timestampMs, messageId })
      return this.#write(scheme.signature.place, `${scheme.signature.prefix ?? ''}${token}`)
    }
    const signatureOver = (parts: readonly Part[], algorithm: Algorithm = scheme.algorithm) =>
      produceSignature(scheme, algorithm, contentBytes(scheme, parts, secret, body), secret)
    if (procedure?.write) {
      return this.#apply(procedure.write(this.#procedureInput(reading), signatureOver))
    }
    const claims = claimsOf(this.#compiled, reading, this.#head, this.#settings, body)
    if ('code' in claims) return claims.sentence
    const content = claims[0]?.contents[0] ?? []
    const signature = signatureOver(content, claims[0]?.algorithm)
    return this.#write(
      scheme.signature.place,
      signatureText(scheme, this.#timestampText, signature, this.#settings),
    )
  }
}

/** The signature as the scheme writes it, with the entries that stand beside it. */
function signatureText(
  scheme: Scheme,
  timestampText: string | null,
  signature: string,
  settings: Settings,
): string {
  const { signature: form, timestamp } = scheme
  if (form.written !== undefined) return fill(form.written, timestampText, signature, settings)
  if (form.list === undefined) return `${form.prefix ?? ''}${signature}`
  const inField = timestamp && 'field' in timestamp.place ? timestamp.place.field : undefined
  if (form.pair === undefined) {
    const first = form.positions?.[0] !== undefined && inField === form.positions[0]
    return first ? `${timestampText ?? ''}${form.list}${signature}` : signature
  }
  const named = form.version !== undefined ? `${form.version}${form.pair}${signature}` : signature
  const field = inField ?? form.timestampField
  if (field === undefined) return named
  return `${field}${form.pair}${timestampText ?? ''}${form.list}${named}`
}

function fill(
  template: string,
  timestampText: string | null,
  signature: string,
  settings: Settings,
): string {
  return template.replace(/\{(signature|timestamp|settings\.(\w+))\}/g, (_, what, name) => {
    if (what === 'signature') return signature
    return what === 'timestamp' ? (timestampText ?? '') : (settings[String(name)] ?? '')
  })
}
