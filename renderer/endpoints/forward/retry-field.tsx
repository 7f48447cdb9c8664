import type { SchemeInfo } from '#contract/endpoint.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { formatSeconds } from '#renderer/words/format.ts'
import type { ForwardingDraft } from './forwarding-draft.ts'

/** `5 s, 5 min, 30 min` of what the provider documents. */
function scheduleWords(gapsSeconds: readonly number[]): string {
  return gapsSeconds.map(formatSeconds).join(', ')
}

function sentence(retry: ForwardingDraft['retry'], scheme: SchemeInfo | undefined): string {
  if (retry === 'none') return 'A target that fails (no answer, or 5xx) is recorded as failed.'
  if (retry === 'schedule') return 'After each pause that is written here it is tried again.'
  if (!scheme) return 'No scheme, so no schedule: it is not tried again.'
  const { retrySchedule, name } = scheme
  if (retrySchedule === null) return `${name} documents no pauses: it is not tried again.`
  return `As ${name} documents it, after ${scheduleWords(retrySchedule.gapsSeconds)}.`
}

interface Props {
  draft: ForwardingDraft
  scheme: SchemeInfo | undefined
  error: string | undefined
  onChange: (to: Partial<ForwardingDraft>) => void
}

/** When a target that failed is tried again. */
export function RetryField({ draft, scheme, error, onChange }: Props) {
  return (
    <div className="flex flex-col gap-1">
      <Segments
        label="Try again"
        showLabel
        value={draft.retry}
        onChange={(retry) => onChange({ retry })}
        options={[
          { id: 'none', name: 'Never' },
          { id: 'provider', name: 'As the provider would' },
          { id: 'schedule', name: 'After pauses' },
        ]}
      />
      <p className="text-sm text-ink-3">{sentence(draft.retry, scheme)}</p>
      {draft.retry === 'schedule' && (
        <Field
          label="Pauses in seconds"
          mono
          value={draft.gaps}
          onChange={(gaps) => onChange({ gaps })}
          error={error}
        />
      )}
    </div>
  )
}
