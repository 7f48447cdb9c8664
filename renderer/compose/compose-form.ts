import type { Composed, Draft, NewComposed, SampleEvent } from '#contract/compose.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { HttpUrl } from '#contract/forwarding.ts'
import type { RawHeader } from '#contract/http.ts'
import {
  draftSettings,
  givenSettings,
  type SettingsDraft,
} from '#renderer/endpoints/setting-fields.tsx'
import { draftHeaders, rawHeadersOf, type DraftHeader } from '#renderer/replay/header-edits.ts'
import { secondsOf } from '#renderer/replay/sending-options.ts'

/** Who signs: an endpoint by its id, a secret that is kept in memory only, or nobody. */
export type Signer = number | 'secret' | 'nobody'

/** A webhook that is being written: everything that a person can choose of it. */
export interface ComposeForm {
  schemeId: string | null
  /** The name of the sample event that it began as; empty: it is of one's own. */
  event: string
  method: string
  /** Path and query behind those of the URL, as the engine puts them together. */
  target: string
  /** What the headers were before they were edited. */
  given: readonly RawHeader[]
  headers: readonly DraftHeader[]
  body: Draft['body']
  signer: Signer
  /** Never stored, here or in the engine. */
  secretText: string
  settings: SettingsDraft
  timestamp: 'now' | 'shifted'
  shift: string
  messageId: 'new' | 'same'
  /** `null`: ours, at the path of the endpoint. */
  url: string | null
  verifyTls: boolean
  seed: string
  times: string
}

export const blankForm: ComposeForm = {
  schemeId: null,
  event: '',
  method: 'POST',
  target: '',
  given: [],
  headers: [],
  body: { kind: 'template', text: '' },
  signer: 'nobody',
  secretText: '',
  settings: draftSettings(),
  timestamp: 'now',
  shift: '-600',
  messageId: 'new',
  url: null,
  verifyTls: true,
  seed: '',
  times: '1',
}

/** A sample event in place of the request that was there. */
export function withSample(form: ComposeForm, sample: SampleEvent): ComposeForm {
  const { name, method, target, rawHeaders, body } = sample
  return {
    ...form,
    ...withRequest({ method, target, rawHeaders }),
    event: name,
    body: { kind: 'template', text: body },
  }
}

/** The parts of a form that are the request itself. */
export function withRequest(request: { method: string; target: string; rawHeaders: RawHeader[] }) {
  const { method, target, rawHeaders } = request
  return { method, target, given: rawHeaders, headers: draftHeaders(rawHeaders), event: '' }
}

/** What was composed before, to be changed or sent again; its secret has to be given again. */
export function formOf({ draft, url, signing }: Composed): ComposeForm {
  const { timestamp } = signing
  return {
    ...blankForm,
    ...withRequest(draft),
    schemeId: draft.schemeId,
    event: draft.name,
    body: draft.body,
    signer: !signing.resign ? 'nobody' : (draft.endpointId ?? 'secret'),
    settings: { values: draft.settings, kept: [], locked: [] },
    timestamp: typeof timestamp === 'number' ? 'shifted' : 'now',
    shift: typeof timestamp === 'number' ? String(timestamp) : blankForm.shift,
    messageId: signing.messageId,
    url,
    seed: draft.seed === null ? '' : String(draft.seed),
  }
}

export interface FormProblems {
  url?: string
  shift?: string
  seed?: string
  times?: string
  secret?: string
}

const whole = (text: string) => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : null)

/** What keeps it from being sent, by field. */
export function formProblems(form: ComposeForm, url: string): FormProblems {
  const parsed = HttpUrl.safeParse(url.trim())
  const times = whole(form.times)
  const signs = form.schemeId !== null && form.signer !== 'nobody'
  return {
    ...(parsed.success ? {} : { url: parsed.error.issues[0]?.message ?? 'That is no URL.' }),
    ...(signs && form.timestamp === 'shifted' && secondsOf(form.shift) === null
      ? { shift: 'Whole seconds, such as −600 or +30.' }
      : {}),
    ...(form.seed.trim() !== '' && whole(form.seed) === null
      ? { seed: 'A seed is a whole number.' }
      : {}),
    ...(times === null || times < 1 || times > 1000 ? { times: 'From 1 to 1,000.' } : {}),
    ...(signs && form.signer === 'secret' && form.secretText === ''
      ? { secret: 'Enter the secret that signs it.' }
      : {}),
  }
}

/** For the engine. */
export function composedInput(form: ComposeForm, url: string, scheme: SchemeInfo | undefined) {
  const { signer, schemeId, secretText, timestamp, shift, messageId, verifyTls } = form
  const resign = schemeId !== null && signer !== 'nobody'
  return {
    draft: {
      name: form.event,
      schemeId,
      endpointId: typeof signer === 'number' ? signer : null,
      settings: givenSettings(form.settings, scheme),
      method: form.method.trim(),
      target: form.target.trim(),
      rawHeaders: rawHeadersOf(form.headers),
      body: form.body,
      seed: form.seed.trim() === '' ? null : whole(form.seed),
    },
    url: url.trim(),
    verifyTls,
    timeoutMs: 30_000,
    resign,
    messageId,
    timestamp: timestamp === 'shifted' ? (secondsOf(shift) ?? 0) : timestamp,
    times: whole(form.times) ?? 1,
    ...(signer === 'secret' && secretText !== '' ? { secretText } : {}),
  } satisfies NewComposed
}
