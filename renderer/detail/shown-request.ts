import {
  type CredentialRange,
  hasCredentialTarget,
  isCredentialHeader,
  maskedHeaders,
  maskedTarget,
} from '#contract/credentials.ts'
import type { Delivery } from '#contract/delivery.ts'
import type { SchemeInfo } from '#contract/endpoint.ts'
import { client } from '#renderer/app/api.ts'
import { isRevealed } from './revealed.ts'

export interface ShownRequest {
  delivery: Delivery
  /** Of the body as it came. */
  ranges: readonly CredentialRange[]
  /** Something is hidden. */
  masked: boolean
}

/** A delivery as it is shown now: what is copied of it is that. `always`: with its credentials. */
export async function shownRequest(
  delivery: Delivery,
  scheme: SchemeInfo | undefined,
  always: boolean,
): Promise<ShownRequest> {
  if (always || isRevealed(delivery.id)) return { delivery, ranges: [], masked: false }
  const inBody = scheme?.secretKind === 'credential' && delivery.bodyByteLength > 0
  const ranges = inBody ? await client.deliveries.credentialRanges({ id: delivery.id }) : []
  const { target, rawHeaders, rawTrailers } = delivery
  return {
    delivery: {
      ...delivery,
      target: maskedTarget(target, scheme, REDACTED),
      rawHeaders: maskedHeaders(rawHeaders, scheme, REDACTED),
      rawTrailers: maskedHeaders(rawTrailers, scheme, REDACTED),
    },
    ranges,
    masked:
      ranges.length > 0 ||
      hasCredentialTarget(target, scheme) ||
      [...rawHeaders, ...rawTrailers].some((header) => isCredentialHeader(header, scheme)),
  }
}

/** As in exports: it can stand in a header and in a URL. */
const REDACTED = 'redacted'

/** Added to what is said of a copy. */
export const MASKED_WORDS = ' Its credentials are masked.'
