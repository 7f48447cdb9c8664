import type { Delivery } from '#contract/delivery.ts'
import { HttpUrl } from '#contract/forwarding.ts'
import { fieldsOf } from '#contract/http.ts'
import type { NewReplay, ReplayEdits } from '#contract/replay.ts'
import {
  draftHeaders,
  headerEdits,
  rawHeadersOf,
  removedHeaders,
  type DraftHeader,
} from './header-edits.ts'
import { secondsOf, sendingInput, type SendingOptions } from './sending-options.ts'

export type DraftBody =
  | { kind: 'captured' }
  | { kind: 'text'; text: string }
  | { kind: 'file'; name: string; bytes: Blob }

/** A replay that is being written: everything that a person can choose of it. */
export interface ReplayDraft extends SendingOptions {
  method: string
  /** The empty text: what the URL and the captured target make. */
  target: string
  headers: readonly DraftHeader[]
  body: DraftBody
  /** Host and Content-Length go out as they stand in the list. */
  exact: boolean
}

export type Captured = Pick<Delivery, 'method' | 'rawHeaders'>

/** Without any edit. */
export function freshDraft(captured: Captured, options: SendingOptions): ReplayDraft {
  return { ...options, ...unedited(captured) }
}

/** The edits of a draft as none. */
export function unedited({ method, rawHeaders }: Captured) {
  return {
    method,
    target: '',
    headers: draftHeaders(fieldsOf(rawHeaders)),
    body: { kind: 'captured' as const },
    exact: false,
  }
}

/** What was edited, in words: `method`, `target`, `headers`, `body`. */
export function editedParts(captured: Captured, draft: ReplayDraft): string[] {
  const parts: string[] = []
  if (draft.method !== captured.method) parts.push('method')
  if (draft.target.trim() !== '') parts.push('target')
  const headers =
    headerEdits(fieldsOf(captured.rawHeaders), draft.headers).size > 0 ||
    removedHeaders(fieldsOf(captured.rawHeaders), draft.headers).length > 0
  if (headers || draft.exact) parts.push('headers')
  if (draft.body.kind !== 'captured') parts.push('body')
  return parts
}

function editsOf(captured: Captured, draft: ReplayDraft): ReplayEdits | undefined {
  const parts = new Set(editedParts(captured, draft))
  if (parts.size === 0) return undefined
  const edits: ReplayEdits = {}
  if (parts.has('method')) edits.method = draft.method.trim()
  if (parts.has('target')) edits.target = draft.target.trim()
  if (parts.has('headers')) edits.rawHeaders = rawHeadersOf(draft.headers)
  if (draft.exact) edits.exact = true
  if (draft.body.kind === 'text') edits.body = new Blob([draft.body.text])
  if (draft.body.kind === 'file') edits.body = draft.body.bytes
  return edits
}

/** For the engine. */
export function replayInput(deliveryId: number, captured: Captured, draft: ReplayDraft) {
  const edits = editsOf(captured, draft)
  return {
    deliveryId,
    ...sendingInput(draft),
    ...(edits ? { edits } : {}),
  } satisfies Partial<NewReplay>
}

/** What keeps the options from being sent, by field; none of it: they can be. */
export function optionProblems(
  options: Pick<SendingOptions, 'url' | 'resign' | 'timestamp' | 'shift'>,
): { url?: string; shift?: string } {
  const url = HttpUrl.safeParse(options.url.trim())
  const shifted = options.resign && options.timestamp === 'shifted'
  return {
    ...(url.success ? {} : { url: url.error.issues[0]?.message ?? 'That is no URL.' }),
    ...(shifted && secondsOf(options.shift) === null
      ? { shift: 'Whole seconds, such as −600 or +30.' }
      : {}),
  }
}

/** Drafts that were begun, by delivery; they end with the window. The oldest go first. */
const kept = new Map<number, ReplayDraft>()
const MOST_KEPT = 50

export function keptDraft(deliveryId: number): ReplayDraft | undefined {
  return kept.get(deliveryId)
}

export function keepDraft(deliveryId: number, draft: ReplayDraft): void {
  kept.delete(deliveryId)
  kept.set(deliveryId, draft)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}
