import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { DescribedChoice } from '#renderer/controls/described-choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import type { AnswerMode } from '#renderer/endpoints/answer/answering-draft.ts'
import { formatSeconds } from '#renderer/words/format.ts'
import { type ForwardingDraft, forwardingProblems } from './forwarding-draft.ts'
import { QueueLine } from './queue-line.tsx'
import { RetryField } from './retry-field.tsx'
import { TargetList } from './target-list.tsx'

const DEFAULT_DEADLINE_SECONDS = 30

function deadlineHint(scheme: SchemeInfo | undefined): string {
  const seconds = scheme?.answerWithinSeconds ?? null
  if (seconds !== null && scheme) {
    return `Empty: ${formatSeconds(seconds)}, as long as ${scheme.name} waits.`
  }
  return `Empty: ${DEFAULT_DEADLINE_SECONDS} s.`
}

interface Props {
  endpoint: Endpoint
  scheme: SchemeInfo | undefined
  answerMode: AnswerMode
  draft: ForwardingDraft
  onChange: (draft: ForwardingDraft) => void
  /** After a Save that something stood in the way of. */
  insist: boolean
}

/** Where the deliveries of an endpoint are sent on to, and how. */
export default function ForwardSection(props: Props) {
  const { endpoint, scheme, answerMode, draft, onChange, insist } = props
  const change = (to: Partial<ForwardingDraft>) => onChange({ ...draft, ...to })
  const all = forwardingProblems(draft)
  const problems = insist
    ? all
    : new Map([...all].filter(([field]) => !field.startsWith('target ')))
  const targetAnswers = answerMode === 'default' || answerMode === 'forward'
  const before = draft.when === 'before-answer'
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">
        Each delivery goes on to these targets, byte for byte: body, header order and case as they
        came.
      </p>
      <TargetList
        targets={draft.targets}
        firstAnswers={before && targetAnswers}
        problems={problems}
        onChange={(targets) => change({ targets })}
      />
      {draft.targets.length > 0 && (
        <>
          <DescribedChoice
            label="When"
            value={draft.when}
            onChange={(when) => change({ when })}
            options={[
              {
                id: 'before-answer',
                name: 'Before the answer',
                sentence: targetAnswers
                  ? 'The sender hears what the first target says; 502 when it cannot be reached, 504 at the deadline.'
                  : 'The endpoint has an answer of its own, so its sender does not wait for the target.',
              },
              {
                id: 'after-answer',
                name: 'After the answer',
                sentence:
                  'The sender is answered at once. Each target gets it at least once, also after a crash.',
              },
            ]}
          />
          <div className="grid grid-cols-2 items-start gap-3">
            <Field
              label="Deadline in seconds"
              mono
              inputMode="decimal"
              placeholder={String(scheme?.answerWithinSeconds ?? DEFAULT_DEADLINE_SECONDS)}
              value={draft.deadline}
              onChange={(deadline) => change({ deadline })}
              hint={deadlineHint(scheme)}
              error={problems.get('deadline')}
            />
            <div className="flex flex-col gap-1">
              <Segments
                label="What waited past its tolerance"
                showLabel
                value={draft.late}
                onChange={(late) => change({ late })}
                options={[
                  { id: 'as-is', name: 'Goes as it is' },
                  { id: 're-sign', name: 'Is signed anew' },
                ]}
              />
              <p className="text-sm text-ink-3">
                {draft.late === 'as-is'
                  ? 'The target may refuse it as stale.'
                  : 'With the endpoint’s secret and the time of sending.'}
              </p>
            </div>
          </div>
          <RetryField
            draft={draft}
            scheme={scheme}
            error={problems.get('gaps')}
            onChange={change}
          />
        </>
      )}
      {endpoint.forwarding !== null && (
        <div className="border-t border-line pt-2">
          <QueueLine endpoint={endpoint} always />
        </div>
      )}
    </div>
  )
}
