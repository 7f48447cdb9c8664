import { z } from 'zod'
import type { SettingForm } from './scheme-parts.ts'

/** What is wrong with one setting, in one sentence. */
export interface SettingProblem {
  name: string
  code: 'unknown' | 'missing' | 'not-a-url'
  sentence: string
}

/**
 * What is wrong with the settings that a scheme gets; empty: nothing. `values` are all that it will
 * have, those kept from before included.
 * @param urlIsKnown what comes here says which URL was called: then none has to be given
 */
export function settingProblems(
  scheme: { name: string; settings?: readonly SettingForm[] | undefined } | null,
  values: Readonly<Record<string, string>>,
  urlIsKnown = false,
): SettingProblem[] {
  const forms = scheme?.settings ?? []
  const known = new Set(forms.map(({ name }) => name))
  const whose = scheme ? scheme.name : 'An endpoint without a scheme'
  const there =
    forms.length === 0
      ? `${whose} has no settings.`
      : `There are: ${forms.map(({ name }) => name).join(', ')}.`
  const unknown = Object.keys(values).flatMap((name): SettingProblem[] =>
    known.has(name)
      ? []
      : [{ name, code: 'unknown', sentence: `There is no setting “${name}” here. ${there}` }],
  )
  const asked = forms.map((form) => ({
    ...form,
    required: form.required && !(urlIsKnown && form.kind === 'url'),
  }))
  return [...unknown, ...asked.flatMap((form) => problemOf(whose, form, values[form.name] ?? ''))]
}

function problemOf(whose: string, form: SettingForm, value: string): SettingProblem[] {
  const { name, label } = form
  if (value === '') {
    if (!form.required) return []
    const sentence = `${whose} needs “${label}” (${name}): ${form.hint.replace(/\.$/, '')}.`
    return [{ name, code: 'missing', sentence }]
  }
  if (form.kind === 'url' && !isHttpUrl(value)) {
    const sentence = `“${label}” (${name}) is a whole URL that begins with http:// or https://.`
    return [{ name, code: 'not-a-url', sentence }]
  }
  return []
}

const HttpUrl = z.url({ protocol: /^https?$/ })

/** What an URL parser forgives (blanks around, slashes that are missing) would be signed as it is. */
function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && text === text.trim() && HttpUrl.safeParse(text).success
}
