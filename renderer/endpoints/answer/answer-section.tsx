import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { DescribedChoice } from '#renderer/controls/described-choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import type { ForwardingDraft } from '#renderer/endpoints/forward/forwarding-draft.ts'
import { AnswerFields } from './answer-fields.tsx'
import {
  type AnswerDraft,
  type AnsweringDraft,
  type AnswerMode,
  readPercent,
} from './answering-draft.ts'
import { type PreviewRequest, usePreviewRequest } from './preview-request.ts'
import { SequenceEditor } from './sequence-editor.tsx'

/** Whether the first target's answer counts. */
function asksTarget({ targets, when, paused }: ForwardingDraft): boolean {
  return when === 'before-answer' && !paused && targets.some(({ enabled }) => enabled)
}

function defaultSentence(scheme: SchemeInfo | undefined, forwarding: ForwardingDraft): string {
  if (asksTarget(forwarding)) return 'What the first target says, as it is set up under Forward.'
  if (scheme?.answersByVerdict) {
    return `200 when the signature is right, else 401: the set-up test of ${scheme.name} wants that.`
  }
  return '200 and empty, once the delivery is stored.'
}

function options(scheme: SchemeInfo | undefined, forwarding: ForwardingDraft) {
  const described: { id: AnswerMode; name: string; sentence: string }[] = [
    { id: 'default', name: 'By default', sentence: defaultSentence(scheme, forwarding) },
    {
      id: 'canned',
      name: 'As written here',
      sentence: 'An answer of your own, or several in turn: to see how the provider tries again.',
    },
    {
      id: 'by-verdict',
      name: 'By verdict',
      sentence: 'One answer when the signature is right, another for anything else.',
    },
    {
      id: 'forward',
      name: 'As the target answers',
      sentence: asksTarget(forwarding)
        ? 'What the first target says; failures by chance can be mixed in.'
        : 'What the first target says. Forwarding is not set up for that yet; until then, as by default.',
    },
  ]
  return described
}

function One(props: {
  title: string
  draft: AnswerDraft
  onChange: (draft: AnswerDraft) => void
  preview: PreviewRequest
  insist: boolean
}) {
  const { title, ...rest } = props
  return (
    <section aria-label={title} className="rounded-md border border-line bg-surface px-3 pt-2 pb-3">
      <h4 className="pb-2 font-medium">{title}</h4>
      <AnswerFields {...rest} />
    </section>
  )
}

function Failure({
  draft,
  onChange,
  preview,
  insist,
}: Omit<Props, 'endpoint' | 'scheme' | 'forwarding'> & { preview: PreviewRequest }) {
  const { failure } = draft
  const set = (to: Partial<AnsweringDraft['failure']>) =>
    onChange({ ...draft, failure: { ...failure, ...to } })
  return (
    <div className="flex flex-col gap-3">
      <CheckBox
        label="Fail now and then"
        on={failure.on}
        onChange={(on) => set({ on })}
        hint="By chance this answer comes instead; it takes no turn of a sequence."
      />
      {failure.on && (
        <>
          <div className="w-40">
            <Field
              label="Share in %"
              mono
              inputMode="decimal"
              value={failure.percent}
              onChange={(percent) => set({ percent })}
              error={readPercent(failure.percent) === null ? '0 to 100.' : undefined}
            />
          </div>
          <One
            title="Instead"
            draft={failure.answer}
            onChange={(answer) => set({ answer })}
            preview={preview}
            insist={insist}
          />
        </>
      )}
    </div>
  )
}

interface Props {
  endpoint: Endpoint
  scheme: SchemeInfo | undefined
  forwarding: ForwardingDraft
  draft: AnsweringDraft
  onChange: (draft: AnsweringDraft) => void
  /** After a Save that something stood in the way of. */
  insist: boolean
}

/** How an endpoint answers. */
export default function AnswerSection(props: Props) {
  const { endpoint, scheme, forwarding, draft, onChange, insist } = props
  const preview = usePreviewRequest(endpoint.id)
  const common = { preview, insist }
  return (
    <div className="flex flex-col gap-4">
      <DescribedChoice
        label="The sender hears"
        value={draft.mode}
        onChange={(mode) => onChange({ ...draft, mode })}
        options={options(scheme, forwarding)}
      />
      {draft.mode === 'canned' && <SequenceEditor draft={draft} onChange={onChange} {...common} />}
      {draft.mode === 'by-verdict' && (
        <>
          <One
            title="When valid"
            draft={draft.whenValid}
            onChange={(whenValid) => onChange({ ...draft, whenValid })}
            {...common}
          />
          <One
            title="Anything else"
            draft={draft.otherwise}
            onChange={(otherwise) => onChange({ ...draft, otherwise })}
            {...common}
          />
        </>
      )}
      {draft.mode !== 'default' && <Failure draft={draft} onChange={onChange} {...common} />}
      {scheme && scheme.challenges.length > 0 && draft.mode !== 'default' && (
        <p className="text-sm text-ink-3">
          {endpoint.answerChallenges
            ? `Handshakes of ${scheme.name} are still answered as it wants.`
            : `Handshakes of ${scheme.name} are answered like this as well.`}
        </p>
      )}
    </div>
  )
}
