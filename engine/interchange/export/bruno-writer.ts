import { isTextBody, utf8, wholeBytes } from './body-pieces.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions, ExportWriter } from './export-writer.ts'
import { headerText, warnOfLosses } from './losses.ts'
import { outgoingOf, percentEncoded, receivedText, type Outgoing } from './outgoing.ts'
import { tarEnd, tarHeader, tarPadding, tarWhole } from './tar.ts'
import { Warnings } from './warnings.ts'

const FOLDER = 'countersign'
/** Longer bodies are files, as those in which something would act. */
const LONGEST_TEXT = 256 * 1024
/** What Bruno has a block of its own for; others are sent by a custom method. */
const METHODS = new Set([
  'get',
  'post',
  'put',
  'delete',
  'patch',
  'options',
  'head',
  'connect',
  'trace',
])

/**
 * A Bruno collection as a tar: a folder with `bruno.json` and a `.bru` file a delivery
 * (https://docs.usebruno.com/bru-lang/overview). A `.bru` file has no quoting: a body stands indented
 * in its block, and Bruno replaces `{{…}}` by variables, those of the process's environment too. So a
 * body that would not come out the same is a file of its own beside it, which Bruno sends as it is; a
 * header with braces is left out. All text stands in `body:text`: a `body:json` may be written anew.
 */
export class BrunoWriter implements ExportWriter {
  readonly fileExtension = 'tar'
  readonly warnings = new Warnings()
  readonly #options: ExportOptions
  #sequence = 0

  constructor(options: ExportOptions) {
    this.#options = options
  }

  *begin(): Iterable<Uint8Array> {
    const collection = { version: '1', name: 'Webhooks from Countersign', type: 'collection' }
    yield* tarWhole(`${FOLDER}/bruno.json`, utf8(`${JSON.stringify(collection, null, 2)}\n`), 0)
  }

  *delivery(exported: ExportedDelivery): Iterable<Uint8Array> {
    const { delivery, body } = exported
    warnOfLosses(exported, { name: 'A Bruno collection' }, this.warnings)
    const outgoing = outgoingOf(exported, this.#options, this.warnings)
    if (!outgoing) return
    this.#sequence++
    const text = inertText(exported)
    const bodyFile = text === null && body.byteLength > 0 ? `delivery-${delivery.id}.bin` : null
    const bru = this.#bru(exported, outgoing, { text, bodyFile })
    const modifiedAtMs = delivery.receivedAtMs
    yield* tarWhole(`${FOLDER}/${fileNameOf(outgoing.label)}.bru`, utf8(bru), modifiedAtMs)
    if (bodyFile === null) return
    const { byteLength } = body
    yield tarHeader({ path: `${FOLDER}/${bodyFile}`, byteLength, modifiedAtMs })
    yield* body.chunks()
    yield tarPadding(byteLength)
  }

  *end(): Iterable<Uint8Array> {
    yield tarEnd()
  }

  #bru(
    exported: ExportedDelivery,
    { method, origin, target, rawHeaders, label }: Outgoing,
    { text, bodyFile }: { text: string | null; bodyFile: string | null },
  ): string {
    const type = valueOf(rawHeaders, 'content-type')
    const mode = bodyFile !== null ? 'file' : text ? 'text' : 'none'
    const verb = method.toLowerCase()
    const own = METHODS.has(verb) && method === method.toUpperCase()
    const address = `url: ${origin}${percentEncoded(target)}`
    const blocks = [
      block('meta', [`name: ${label}`, 'type: http', `seq: ${this.#sequence}`]),
      block(own ? verb : 'http', [
        ...(own ? [] : [`method: ${method}`]),
        address,
        `body: ${mode}`,
        'auth: none',
      ]),
      block(
        'headers',
        rawHeaders.flatMap(([name, value]) => this.#header(name, value)),
      ),
    ]
    if (bodyFile !== null) {
      const contentType = /^[\w!#$&^.+/; =-]+$/.test(type) ? type : 'application/octet-stream'
      blocks.push(block('body:file', [`file: @file(${bodyFile}) @contentType(${contentType})`]))
    } else if (mode !== 'none') blocks.push(block('body:text', (text ?? '').split('\n')))
    blocks.push(block('docs', [`Received ${receivedText(exported)}.`]))
    return blocks.join('\n')
  }

  /** Other names would have to be quoted; a `~` before one switches the header off. */
  #header(name: string, value: string): string[] {
    if (/^(?:content-length|transfer-encoding)$/i.test(name)) return []
    const text = headerText(value)
    if (text.includes('{{') || !/^[\w-]+$/.test(name) || /\p{Cc}|^\s|\s$|^'''/u.test(text)) {
      this.warnings.add(`A header ${name} would act in a .bru file and is left out.`)
      return []
    }
    return [`${name}: ${text}`]
  }
}

/** Windows takes what stands before a colon for a drive or a file, and refuses the others. */
function fileNameOf(label: string): string {
  return label.slice(0, 60).replace(/[<>:"|?*\\/]/g, '_')
}

/** The body where it comes out of a block as it went in; `''`: there is none, `null`: it is a file. */
function inertText({ body }: ExportedDelivery): string | null {
  if (body.byteLength === 0) return ''
  if (body.byteLength > LONGEST_TEXT || !isTextBody(body)) return null
  const text = Buffer.from(wholeBytes(body)).toString('utf8')
  const acts = text.includes('{{') || /\r|\0|^\s|\s$|^\uFEFF|'''/.test(text)
  return acts ? null : text
}

function block(name: string, lines: readonly string[]): string {
  return `${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

function valueOf(rawHeaders: Outgoing['rawHeaders'], lowerName: string): string {
  return rawHeaders.find(([name]) => name.toLowerCase() === lowerName)?.[1] ?? ''
}
