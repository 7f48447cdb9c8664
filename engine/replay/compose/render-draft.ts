import type { Draft } from '#contract/compose.ts'
import type { RawHeader } from '#contract/http.ts'
import { parseTemplate, type Template } from '#contract/template/parse-template.ts'
import { createRandom, type Random } from '#contract/template/random.ts'
import { renderTemplate } from '#contract/template/render-template.ts'
import type { ReplayedDelivery } from '#engine/replay/build.ts'

/** A draft whose templates are read, to be rendered any number of times. */
export interface ReadyDraft {
  /** `counter`: 1 for the first. `problem`: it would be too long. */
  render(counter: number, nowMs: number): ReplayedDelivery | { problem: string }
}

/**
 * Reads the templates of a draft. With the same seed, counter and clock it renders the same request.
 * `problem`: one sentence that says where a template is wrong.
 */
export function readDraft(draft: Draft, seed: number | string): ReadyDraft | { problem: string } {
  const target = read('The path', draft.target)
  if ('problem' in target) return target
  const headers: { name: string; value: Template }[] = []
  for (const [name, text] of draft.rawHeaders) {
    const value = read(`The header “${name}”`, text)
    if ('problem' in value) return value
    headers.push({ name, value })
  }
  const body = readBody(draft.body)
  if ('problem' in body) return body
  return {
    render: (counter, nowMs) => {
      const random = createRandom(`${seed}:${counter}`)
      const write = (template: Template) => renderTemplate(template, values(random, counter, nowMs))
      const made = { target: write(target), body: body.bytes ?? write(body.template) }
      const rawHeaders = headers.map(({ name, value }): RawHeader => {
        return [wireText(name), wireText(write(value) ?? '')]
      })
      if (made.target === null || made.body === null) {
        return { problem: 'With its values the webhook is longer than 4 MB; it was not made.' }
      }
      return {
        method: draft.method,
        target: wireTarget(made.target),
        rawHeaders,
        body: typeof made.body === 'string' ? Buffer.from(made.body, 'utf8') : made.body,
      }
    },
  }
}

function values(random: Random, counter: number, nowMs: number) {
  return { request: null, random, counter, nowMs }
}

function readBody(
  body: Draft['body'],
): { bytes: Uint8Array } | { bytes: null; template: Template } | { problem: string } {
  if (body.kind === 'bytes') return { bytes: Buffer.from(body.base64, 'base64') }
  const template = read('The body', body.text)
  return 'problem' in template ? template : { bytes: null, template }
}

function read(what: string, text: string): Template | { problem: string } {
  const template = parseTemplate(text, { request: false })
  if (!('problem' in template)) return template
  const line = text.slice(0, template.at).split('\n').length
  const where = text.includes('\n') ? `, line ${line}` : ''
  return { problem: `${what}${where}: ${template.problem}` }
}

/** A header as bytes: Latin-1 as it stands, anything beyond as UTF-8. */
function wireText(text: string): string {
  return /^[\0-\xff]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** What a request line cannot carry is percent-encoded (RFC 3986, section 2.1). */
function wireTarget(text: string): string {
  const unicode = text.replace(/\p{Surrogate}/gu, '\uFFFD')
  return unicode.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
}
