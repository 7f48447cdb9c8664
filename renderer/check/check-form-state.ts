import { useSyncExternalStore } from 'react'
import type { CheckGroup, NewCheck } from '#contract/check.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { HttpUrl } from '#contract/forwarding.ts'
import {
  draftSettings,
  givenSettings,
  type SettingsDraft,
} from '#renderer/endpoints/setting-fields.tsx'
import { newSecretDraft, type SecretDraft } from '#renderer/endpoints/secret-drafts.tsx'
import { checkGroups } from './outcome-words.ts'

/** What a handler is to be checked with; secrets stay in memory. */
export interface CheckForm {
  url: string
  verifyTls: boolean
  schemeId: string | null
  /** `null`: the secrets given here. */
  endpointId: number | null
  secrets: SecretDraft[]
  settings: SettingsDraft
  groups: readonly CheckGroup[]
}

export const blankCheck: CheckForm = {
  url: '',
  verifyTls: true,
  schemeId: null,
  endpointId: null,
  secrets: [newSecretDraft()],
  settings: draftSettings(),
  groups: checkGroups,
}

let current: CheckForm | null = null
const listeners = new Set<() => void>()

export function setCheckForm(next: CheckForm): void {
  current = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** `null`: nothing was entered yet. */
export function useCheckForm(): CheckForm | null {
  return useSyncExternalStore(subscribe, () => current)
}

export interface CheckProblems {
  url?: string
  scheme?: string
  secret?: string
  groups?: string
}

/** What keeps it from being run, by field. */
export function checkProblems(form: CheckForm): CheckProblems {
  const url = HttpUrl.safeParse(form.url.trim())
  const given = form.secrets.some(({ text }) => text !== '')
  return {
    ...(url.success ? {} : { url: url.error.issues[0]?.message ?? 'That is no URL.' }),
    ...(form.schemeId === null ? { scheme: 'Choose how its provider signs.' } : {}),
    ...(form.endpointId === null && !given
      ? { secret: 'Enter the secret that it verifies with.' }
      : {}),
    ...(form.groups.length === 0 ? { groups: 'Choose at least one group.' } : {}),
  }
}

/** For the engine. */
export function checkInput(form: CheckForm, schemeId: string, scheme: SchemeInfo | undefined) {
  const all = form.groups.length === checkGroups.length
  return {
    url: form.url.trim(),
    verifyTls: form.verifyTls,
    schemeId,
    endpointId: form.endpointId,
    secretTexts:
      form.endpointId === null
        ? form.secrets.map(({ text }) => text).filter((text) => text !== '')
        : [],
    settings: form.endpointId === null ? givenSettings(form.settings, scheme) : {},
    only: all ? [] : [...form.groups],
  } satisfies Partial<NewCheck>
}
