import { useQuery } from '@tanstack/react-query'
import { Info } from 'lucide-react'
import { useState } from 'react'
import { maskedTarget } from '#contract/credentials.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { SettingForm } from '#contract/scheme-parts.ts'
import type { TriedScheme } from '#contract/own-scheme.ts'
import { api } from '#renderer/app/api.ts'
import { Segments, SelectField } from '#renderer/controls/choice.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { Callout } from '#renderer/controls/marks.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'
import { HighlightProvider } from '#renderer/verification/highlight.tsx'
import { VerdictSentence } from '#renderer/verification/sentence.tsx'
import { VerificationPanel } from '#renderer/verification/verification-panel.tsx'
import { errorSentence } from '#renderer/words/errors.ts'
import { formatClock } from '#renderer/words/format.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'
import { isRecord, valueAt } from './json-path.ts'
import { useDebounced } from './use-debounced.ts'
import { useTry, type When } from './use-try.ts'

const PLACEHOLDER = `POST /webhook HTTP/1.1
X-Signature: …

{"type":"…"}`

const RECENT = 30
const SETTLE_MS = 250
type From = 'pasted' | 'captured'

function deliveryName(row: DeliveryRow): string {
  const what = `${row.method} ${visibleStart(maskedTarget(row.target), 60)}`
  return `${formatClock(row.receivedAtMs)}  ${what}`
}

function settingForms(scheme: unknown): Pick<SettingForm, 'name' | 'label' | 'hint' | 'kind'>[] {
  const forms = valueAt(scheme, 'settings')
  if (!Array.isArray(forms)) return []
  return forms.filter(isRecord).flatMap(({ name, label, hint, kind }) =>
    typeof name === 'string' && name !== ''
      ? [
          {
            name,
            label: typeof label === 'string' && label !== '' ? label : name,
            hint: typeof hint === 'string' ? hint : '',
            kind: kind === 'secret' ? 'secret' : 'text',
          },
        ]
      : [],
  )
}

function Outcome({ tried }: { tried: TriedScheme }) {
  if ('problems' in tried) {
    return <p className="text-ink-3">The scheme cannot be used yet: what is wrong stands above.</p>
  }
  if ('request' in tried) return <p className="text-red">{tried.request}</p>
  const { explanation, unusableSecrets } = tried
  const { verdict, reason } = explanation.verification
  const sentence =
    reason.code === 'no-match'
      ? 'The secret does not produce this signature by these rules.'
      : reason.code === 'no-secret'
        ? 'Enter the secret to check it.'
        : reason.sentence
  return (
    <HighlightProvider>
      <VerdictSentence verdict={verdict} sentence={sentence} />
      {unusableSecrets.map(({ name, problem }) => (
        <Callout key={name} tone="amber" icon={<Info size={15} aria-hidden />}>
          {problem}
        </Callout>
      ))}
      <VerificationPanel explanation={explanation} />
    </HighlightProvider>
  )
}

/** A request to try the scheme on, and what it makes of it as one types. */
export function TryPanel({ scheme }: { scheme: unknown }) {
  const recent = useQuery(api.deliveries.list.queryOptions({ input: { limit: RECENT } })).data?.rows
  const [from, setFrom] = useState<From>('pasted')
  const [text, setText] = useState('')
  const [deliveryId, setDeliveryId] = useState<number | null>(null)
  const [secret, setSecret] = useState('')
  const [settings, setSettings] = useState<Record<string, string>>({})
  const [when, setWhen] = useState<When>('signed')
  const rows = recent ?? []
  const chosen = deliveryId ?? rows[0]?.id ?? null
  const pasted = text.trim() === '' ? null : { text }
  const captured = chosen === null ? null : { deliveryId: chosen }
  const forms = settingForms(scheme)
  const given = forms.flatMap(({ name }): [string, string][] => {
    const value = settings[name]
    return value ? [[name, value]] : []
  })
  const trial = useDebounced(
    JSON.stringify({
      scheme,
      request: from === 'pasted' ? pasted : captured,
      secrets: secret === '' ? [] : [secret],
      settings: Object.fromEntries(given),
      when: from === 'pasted' ? when : 'now',
    }),
    SETTLE_MS,
  )
  const { data, error } = useTry(JSON.parse(trial))
  return (
    <section aria-label="Try it" className="grid grid-cols-2 border-t border-line">
      <div className="flex min-w-0 flex-col gap-3 px-5 py-4">
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <h2 className="flex-1 text-lg font-semibold">Try it</h2>
          <Segments
            label="Request to try it on"
            value={from}
            onChange={setFrom}
            options={[
              { id: 'pasted', name: 'Pasted' },
              { id: 'captured', name: 'Captured', disabled: rows.length === 0 },
            ]}
          />
        </div>
        {from === 'pasted' ? (
          <Field
            label="Request"
            mono
            rows={8}
            value={text}
            onChange={setText}
            placeholder={PLACEHOLDER}
            hint="A raw request, a cURL command, or headers, a blank line and the body."
          />
        ) : (
          <SelectField
            label="Delivery"
            options={rows.map((row) => ({ id: String(row.id), name: deliveryName(row) }))}
            value={String(chosen)}
            onChange={(id) => setDeliveryId(Number(id))}
          />
        )}
        <SecretInput
          label="Secret to try it with"
          value={secret}
          onChange={setSecret}
          hint={
            from === 'captured'
              ? 'Empty: those of its endpoint. Used for this only, never stored.'
              : 'Used for this only, never stored.'
          }
        />
        {forms.map((form) => {
          const field = {
            label: form.label,
            hint: form.hint,
            value: settings[form.name] ?? '',
            onChange: (value: string) => setSettings({ ...settings, [form.name]: value }),
          }
          return form.kind === 'secret' ? (
            <SecretInput key={form.name} {...field} />
          ) : (
            <Field key={form.name} mono {...field} />
          )
        })}
        {from === 'pasted' && (
          <Segments
            label="Judge as if it arrived"
            showLabel
            value={when}
            onChange={setWhen}
            options={[
              { id: 'signed', name: 'When it was signed' },
              { id: 'now', name: 'Now' },
            ]}
          />
        )}
      </div>
      <div
        aria-live="polite"
        className="flex min-w-0 flex-col gap-4 border-l border-line bg-canvas px-5 py-4"
      >
        {error && <p className="selectable text-red">{errorSentence(error)}</p>}
        {data ? (
          <Outcome tried={data} />
        ) : (
          <p className="text-ink-3">
            Paste a request or choose a captured one: whether its signature is right shows here as
            you type.
          </p>
        )}
      </div>
    </section>
  )
}
