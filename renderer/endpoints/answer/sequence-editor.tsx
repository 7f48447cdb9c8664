import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Button, IconButton } from '#renderer/controls/button.tsx'
import { Segments } from '#renderer/controls/choice.tsx'
import { ordinal } from '#renderer/words/format.ts'
import { AnswerFields } from './answer-fields.tsx'
import {
  type AnswerDraft,
  type AnsweringDraft,
  answerProblems,
  newAnswer,
} from './answering-draft.ts'
import type { PreviewRequest } from './preview-request.ts'

const MOST_ANSWERS = 50

/** `503 after 250 ms`, `hangs`: an answer in a few words. */
export function answerWords({ status, delay, fault, body }: AnswerDraft): string {
  const late = delay.trim() === '' || delay.trim() === '0' ? '' : ` after ${delay.trim()} ms`
  if (fault === 'hang') return `hangs${late}`
  if (fault === 'reset') return `resets the connection${late}`
  return `${status.trim() || '…'}${body === '' ? '' : ' with a body'}${late}`
}

interface StepProps {
  answer: AnswerDraft
  index: number
  count: number
  open: boolean
  insist: boolean
  preview: PreviewRequest
  onOpen: () => void
  onChange: (answer: AnswerDraft) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function Step(props: StepProps) {
  const { answer, index, count, open, insist, preview } = props
  const name = `${ordinal(index + 1)} answer`
  const wrong = insist && answerProblems(answer).size > 0
  return (
    <li className="flex flex-col">
      <div className="flex h-9 items-center gap-1 pr-1.5 pl-1">
        <AriaButton
          aria-expanded={open}
          onPress={props.onOpen}
          className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-sm px-1 text-left hover:bg-hover"
        >
          <ChevronRight size={14} aria-hidden className={`text-ink-3 ${open ? 'rotate-90' : ''}`} />
          <span className="w-22 shrink-0 whitespace-nowrap text-ink-2">{name}</span>
          <span className={`min-w-0 truncate ${wrong ? 'text-red' : 'font-medium'}`}>
            {answerWords(answer)}
          </span>
        </AriaButton>
        <IconButton
          small
          icon={ArrowUp}
          label={`Move the ${name} up`}
          isDisabled={index === 0}
          onPress={() => props.onMove(-1)}
        />
        <IconButton
          small
          icon={ArrowDown}
          label={`Move the ${name} down`}
          isDisabled={index === count - 1}
          onPress={() => props.onMove(1)}
        />
        <IconButton
          small
          icon={Trash2}
          label={`Remove the ${name}`}
          isDisabled={count === 1}
          onPress={props.onRemove}
        />
      </div>
      {open && (
        <div className="border-t border-line/60 px-3 pt-2 pb-3">
          <AnswerFields
            draft={answer}
            onChange={props.onChange}
            preview={preview}
            insist={insist}
          />
        </div>
      )}
    </li>
  )
}

interface Props {
  draft: AnsweringDraft
  onChange: (draft: AnsweringDraft) => void
  preview: PreviewRequest
  insist: boolean
}

/** Answers in turn: added, removed, put in order; and what is counted through them. */
export function SequenceEditor({ draft, onChange, preview, insist }: Props) {
  const { answers } = draft
  const [openKey, setOpenKey] = useState(answers.length === 1 ? (answers[0]?.key ?? null) : null)
  const set = (next: readonly AnswerDraft[]) => onChange({ ...draft, answers: next })
  const move = (index: number, by: -1 | 1) => {
    const next = [...answers]
    next.splice(index + by, 0, ...next.splice(index, 1))
    set(next)
  }
  const add = () => {
    const answer = newAnswer(200)
    set([...answers, answer])
    setOpenKey(answer.key)
  }
  return (
    <div className="flex flex-col gap-3">
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {answers.map((answer, index) => (
          <Step
            key={answer.key}
            answer={answer}
            index={index}
            count={answers.length}
            open={answer.key === openKey}
            insist={insist}
            preview={preview}
            onOpen={() => setOpenKey(answer.key === openKey ? null : answer.key)}
            onChange={(next) => set(answers.map((one) => (one.key === next.key ? next : one)))}
            onMove={(by) => move(index, by)}
            onRemove={() => set(answers.filter(({ key }) => key !== answer.key))}
          />
        ))}
        <li className="px-1.5 py-1">
          <Button
            small
            kind="quiet"
            icon={Plus}
            isDisabled={answers.length >= MOST_ANSWERS}
            onPress={add}
          >
            {answers.length === 1 ? 'Then another answer' : 'Add an answer'}
          </Button>
        </li>
      </ol>
      {answers.length > 1 && (
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Segments
            label="Counted for"
            showLabel
            value={draft.countPer}
            onChange={(countPer) => onChange({ ...draft, countPer })}
            options={[
              { id: 'message', name: 'Each message' },
              { id: 'endpoint', name: 'Whatever comes' },
            ]}
          />
          <Segments
            label="After the last"
            showLabel
            value={draft.afterLast}
            onChange={(afterLast) => onChange({ ...draft, afterLast })}
            options={[
              { id: 'stay', name: 'It stays' },
              { id: 'restart', name: 'From the first again' },
            ]}
          />
        </div>
      )}
    </div>
  )
}
