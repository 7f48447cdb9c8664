import { base64Pieces, isTextBody, textPieces, utf8 } from './body-pieces.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { headerText, warnOfLosses } from './losses.ts'
import { outgoingOf, receivedText, type Outgoing } from './outgoing.ts'
import { Warnings } from './warnings.ts'

/** Written by Postman itself. */
const COMPUTED = new Set(['content-length', 'transfer-encoding'])

/**
 * A Postman collection (https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/): a request
 * a delivery. Postman sends text bodies only: one that is no UTF-8 is named as a file, and stands in
 * base64 in the description. It replaces `{{…}}` by variables, and there is no way to write braces
 * that it leaves alone; a warning says where they are.
 */
export class PostmanWriter implements ExportWriter {
  readonly fileExtension = 'postman_collection.json'
  readonly warnings = new Warnings()
  readonly #options: ExportOptions
  #isFirst = true

  constructor(options: ExportOptions) {
    this.#options = options
  }

  *begin(): Iterable<Uint8Array> {
    const info = {
      name: 'Webhooks from Countersign',
      description: 'Signature headers are as they were received.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    }
    yield utf8(`{"info":${JSON.stringify(info)},"item":[`)
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    warnOfLosses(exported, { name: 'A Postman collection' }, this.warnings)
    const outgoing = outgoingOf(exported, this.#options, this.warnings)
    if (!outgoing) return
    const { method, rawHeaders, label } = outgoing
    yield utf8(this.#isFirst ? '\n' : ',\n')
    this.#isFirst = false
    if (variables(rawHeaders.flat().join('\n') + outgoing.target)) this.#warnOfVariables()
    const request = {
      method,
      header: rawHeaders
        .filter(([name]) => !COMPUTED.has(name.toLowerCase()))
        .map(([key, value]) => ({ key, value: headerText(value) })),
      url: postmanUrl(outgoing),
      description: `Received ${receivedText(exported)}.`,
    }
    yield utf8(`{"name":${JSON.stringify(label)},"request":${JSON.stringify(request).slice(0, -1)}`)
    if (exported.body.byteLength > 0) yield* this.#body(exported, outgoing)
    yield utf8('}}')
  }

  *end(): Iterable<Uint8Array> {
    yield utf8('\n]}\n')
  }

  *#body({ body, delivery }: ExportedDelivery, { rawHeaders }: Outgoing): Iterable<Uint8Array> {
    if (!isTextBody(body)) {
      const src = `delivery-${delivery.id}.bin`
      this.warnings.add(
        'A body is not UTF-8, and Postman has text only: it stands in base64 in `_bodyBase64`; save it as delivery-ID.bin for the request to send it.',
      )
      yield utf8(`,"body":{"mode":"file","file":${JSON.stringify({ src })}},"_bodyBase64":"`)
      for (const piece of base64Pieces(body)) yield utf8(piece)
      yield utf8('"')
      return
    }
    yield utf8(',"body":{"mode":"raw","raw":"')
    let before = ''
    let found = false
    for (const piece of textPieces(body)) {
      found ||= variables(before + piece)
      before = piece.slice(-1)
      yield utf8(JSON.stringify(piece).slice(1, -1))
    }
    if (found) this.#warnOfVariables()
    yield utf8(`","options":{"raw":{"language":"${languageOf(rawHeaders)}"}}}`)
  }

  #warnOfVariables(): void {
    this.warnings.add('A delivery holds {{…}}, which Postman would take for a variable.')
  }
}

function variables(text: string): boolean {
  return text.includes('{{')
}

function postmanUrl({ origin, target }: Outgoing) {
  const { protocol, hostname, port } = new URL(origin)
  const [path = '', ...query] = headerText(target).split('?')
  const text = query.join('?')
  return {
    raw: `${origin}${headerText(target)}`,
    protocol: protocol.slice(0, -1),
    host: hostname.startsWith('[') ? [hostname] : hostname.split('.'),
    ...(port === '' ? {} : { port }),
    path: path.replace(/^\//, '').split('/'),
    ...(query.length === 0 ? {} : { query: text.split('&').map(pair) }),
  }
}

/** Escapes stay as they were written: Postman sends what stands here. */
function pair(text: string): { key: string; value: string | null } {
  const at = text.indexOf('=')
  return at === -1
    ? { key: text, value: null }
    : { key: text.slice(0, at), value: text.slice(at + 1) }
}

function languageOf(rawHeaders: Outgoing['rawHeaders']): string {
  const type = rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (/[/+]json\b/i.test(type)) return 'json'
  return /[/+]xml\b/i.test(type) ? 'xml' : 'text'
}
