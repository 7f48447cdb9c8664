import type { Endpoint, SchemeInfo, SettingValues } from '#contract/endpoint.ts'
import type { SettingForm } from '#contract/scheme-parts.ts'
import { settingProblems } from '#contract/setting-problems.ts'
import { Button } from '#renderer/controls/button.tsx'
import { Field } from '#renderer/controls/field.tsx'
import { SecretInput } from '#renderer/controls/secret-input.tsx'

export interface SettingsDraft {
  /** By name; `null`: one that is set is taken away. */
  values: Record<string, string | null>
  /** Secret ones that are set and are not told. */
  kept: string[]
  /** Those of them that cannot be unsealed. */
  locked: readonly string[]
}

export function draftSettings(
  endpoint?: Pick<Endpoint, 'settings' | 'secretSettings' | 'lockedSettings'>,
): SettingsDraft {
  return {
    values: { ...endpoint?.settings },
    kept: endpoint?.secretSettings ?? [],
    locked: endpoint?.lockedSettings ?? [],
  }
}

/** What of a draft the scheme takes, or what is wrong with it by field. */
export function readSettings(
  { values, kept }: SettingsDraft,
  scheme: SchemeInfo | undefined,
  urlIsKnown = false,
): SettingValues | Map<string, string> {
  const wanted: SettingValues = {}
  const all: Record<string, string> = {}
  for (const { name, kind } of scheme?.settings ?? []) {
    const value = values[name]
    const text = kind === 'secret' ? value : (value?.trim() ?? '')
    if (text) {
      wanted[name] = text
      all[name] = text
    } else if (kind !== 'secret' || value === null) wanted[name] = null
    else if (kept.includes(name)) all[name] = 'kept'
  }
  const problems = settingProblems(scheme ?? null, all, urlIsKnown)
  if (problems.length === 0) return wanted
  return new Map(problems.map(({ name, sentence }) => [`settings.${name}`, sentence]))
}

/** What of a draft is given for the scheme, right or wrong. */
export function givenSettings(
  { values }: SettingsDraft,
  scheme: SchemeInfo | undefined,
): Record<string, string> {
  return Object.fromEntries(
    (scheme?.settings ?? []).flatMap(({ name }) => {
      const value = values[name]
      return value ? [[name, value]] : []
    }),
  )
}

/** Hints stand in sentences elsewhere and begin small. */
function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

interface FieldProps {
  form: SettingForm
  draft: SettingsDraft
  onChange: (value: string | null) => void
  error: string | undefined
}

function SecretSetting({ form, draft, onChange, error }: FieldProps) {
  const value = draft.values[form.name]
  const isSet = draft.kept.includes(form.name)
  const removed = isSet && value === null
  const keptWords = draft.locked.includes(form.name)
    ? '•••••••••••• locked; type to enter it again'
    : '•••••••••••• set; type to replace it'
  const label = form.required ? `${form.label} (required)` : form.label
  return (
    <div className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <SecretInput
          label={label}
          value={value ?? ''}
          onChange={onChange}
          placeholder={isSet && !removed ? keptWords : ''}
          hint={removed ? 'It is removed with Save.' : sentenceCase(form.hint)}
          error={error}
        />
      </div>
      {isSet && (
        <div className="pt-6">
          <Button small kind="quiet" onPress={() => onChange(removed ? '' : null)}>
            {removed ? `Keep ${form.label}` : `Remove ${form.label}`}
          </Button>
        </div>
      )}
    </div>
  )
}

interface Props {
  scheme: SchemeInfo
  draft: SettingsDraft
  onChange: (draft: SettingsDraft) => void
  errors: Map<string, string>
}

/** What a scheme needs beside the secret. */
export function SettingFields({ scheme, draft, onChange, errors }: Props) {
  const set = (name: string, value: string | null) =>
    onChange({ ...draft, values: { ...draft.values, [name]: value } })
  return (
    <>
      {scheme.settings.map((form) => {
        const error = errors.get(`settings.${form.name}`)
        if (form.kind === 'secret') {
          return (
            <SecretSetting
              key={form.name}
              form={form}
              draft={draft}
              onChange={(value) => set(form.name, value)}
              error={error}
            />
          )
        }
        return (
          <Field
            key={form.name}
            label={form.required ? `${form.label} (required)` : form.label}
            mono
            value={draft.values[form.name] ?? ''}
            onChange={(value) => set(form.name, value)}
            placeholder={form.kind === 'url' ? 'https://example.com/webhooks' : ''}
            hint={sentenceCase(form.hint)}
            error={error}
          />
        )
      })}
    </>
  )
}
