import { useState } from 'react'
import { SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { AnswerHeaders } from './answer-headers.tsx'
import { AnswerPreview, hasValues } from './answer-preview.tsx'
import { type AnswerDraft, answerProblems } from './answering-draft.ts'
import type { PreviewRequest } from './preview-request.ts'
import { TemplateValues } from './template-values.tsx'

const faults = [
  { id: 'none', name: 'Answer' },
  { id: 'hang', name: 'Hang', detail: 'Say nothing until the sender leaves' },
  { id: 'reset', name: 'Reset', detail: 'End the connection with a TCP reset' },
]

interface Props {
  draft: AnswerDraft
  onChange: (draft: AnswerDraft) => void
  preview: PreviewRequest
  /** `true`: what is wrong is said also where nobody typed yet. */
  insist: boolean
}

/** One answer: status, delay or fault, headers and body with their values, and how it reads. */
export function AnswerFields({ draft, onChange, preview, insist }: Props) {
  const [typed, setTyped] = useState(false)
  const problems = answerProblems(draft)
  const shown = typed || insist ? problems : new Map<string, string>()
  const change = (to: Partial<AnswerDraft>) => {
    setTyped(true)
    onChange({ ...draft, ...to })
  }
  const answers = draft.fault === 'none'
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-3 items-start gap-3">
        <SelectField
          label="What it does"
          options={faults}
          value={draft.fault}
          onChange={(id) => change({ fault: id === 'hang' || id === 'reset' ? id : 'none' })}
        />
        {answers && (
          <Field
            label="Status"
            mono
            inputMode="numeric"
            value={draft.status}
            onChange={(status) => change({ status })}
            error={shown.get('status')}
          />
        )}
        <Field
          label="Delay in ms"
          mono
          inputMode="numeric"
          placeholder="0"
          value={draft.delay}
          onChange={(delay) => change({ delay })}
          error={shown.get('delay')}
        />
      </div>
      {answers && (
        <>
          <AnswerHeaders
            headers={draft.headers}
            problems={shown}
            onChange={(headers) => change({ headers })}
          />
          <Field
            label="Body"
            mono
            rows={4}
            placeholder={'{"received":"{{messageId}}"}'}
            value={draft.body}
            onChange={(body) => change({ body })}
            error={shown.get('body')}
          />
          <TemplateValues onInsert={(text) => change({ body: draft.body + text })} />
          {hasValues(draft) && <AnswerPreview draft={draft} preview={preview} />}
        </>
      )}
    </div>
  )
}
