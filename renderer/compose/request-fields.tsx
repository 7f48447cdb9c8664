import { CheckBox } from '#renderer/controls/check-box.tsx'
import { SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SchemeField } from '#renderer/endpoints/scheme-field.tsx'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { TargetField } from '#renderer/replay/target-field.tsx'
import { useBegin, type Composing } from './use-composing.ts'

const OWN = 'own~request'

/** Which provider, which event, and where to. */
export function RequestFields({ composing, tried }: { composing: Composing; tried: boolean }) {
  const { form, change, samples, url, problems } = composing
  const schemes = useSchemes()
  const begin = useBegin()
  const known = samples.some(({ name }) => name === form.event)
  const events = samples.map(({ name }) => ({ id: name, name }))
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <SchemeField
          schemes={schemes}
          nothing="None: a plain webhook"
          value={form.schemeId}
          onChange={(schemeId) => begin.mutate(schemeId)}
        />
        <SelectField
          label="Event"
          value={known ? form.event : OWN}
          onChange={composing.chooseEvent}
          options={known ? events : [{ id: OWN, name: 'A request of your own' }, ...events]}
        />
      </div>
      <div className="grid grid-cols-[6rem_1fr] items-start gap-3">
        <Field
          label="Method"
          mono
          value={form.method}
          onChange={(method) => change({ method: method.toUpperCase() })}
        />
        <TargetField
          url={url}
          endpointId={typeof form.signer === 'number' ? form.signer : null}
          onChange={change}
          error={tried || form.url !== null ? problems.url : undefined}
        />
      </div>
      {/^\s*https:/i.test(url) && (
        <CheckBox
          label="Check the certificate"
          on={form.verifyTls}
          onChange={(verifyTls) => change({ verifyTls })}
        />
      )}
    </div>
  )
}
