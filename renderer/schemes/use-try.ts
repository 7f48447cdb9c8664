import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { TriedScheme } from '#contract/own-scheme.ts'
import { client } from '#renderer/app/api.ts'

/** With which clock a request is judged. */
export type When = 'signed' | 'now'

export interface Trial {
  scheme: unknown
  request: { text: string } | { deliveryId: number } | null
  secrets: string[]
  settings: Record<string, string>
  when: When
}

/** What the scheme makes of the request, each time that one of them changed. */
export function useTry(trial: Trial) {
  return useQuery({
    queryKey: ['scheme-trial', trial],
    queryFn: ({ signal }) => runTrial(trial, signal),
    enabled: trial.request !== null,
    placeholderData: keepPreviousData,
    // A secret is in the key: nothing of it is kept.
    gcTime: 0,
    retry: false,
  })
}

async function runTrial(trial: Trial, signal: AbortSignal): Promise<TriedScheme | null> {
  const { request, scheme, secrets, settings, when } = trial
  if (request === null) return null
  const asked = { request, scheme, secrets, settings }
  const first = await client.schemes.try(asked, { signal })
  // When it was signed is known only once the request has been read.
  const signedAtMs =
    'explanation' in first ? first.explanation.verification.timestamp?.unixMs : undefined
  if (when === 'now' || signedAtMs === undefined) return first
  return client.schemes.try({ ...asked, atUnixSeconds: signedAtMs / 1000 }, { signal })
}
