import type { Endpoint, SchemeInfo } from '#contract/endpoint.ts'
import { CheckBox } from '#renderer/controls/check-box.tsx'
import { Segments, SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { visibleStart } from '#renderer/words/visible-text.ts'
import type { SendingOptions } from './sending-options.ts'
import { TargetField } from './target-field.tsx'

const WHICHEVER = 'whichever'

interface Props {
  options: SendingOptions
  onChange: (change: Partial<SendingOptions>) => void
  endpoint: Endpoint | undefined
  /** `undefined`: none, or not the same for all. */
  scheme: SchemeInfo | undefined
  canSign: boolean
  /** Of several endpoints: each signs with its own secrets. */
  many?: boolean
  problems: { url?: string | undefined; shift?: string | undefined }
}

/** Which moment is signed. */
function Moment({ options, onChange, problems }: Props) {
  return (
    <div className="flex items-start gap-2">
      <Segments
        label="Timestamp"
        showLabel
        value={options.timestamp}
        onChange={(timestamp) => onChange({ timestamp })}
        options={[
          { id: 'now', name: 'Now' },
          { id: 'original', name: 'Original' },
          { id: 'shifted', name: 'Shifted' },
        ]}
      />
      {options.timestamp === 'shifted' && (
        <div className="w-32">
          <Field
            label="Seconds from now"
            mono
            inputMode="numeric"
            value={options.shift}
            onChange={(shift) => onChange({ shift })}
            error={problems.shift}
          />
        </div>
      )}
    </div>
  )
}

function SecretChoice({ options, onChange, endpoint }: Props) {
  const usable = endpoint?.secrets.filter(({ state }) => state === 'usable') ?? []
  if (usable.length < 2) return null
  const value = usable.some(({ id }) => id === options.secretId)
    ? String(options.secretId)
    : WHICHEVER
  return (
    <div className="w-52">
      <SelectField
        label="Secret"
        value={value}
        onChange={(id) => onChange({ secretId: id === WHICHEVER ? null : Number(id) })}
        options={[
          { id: WHICHEVER, name: 'The one that verified it', detail: 'Else the first that signs' },
          ...usable.map(({ id, name }) => ({ id: String(id), name: visibleStart(name, 80) })),
        ]}
      />
    </div>
  )
}

/** Where to, and signed how: of one replay or of many. */
export function SendingFields(props: Props) {
  const { options, onChange, endpoint, scheme, canSign, many = false, problems } = props
  const https = /^\s*https:/i.test(options.url)
  return (
    <div className="flex flex-col gap-3">
      <TargetField
        url={options.url}
        endpointId={endpoint?.id ?? null}
        onChange={onChange}
        error={problems.url}
        {...(many
          ? { hint: 'Without a path each delivery goes to the path that it came to.' }
          : {})}
      />
      {https && (
        <CheckBox
          label="Check the certificate"
          on={options.verifyTls}
          onChange={(verifyTls) => onChange({ verifyTls })}
          hint={
            options.verifyTls
              ? undefined
              : 'Any certificate is accepted: for local servers that sign their own.'
          }
        />
      )}
      <div className="flex min-h-13 flex-wrap items-start gap-x-6 gap-y-3">
        <Segments
          label="Signature"
          showLabel
          value={options.resign ? 'now' : 'as-it-was'}
          onChange={(id) => onChange({ resign: id === 'now' })}
          options={[
            { id: 'as-it-was', name: 'As it was' },
            { id: 'now', name: 'Re-signed now', disabled: !canSign },
          ]}
        />
        {options.resign && (scheme?.hasTimestamp ?? true) && <Moment {...props} />}
        {options.resign && (scheme?.hasMessageId ?? true) && (
          <Segments
            label="Message id"
            showLabel
            value={options.messageId}
            onChange={(messageId) => onChange({ messageId })}
            options={[
              { id: 'same', name: 'Same' },
              { id: 'new', name: 'New' },
            ]}
          />
        )}
        {options.resign && <SecretChoice {...props} />}
      </div>
    </div>
  )
}
