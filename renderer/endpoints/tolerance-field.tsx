import type { Tolerance } from '#contract/verification.ts'
import { Segments } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { formatDuration } from '#renderer/words/format.ts'

export interface ToleranceDraft {
  own: boolean
  past: string
  future: string
}

/** The draft of a stored tolerance; empty text: that side is not checked. */
export function draftTolerance(tolerance: Tolerance | null): ToleranceDraft {
  return {
    own: tolerance !== null,
    past: String(tolerance?.pastSeconds ?? ''),
    future: String(tolerance?.futureSeconds ?? ''),
  }
}

function readSeconds(text: string): number | null | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^\d{1,9}(?:\.\d{1,3})?$/.test(trimmed) ? Number(trimmed) : undefined
}

/** The tolerance that a draft means, or the sentence that says what is wrong with it. */
export function readTolerance(draft: ToleranceDraft): { value: Tolerance | null } | string {
  if (!draft.own) return { value: null }
  const pastSeconds = readSeconds(draft.past)
  const futureSeconds = readSeconds(draft.future)
  if (pastSeconds === undefined || futureSeconds === undefined) {
    return 'Tolerance is a number of seconds; leave a side empty to not check it.'
  }
  return { value: { pastSeconds, futureSeconds } }
}

function side(seconds: number | null): string {
  return seconds === null ? 'not checked' : formatDuration(seconds * 1000)
}

function describe(tolerance: Tolerance | null): string {
  if (!tolerance) return 'This scheme checks no timestamp.'
  return `Past ${side(tolerance.pastSeconds)}, future ${side(tolerance.futureSeconds)}.`
}

interface Props {
  draft: ToleranceDraft
  onChange: (draft: ToleranceDraft) => void
  schemeTolerance: Tolerance | null
  error: string | undefined
}

/** How far a timestamp may lie from receipt: the scheme's own rule, or another. */
export function ToleranceField({ draft, onChange, schemeTolerance, error }: Props) {
  return (
    <div className="flex flex-col gap-2">
      <Segments
        label="Tolerance"
        showLabel
        value={draft.own ? 'own' : 'scheme'}
        onChange={(id) => onChange({ ...draft, own: id === 'own' })}
        options={[
          { id: 'scheme', name: 'As the scheme says' },
          { id: 'own', name: 'Own' },
        ]}
      />
      {draft.own ? (
        <div className="grid grid-cols-2 gap-3">
          <Field
            label="Seconds back"
            placeholder="not checked"
            value={draft.past}
            onChange={(past) => onChange({ ...draft, past })}
            error={error}
          />
          <Field
            label="Seconds ahead"
            placeholder="not checked"
            value={draft.future}
            onChange={(future) => onChange({ ...draft, future })}
          />
        </div>
      ) : (
        <p className="text-sm text-ink-3">{describe(schemeTolerance)}</p>
      )}
    </div>
  )
}
