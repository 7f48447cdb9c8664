import type { RawHeader } from '#contract/http.ts'
import { isTextBody, utf8, wholeBytes } from './body-pieces.ts'
import { codeSnippet, type SnippetRequest } from './code-snippet.ts'
import { codeForm, type CodeForm } from './code-targets.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { hasBytesBeyondAscii, headerText, warnOfLosses } from './losses.ts'
import { outgoingOf, percentEncoded, receivedText, type Outgoing } from './outgoing.ts'
import { Warnings } from './warnings.ts'

/** The whole body stands in the code. */
const LONGEST_BODY = 1024 * 1024
/** What every HTTP library writes itself. */
const WRITTEN_BY_CLIENTS = new Set([
  ...['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'],
  ...['expect', 'te', 'trailer', 'upgrade'],
])

/**
 * Programs, one a delivery, in one text: a comment with its id goes before each. HTTP libraries keep
 * header names as a map, so order and case are theirs and repeats are joined with a comma (RFC 9110
 * §5.3). A body of more than 1 MiB is left out.
 */
export class CodeWriter implements ExportWriter {
  readonly fileExtension: string
  readonly warnings = new Warnings()
  readonly #form: CodeForm
  readonly #options: ExportOptions
  #count = 0

  /** Throws a `RangeError` when there is no such target. */
  constructor(options: ExportOptions) {
    const form = codeForm(options.target ?? '')
    if (!form) throw new RangeError(`There is no code target “${options.target ?? ''}”.`)
    this.#form = form
    this.#options = options
    this.fileExtension = form.fileExtension
  }

  *begin(): Iterable<Uint8Array> {
    // The first program begins the text.
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    warnOfLosses(exported, { name: 'Code' }, this.warnings)
    const outgoing = outgoingOf(exported, this.#options, this.warnings)
    const request = outgoing && this.#request(exported, outgoing)
    if (!outgoing || !request) return
    const code = codeSnippet(this.#form, request)
    if (code === null) {
      const { language, name } = this.#form
      this.warnings.add(
        `A body is not UTF-8, which ${language} with ${name} cannot write; it is left out.`,
      )
      return
    }
    if (++this.#count === 2) {
      this.warnings.add('Each delivery is a program of its own; they do not run as one file.')
    }
    yield utf8(this.#commented(code, `${outgoing.label}, received ${receivedText(exported)}`))
  }

  *end(): Iterable<Uint8Array> {
    // Nor does anything end it.
  }

  /** PHP's opening tag stays first: what is before it would be output. */
  #commented(code: string, text: string): string {
    const comment = `${this.#form.comment} Delivery ${text}\n`
    const written = code.startsWith('<?php\n')
      ? code.replace('<?php\n', `<?php\n${comment}`)
      : comment + code
    return `${written.trimEnd()}\n\n`
  }

  #request({ body, delivery }: ExportedDelivery, outgoing: Outgoing): SnippetRequest | null {
    const { method, origin, target } = outgoing
    const host = new URL(origin).hostname
    if (!/^[A-Za-z]+$/.test(method) || !target.startsWith('/') || !/^[\w.:[\]-]+$/.test(host)) {
      this.warnings.add(
        'A delivery’s method or target is none that HTTP libraries send; it is left out.',
      )
      return null
    }
    if (body.byteLength > LONGEST_BODY) {
      this.warnings.add(
        'A body of more than 1 MiB is too long to stand in code; its delivery is left out.',
      )
      return null
    }
    if (hasBytesBeyondAscii(delivery)) {
      this.warnings.add(
        'Header bytes beyond ASCII are written as text; HTTP libraries encode them in their own way.',
      )
    }
    const bytes = wholeBytes(body)
    return {
      ...{ method, origin },
      target: percentEncoded(target),
      headers: this.#joined(outgoing.rawHeaders),
      body:
        bytes.length === 0 ? null : isTextBody(body) ? Buffer.from(bytes).toString('utf8') : bytes,
    }
  }

  #joined(rawHeaders: readonly RawHeader[]): RawHeader[] {
    const joined = new Map<string, RawHeader>()
    for (const [name, value] of rawHeaders) {
      const key = name.toLowerCase()
      if (WRITTEN_BY_CLIENTS.has(key)) continue
      const earlier = joined.get(key)
      if (earlier) {
        this.warnings.add('A header that came more than once is joined with commas.')
        earlier[1] += `, ${headerText(value)}`
      } else joined.set(key, [name, headerText(value)])
    }
    return [...joined.values()]
  }
}
