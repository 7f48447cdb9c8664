import type { SchemeInfo } from '#contract/endpoint.ts'
import { Segments } from '#renderer/controls/choice.tsx'

interface Props {
  scheme: SchemeInfo
  answers: boolean
  onChange: (answers: boolean) => void
}

/** Whether the listener answers the scheme's handshakes itself. */
export function ChallengeChoice({ scheme, answers, onChange }: Props) {
  const names = scheme.challenges.map((name) => `“${name}”`).join(', ')
  return (
    <div className="flex flex-col gap-1">
      <Segments
        label="Handshakes"
        showLabel
        value={answers ? 'answer' : 'record'}
        onChange={(id) => onChange(id === 'answer')}
        options={[
          { id: 'answer', name: 'Answer them' },
          { id: 'record', name: 'Only record' },
        ]}
      />
      <p className="text-sm text-ink-3">
        {answers
          ? `${names}: answered by itself, as ${scheme.name} wants.`
          : `${names}: answered like every other delivery.`}
      </p>
    </div>
  )
}
