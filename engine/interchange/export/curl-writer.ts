import { curlPlan, LONGEST_INLINE_BODY, type CurlPlan } from '#contract/curl-command.ts'
import { isChunked } from '#engine/interchange/chunked.ts'
import { utf8, wholeBytes } from './body-pieces.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { warnOfLosses } from './losses.ts'
import { outgoingOf, receivedText, type Outgoing } from './outgoing.ts'
import { Warnings } from './warnings.ts'

/** One curl command with its body, before a shell's quoting. */
export interface CurlCall {
  plan: CurlPlan
  outgoing: Outgoing
  exported: ExportedDelivery
  /** The body where it is short enough to stand within the command; else `null`. */
  inlineBody: Uint8Array | null
}

/** How one shell writes it. */
export interface CurlShell {
  fileExtension: string
  begin(): string
  /** A comment line; its text is printable ASCII. */
  comment(text: string): string
  call(call: CurlCall, warnings: Warnings): Iterable<string>
  end(): string
}

/**
 * Curl commands, one a delivery, in a script. Method, target, headers in their order and the body
 * arrive byte for byte; Host comes first, trailers and chunk boundaries are not reproduced.
 */
export class CurlWriter implements ExportWriter {
  readonly fileExtension: string
  readonly warnings = new Warnings()
  readonly #shell: CurlShell
  readonly #options: ExportOptions

  constructor(shell: CurlShell, options: ExportOptions) {
    this.#shell = shell
    this.#options = options
    this.fileExtension = shell.fileExtension
  }

  *begin(): Iterable<Uint8Array> {
    yield utf8(this.#shell.begin())
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    const { body } = exported
    warnOfLosses(exported, { name: 'A curl command' }, this.warnings)
    const outgoing = outgoingOf(exported, this.#options, this.warnings)
    if (!outgoing) return
    const inlineBody = body.byteLength <= LONGEST_INLINE_BODY ? wholeBytes(body) : null
    const plan = curlPlan({
      ...outgoing,
      body: inlineBody ?? { fileName: '', byteLength: body.byteLength },
    })
    if (!plan) return
    if (isChunked(outgoing.rawHeaders)) {
      this.warnings.add('A curl command chooses its own chunks for a chunked body.')
    }
    yield utf8(this.#shell.comment(`${outgoing.label}, received ${receivedText(exported)}`))
    const pieces = this.#shell.call({ plan, outgoing, exported, inlineBody }, this.warnings)
    for (const piece of pieces) yield utf8(piece)
  }

  *end(): Iterable<Uint8Array> {
    yield utf8(this.#shell.end())
  }
}
