import { useQuery } from '@tanstack/react-query'
import {
  type CredentialRange,
  hasCredentialTarget,
  isCredentialHeader,
} from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import type { RawHeader } from '#contract/http.ts'
import { api } from '#renderer/app/api.ts'
import { useSchemes } from '#renderer/endpoints/use-endpoints.ts'
import { useRevealed } from './revealed.ts'

const NONE: CredentialRange[] = []

export interface Credentials {
  scheme: SchemeInfo | undefined
  /** Whether there is anything to hide at all. */
  any: boolean
  shown: boolean
  toggle: () => void
  isCredential: (header: RawHeader) => boolean
  /** Of the body; `null`: not known yet, so nothing of it can be shown. */
  ranges: CredentialRange[] | null
}

/** The credentials that came with a delivery, and whether they are shown. */
export function useCredentials(delivery: Delivery, decoded = false): Credentials {
  const { id, target, rawHeaders, rawTrailers, verification } = delivery
  const schemes = useSchemes()
  const scheme = schemes.find((each) => each.id === verification.schemeId)
  const [shown, toggle] = useRevealed(id)
  // Only where the scheme compares a token: signatures are no secrets, and stand in no body.
  const inBody = scheme?.secretKind === 'credential' && delivery.bodyByteLength > 0
  const found = useQuery({
    ...api.deliveries.credentialRanges.queryOptions({ input: { id, decoded } }),
    enabled: inBody,
  })
  const isCredential = (header: RawHeader) => isCredentialHeader(header, scheme)
  const unknown = verification.schemeId !== null && schemes.length === 0
  const ranges = unknown || (inBody && found.isPending) ? null : (found.data ?? NONE)
  const any =
    hasCredentialTarget(target, scheme) ||
    [...rawHeaders, ...rawTrailers].some(isCredential) ||
    (ranges !== null && ranges.length > 0)
  return { scheme, any, shown, toggle, isCredential, ranges }
}
