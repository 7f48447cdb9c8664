import { isTextBody, textPieces, utf8, wholeBytes } from './body-pieces.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { headerText, warnOfLosses } from './losses.ts'
import { outgoingOf, percentEncoded, receivedText } from './outgoing.ts'
import { Warnings } from './warnings.ts'

/** A body that is looked at whole, to see that no line of it acts. */
const LONGEST_BODY = 1024 * 1024

/**
 * A `.http` file for VS Code's REST Client and JetBrains' HTTP client. There is no quoting in these
 * files: a line of a body that begins with `###` begins another request, one with `<` reads a file or
 * is a script, one with `>` too, and `{{…}}` is a variable (https://github.com/Huachao/vscode-restclient,
 * https://www.jetbrains.com/help/idea/exploring-http-syntax.html). So a body in which something
 * would act, or that is no UTF-8 or has line ends that an editor changes, is not written but named as
 * a file beside it; such a header is left out; braces of the target are percent-encoded.
 */
export class HttpFileWriter implements ExportWriter {
  readonly fileExtension = 'http'
  readonly warnings = new Warnings()
  readonly #options: ExportOptions

  constructor(options: ExportOptions) {
    this.#options = options
  }

  *begin(): Iterable<Uint8Array> {
    yield utf8('# Written by Countersign. Each request sends one delivery.\n\n')
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    warnOfLosses(exported, { name: 'A .http file' }, this.warnings)
    const outgoing = outgoingOf(exported, this.#options, this.warnings)
    if (!outgoing) return
    const { method, origin, label } = outgoing
    const target = percentEncoded(outgoing.target)
    if (target !== outgoing.target) {
      this.warnings.add('Braces and bytes beyond ASCII of a target are percent-encoded.')
    }
    yield utf8(`### ${label}\n# Received ${receivedText(exported)}\n`)
    yield utf8(`${method} ${origin}${target}\n`)
    for (const [name, value] of outgoing.rawHeaders) {
      const line = this.#headerLine(name, value)
      if (line !== null) yield utf8(line)
    }
    yield utf8('\n')
    if (exported.body.byteLength > 0) yield* this.#body(exported)
    yield utf8('\n\n')
  }

  *end(): Iterable<Uint8Array> {
    // Nothing closes it.
  }

  #headerLine(name: string, value: string): string | null {
    // Both clients count the length themselves, and one that is wrong would be sent.
    if (/^(?:content-length|transfer-encoding)$/i.test(name)) return null
    const text = headerText(value)
    if (/\{\{/.test(text) || /^[#/<>@]/.test(name) || hasControls(text)) {
      this.warnings.add(`A header ${name} would act in a .http file and is left out.`)
      return null
    }
    return `${name}: ${text}\n`
  }

  *#body({ body, delivery }: ExportedDelivery): Iterable<Uint8Array> {
    if (body.byteLength <= LONGEST_BODY && isTextBody(body) && isInert(wholeBytes(body))) {
      for (const piece of textPieces(body)) yield utf8(piece)
      return
    }
    const name = `delivery-${delivery.id}.bin`
    this.warnings.add(
      'A body cannot stand in a .http file as it is (lines or braces that would act there, bytes that are no text, or its length); it is named as a file: save it as delivery-ID.bin beside it.',
    )
    yield utf8(`< ./${name}\n`)
  }
}

/** Whether every line of it is only a line, and it ends where the blank lines after it begin. */
function isInert(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8')
  if (text.includes('{{') || text.includes('\r') || hasControls(text.replaceAll('\n', ''))) {
    return false
  }
  if (/^\s|\s$|^\uFEFF/.test(text)) return false
  return text.split('\n').every((line) => !/^\s*(?:#|\/\/|<|>|@)/.test(line))
}

/** Also the line separators that editors know beside line feed. */
function hasControls(text: string): boolean {
  return /[^\P{Cc}\t]|[\u2028\u2029]/u.test(text)
}
