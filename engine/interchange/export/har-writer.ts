import { fieldsOf, type RawHeader } from '#contract/http.ts'
import { parseUrl } from '#engine/interchange/parse-url.ts'
import { base64Pieces, isTextBody, textPieces, utf8 } from './body-pieces.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { harResponse } from './har-response.ts'
import { hasBytesBeyondAscii, warnOfLosses } from './losses.ts'
import { Warnings } from './warnings.ts'

/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): an entry for each delivery, with what
 * we answered as its response. A body that is not UTF-8 stands in base64 with `encoding`, which the
 * specification has for responses only (Chrome and mitmproxy write it so too). What HAR has no name
 * for stands in `_countersign`: the request target as sent, trailer fields, remote address, verdict.
 */
export class HarWriter implements ExportWriter {
  readonly fileExtension = 'har'
  readonly warnings = new Warnings()
  readonly #options: ExportOptions
  #isFirst = true

  constructor(options: ExportOptions) {
    this.#options = options
  }

  *begin(): Iterable<Uint8Array> {
    const creator = JSON.stringify({ name: 'Countersign', version: this.#options.version })
    yield utf8(`{"log":{"version":"1.2","creator":${creator},"entries":[`)
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    const { delivery, body } = exported
    this.#warn(exported)
    const { receivedAtMs, completedAtMs, times } = delivery
    const send = Math.max(0, completedAtMs - receivedAtMs)
    const wait = Math.max(0, (times.answeredAtMs ?? completedAtMs) - completedAtMs)
    yield utf8(this.#isFirst ? '\n' : ',\n')
    this.#isFirst = false
    const opening = {
      startedDateTime: new Date(receivedAtMs).toISOString(),
      time: send + wait,
    }
    yield utf8(`${JSON.stringify(opening).slice(0, -1)},"request":`)
    const request = harRequest(exported, this.#options.captureUrl)
    yield utf8(JSON.stringify(request).slice(0, -1))
    if (body.byteLength > 0) yield* this.#postData(exported)
    const closing = {
      response: harResponse(delivery),
      cache: {},
      timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send, wait, receive: 0 },
      _countersign: ownFields(exported),
    }
    yield utf8(`},${JSON.stringify(closing).slice(1)}`)
  }

  *end(): Iterable<Uint8Array> {
    yield utf8('\n]}}\n')
  }

  *#postData({ delivery, body }: ExportedDelivery): Iterable<Uint8Array> {
    const mimeType = valueOf(delivery.rawHeaders, 'content-type') ?? ''
    const isText = isTextBody(body)
    yield utf8(`,"postData":{"mimeType":${JSON.stringify(mimeType)}`)
    yield utf8(isText ? ',"text":"' : ',"encoding":"base64","text":"')
    if (isText) {
      for (const piece of textPieces(body)) yield utf8(JSON.stringify(piece).slice(1, -1))
    } else {
      this.warnings.add(
        'A body is not UTF-8 and stands in base64, which HAR 1.2 knows for responses only; not every reader decodes it.',
      )
      for (const piece of base64Pieces(body)) yield utf8(piece)
    }
    yield utf8('"}')
  }

  #warn(exported: ExportedDelivery): void {
    const { delivery } = exported
    warnOfLosses(exported, { name: 'HAR', trailers: true, verification: true }, this.warnings)
    if (hasBytesBeyondAscii(delivery)) {
      this.warnings.add(
        'Header bytes beyond ASCII stand as ISO 8859-1 characters, one for each byte: HAR has text only.',
      )
    }
    if (delivery.rawTrailers.length > 0) {
      this.warnings.add('HAR has no place for trailer fields; they stand in `_countersign`.')
    }
    if (delivery.answer === null) {
      this.warnings.add('A delivery was not answered; its response has status 0.')
    }
  }
}

function harRequest({ delivery, body }: ExportedDelivery, captureUrl: string) {
  const { method, target, httpVersion, rawHeaders } = delivery
  return {
    method,
    url: absoluteUrl(delivery.target, rawHeaders, captureUrl),
    httpVersion: `HTTP/${httpVersion}`,
    cookies: cookiesOf(rawHeaders),
    headers: rawHeaders.map(([name, value]) => ({ name, value })),
    queryString: queryOf(target),
    headersSize: headLength(delivery),
    bodySize: body.byteLength,
  }
}

function ownFields({ delivery }: ExportedDelivery) {
  const { id, endpointName, target, remoteAddress, remotePort, rawTrailers } = delivery
  const { bodySha256, problem, verification, verificationAtReceipt } = delivery
  const short = ({ verdict, schemeId, reason }: typeof verification) => ({
    ...{ verdict, schemeId, reason: reason.sentence },
  })
  return {
    ...{ id, endpointName, target, remoteAddress, remotePort, rawTrailers, bodySha256, problem },
    verification: short(verification),
    verificationAtReceipt: short(verificationAtReceipt),
  }
}

/** As the sender addressed us; where its Host or target is no part of a URL, our own address. */
function absoluteUrl(target: string, rawHeaders: readonly RawHeader[], captureUrl: string): string {
  if (/^https?:\/\//i.test(target)) return parseUrl(target)?.href ?? captureUrl
  const { protocol, origin } = new URL(captureUrl)
  const host = valueOf(fieldsOf(rawHeaders), 'host') ?? ''
  const own = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i.test(host)
    ? `${protocol}//${host}`
    : origin
  const path = target.startsWith('/') ? target : '/'
  // What has no place in a URL is percent-encoded (RFC 3986); dots stay as they were sent.
  const encoded = path.replace(
    /[^\x21-\x7e]|["<>\\^`{|}[\]#]|%(?![0-9A-Fa-f]{2})/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
  return `${own}${encoded}`
}

function queryOf(target: string): { name: string; value: string }[] {
  const at = target.indexOf('?')
  if (at === -1) return []
  return [...new URLSearchParams(target.slice(at))].map(([name, value]) => ({ name, value }))
}

/** RFC 6265, section 4.2.1. */
function cookiesOf(rawHeaders: readonly RawHeader[]): { name: string; value: string }[] {
  return rawHeaders
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return { name: at === -1 ? '' : pair.slice(0, at), value: pair.slice(at + 1) }
    })
}

/** From the request line to the blank line, as HAR counts it. */
function headLength({ method, target, rawHeaders }: ExportedDelivery['delivery']): number {
  const line = method.length + target.length + ' HTTP/1.1'.length + 3
  return rawHeaders.reduce((sum, [name, value]) => sum + name.length + value.length + 4, line + 2)
}

function valueOf(rawHeaders: readonly RawHeader[], lowerName: string): string | null {
  return rawHeaders.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? null
}
