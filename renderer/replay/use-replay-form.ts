import { useMutation, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Delivery } from '#contract/delivery.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'
import { api } from '#renderer/app/api.ts'
import { isCredentialHeader } from '#contract/credentials.ts'
import { useEndpoints, useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import {
  editedParts,
  freshDraft,
  keepDraft,
  keptDraft,
  optionProblems,
  replayInput,
  unedited,
  type ReplayDraft,
} from './replay-draft.ts'
import { sendReplay } from './send-replay.ts'
import { lastOptions, type SendingOptions } from './sending-options.ts'
import { useTargets } from './target-field.tsx'
import { usePreview } from './use-preview.ts'

/** Whether an endpoint can sign anew: it needs a scheme and a usable secret. */
export function canSignWith(endpoint: Endpoint | undefined): boolean {
  if (!endpoint || endpoint.schemeId === null) return false
  return endpoint.secrets.some(({ state }) => state === 'usable')
}

/** How a delivery is sent where nobody chose otherwise; `null`: not known yet. */
export function useFirstOptions(endpointId: number | null, path: string): SendingOptions | null {
  const status = useQuery(api.status.get.queryOptions()).data
  const targets = useTargets(endpointId)
  const known = useQuery(api.endpoints.list.queryOptions()).data
  if (!targets || !status || !known) return null
  const endpoint = known.find(({ id }) => id === endpointId)
  const [last] = targets
  const before = lastOptions(endpointId)
  const own = `${status.listening?.url ?? 'http://127.0.0.1:4100'}${path}`
  return {
    messageId: before?.messageId ?? 'same',
    timestamp: before?.timestamp ?? 'now',
    shift: before?.shift ?? '-300',
    secretId: before?.secretId ?? null,
    url: last?.url ?? own,
    verifyTls: last?.verifyTls ?? true,
    resign: canSignWith(endpoint),
  }
}

/** A replay that is being written: its draft, what would go out, and sending it. */
export function useReplayForm(delivery: Delivery, first: SendingOptions) {
  const [draft, setDraft] = useState(() => keptDraft(delivery.id) ?? freshDraft(delivery, first))
  const endpoint = useEndpoints().find(({ id }) => id === delivery.endpointId)
  const scheme = useSchemes().find(({ id }) => id === delivery.schemeId)
  const change = (to: Partial<ReplayDraft>) => {
    const next = { ...draft, ...to }
    setDraft(next)
    keepDraft(delivery.id, next)
  }
  const problems = optionProblems(draft)
  const sendable = Object.keys(problems).length === 0
  const input = useMemo(
    () => (sendable ? replayInput(delivery.id, delivery, draft) : null),
    [sendable, delivery, draft],
  )
  const previewed = usePreview(input)
  const send = useMutation({ mutationFn: () => sendReplay(delivery, draft) })
  return {
    draft,
    change,
    edited: editedParts(delivery, draft),
    takeBack: () => change(unedited(delivery)),
    endpoint,
    scheme,
    canSign: canSignWith(endpoint),
    problems,
    sendable,
    previewed,
    send,
    isCredential: (header: RawHeader) => isCredentialHeader(header, scheme),
  }
}

export type ReplayForm = ReturnType<typeof useReplayForm>
