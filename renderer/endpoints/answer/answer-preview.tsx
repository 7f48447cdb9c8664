import { useMemo } from 'react'
import { parseTemplate } from '#contract/template/parse-template.ts'
import { createRandom } from '#contract/template/random.ts'
import { renderTemplate } from '#contract/template/render-template.ts'
import { visibleText } from '#renderer/words/visible-text.ts'
import { type AnswerDraft, answerProblems, headersOf } from './answering-draft.ts'
import type { PreviewRequest } from './preview-request.ts'

const LONGEST_SHOWN = 4000

/** The lines of an answer as they would go out; `null`: something in it is still wrong. */
function linesOf(draft: AnswerDraft, { request }: PreviewRequest): string[] | null {
  if (answerProblems(draft).size > 0) return null
  const values = { request, random: createRandom('preview'), nowMs: Date.now(), counter: 1 }
  const rendered = (text: string) => {
    const template = parseTemplate(text)
    return 'problem' in template ? '' : (renderTemplate(template, values) ?? '')
  }
  const headers = headersOf(draft).map(([name, value]) => `${name}: ${rendered(value)}`)
  const body = rendered(draft.body).slice(0, LONGEST_SHOWN)
  return [`HTTP/1.1 ${draft.status.trim()}`, ...headers, '', ...body.split('\n')]
}

/** What the sender would hear, with the values of the newest delivery or with samples. */
export function AnswerPreview({ draft, preview }: { draft: AnswerDraft; preview: PreviewRequest }) {
  const lines = useMemo(() => linesOf(draft, preview), [draft, preview])
  if (lines === null) return null
  const from =
    preview.deliveryId === null ? 'sample values' : `the values of delivery ${preview.deliveryId}`
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-sm text-ink-3">With {from} it reads:</figcaption>
      <pre
        tabIndex={0}
        aria-label="Preview of the answer"
        className="wire max-h-44 overflow-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 break-all whitespace-pre-wrap"
      >
        {lines.map(visibleText).join('\n').trimEnd()}
      </pre>
    </figure>
  )
}

/** Whether there is anything in an answer that a preview would show otherwise than it is written. */
export function hasValues({ body, headers }: AnswerDraft): boolean {
  return body.includes('{{') || headers.some(({ value }) => value.includes('{{'))
}
