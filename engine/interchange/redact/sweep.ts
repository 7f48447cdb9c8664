import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'
import { wholeBytes } from '#engine/interchange/export/body-pieces.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { compile } from '#engine/signatures/compile.ts'
import { readRequest } from '#engine/signatures/reading.ts'
import { WHOLE_BODY_BYTES, WholeBody } from '#engine/signatures/whole-body.ts'
import { isSignatureHeader } from './mask-head.ts'
import { REDACTED } from './mask-json.ts'

/** A shorter text stands by chance in too many places. */
const SHORTEST_VALUE = 6
/** A part of a signature header that can only be a signature, not a name or a number in it. */
const SIGNATURE_PART = /^(?=.*\d)[\w+/=.-]{20,}$/

export interface Swept {
  target: string
  rawHeaders: RawHeader[]
  body: Uint8Array
}

/** The texts of the old signature, wherever the scheme or a header's name says that one stands. */
export function oldSignatures(
  { delivery, body }: ExportedDelivery,
  scheme: Scheme | null,
): string[] {
  const { method, target, rawHeaders } = delivery
  const texts = rawHeaders.filter(([name]) => isSignatureHeader(name)).map(([, value]) => value)
  if (scheme) {
    const names = headerNames(scheme)
    texts.push(...rawHeaders.filter(([name]) => names.has(name.toLowerCase())).map(([, v]) => v))
    const whole = body.byteLength <= WHOLE_BODY_BYTES ? new WholeBody(wholeBytes(body)) : null
    const read = readRequest(compile(scheme), { method, target, rawHeaders }, whole)
    if (read.signatureText !== null) texts.push(read.signatureText)
    texts.push(...read.header.signatures.map(({ text }) => text))
  }
  const parts = texts
    .flatMap((text) => text.split(/[\s,;:"]+|(?<=^[\w-]{1,16})=/))
    .filter((part) => SIGNATURE_PART.test(part))
  const whole = texts.filter((text) => text.length >= SHORTEST_VALUE)
  return [...new Set([...whole, ...parts])]
}

function headerNames({ signature }: Scheme): Set<string> {
  const { place, further = [] } = signature
  const names = 'header' in place ? [place.header, ...(place.also ?? []), ...further] : further
  return new Set(names.map((name) => name.toLowerCase()))
}

/**
 * Masks signatures in headers, and copies of signatures and of masked values in headers, target and
 * (signatures only) body. A copy of a masked value elsewhere in the body is told, not touched.
 */
export function sweep(
  request: Swept,
  signatures: readonly string[],
  values: readonly string[],
): Swept & { notices: string[] } {
  const copies = [...signatures, ...values.filter((text) => text.length >= SHORTEST_VALUE)]
  const holdsCopy = (text: string) => copies.some((copy) => text.includes(copy))
  const rawHeaders = request.rawHeaders.map(([name, value]): RawHeader => {
    return isSignatureHeader(name) || holdsCopy(value) ? [name, REDACTED] : [name, value]
  })
  const target = copies.reduce(
    (text, copy) => text.replaceAll(copy, REDACTED).replaceAll(encodeURIComponent(copy), REDACTED),
    request.target,
  )
  const body = withoutTexts(request.body, signatures)
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const left = values.some((value) => value.length >= SHORTEST_VALUE && text.includes(value))
  return {
    ...{ target, rawHeaders, body },
    notices: left
      ? ['A masked value stands in the body once more, at a path that was not chosen.']
      : [],
  }
}

function withoutTexts(body: Uint8Array, texts: readonly string[]): Uint8Array {
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  for (const text of texts) {
    if (!bytes.includes(text)) continue
    bytes = Buffer.from(
      bytes.toString('latin1').replaceAll(Buffer.from(text).toString('latin1'), REDACTED),
      'latin1',
    )
  }
  return bytes
}
