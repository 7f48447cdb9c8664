import type { SchemeInfo } from '#contract/endpoint.ts'
import { Field } from '#renderer/controls/field.tsx'
import { UrlToCopy } from '#renderer/public-url/url-to-copy.tsx'
import type { Reach } from '#renderer/public-url/use-reach.ts'
import { ChallengeChoice } from './challenge-choice.tsx'
import { SchemeFacts } from './scheme-facts.tsx'
import { SchemeField } from './scheme-field.tsx'
import { SettingFields, type SettingsDraft } from './setting-fields.tsx'
import { ToleranceField, type ToleranceDraft } from './tolerance-field.tsx'

export interface BasicsDraft {
  name: string
  path: string
  schemeId: string | null
  tolerance: ToleranceDraft
  settings: SettingsDraft
  answerChallenges: boolean
}

interface Props {
  draft: BasicsDraft
  onChange: (draft: BasicsDraft) => void
  schemes: SchemeInfo[]
  errors: Map<string, string>
  /** Where the listener is, to show what senders will call. */
  reach: Reach
  /** Leaves for the settings. */
  onLeave: () => void
  /** Ids of schemes that deliveries to it were recognised as, the surest first. */
  suggested?: readonly string[] | undefined
}

/** Name, path, scheme with its settings, and tolerance: what a new endpoint and an old one have in common. */
export function EndpointBasics(props: Props) {
  const { draft, onChange, schemes, errors, reach, suggested = [] } = props
  const scheme = schemes.find(({ id }) => id === draft.schemeId)
  const target = `${reach.local ?? ''}${draft.path.replace(/\/\*$/, '/…')}`
  return (
    <>
      <div className="grid grid-cols-2 items-start gap-3">
        <Field
          label="Name"
          placeholder="Stripe"
          value={draft.name}
          onChange={(name) => onChange({ ...draft, name })}
          error={errors.get('name')}
          autoFocus
        />
        <Field
          label="Path"
          mono
          placeholder="/stripe"
          value={draft.path}
          onChange={(path) => onChange({ ...draft, path })}
          error={errors.get('path')}
          hint={draft.path === '' ? 'A final /* takes what is below it.' : target}
        />
      </div>
      <SchemeField
        schemes={schemes}
        nothing="None: record only"
        value={draft.schemeId}
        onChange={(schemeId) => onChange({ ...draft, schemeId })}
        suggested={suggested}
        error={errors.get('schemeId')}
      >
        {scheme ? (
          <SchemeFacts scheme={scheme} />
        ) : (
          <p className="text-sm text-ink-3">Deliveries are recorded; nothing is checked.</p>
        )}
      </SchemeField>
      {scheme && draft.path.startsWith('/') && (
        <UrlToCopy reach={reach} path={draft.path} scheme={scheme} onLeave={props.onLeave} />
      )}
      {scheme && (
        <SettingFields
          scheme={scheme}
          draft={draft.settings}
          onChange={(settings) => onChange({ ...draft, settings })}
          errors={errors}
        />
      )}
      {scheme?.hasTimestamp && (
        <ToleranceField
          draft={draft.tolerance}
          onChange={(tolerance) => onChange({ ...draft, tolerance })}
          schemeTolerance={scheme.tolerance}
          error={errors.get('tolerance')}
        />
      )}
      {scheme && scheme.challenges.length > 0 && (
        <ChallengeChoice
          scheme={scheme}
          answers={draft.answerChallenges}
          onChange={(answerChallenges) => onChange({ ...draft, answerChallenges })}
        />
      )}
    </>
  )
}
