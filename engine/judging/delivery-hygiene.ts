import type { Delivery } from '#contract/delivery.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Hygiene } from '#contract/hygiene.ts'
import { INSPECTED_BYTES, inspectPayload } from '#engine/hygiene/inspect-payload.ts'
import { plainHttpRemark } from '#engine/hygiene/plain-http.ts'

/**
 * What a stored delivery carries that does not belong into a webhook.
 * @param body its beginning, or all of it with the content coding undone; why there is none;
 *   `null` when its file is gone
 */
export function deliveryHygiene(
  delivery: Pick<
    Delivery,
    'bodyByteLength' | 'contentEncoding' | 'rawHeaders' | 'remoteAddress' | 'cameThrough'
  >,
  body: { bytes: Uint8Array } | { problem: string } | null,
  nowMs: number,
): Hygiene {
  const plainHttp = plainHttpRemark(delivery)
  if (body === null || 'problem' in body) {
    const problem = body?.problem ?? 'The body of this delivery is missing from the data directory.'
    return { findings: [], plainHttp, inspectedByteLength: 0, truncated: false, problem }
  }
  const { bytes } = body
  const total = delivery.contentEncoding === null ? delivery.bodyByteLength : bytes.byteLength
  return {
    findings: inspectPayload(bytes, contentType(delivery.rawHeaders), nowMs),
    plainHttp,
    inspectedByteLength: Math.min(total, INSPECTED_BYTES),
    truncated: total > INSPECTED_BYTES,
    problem: null,
  }
}

function contentType(rawHeaders: readonly RawHeader[]): string | null {
  return rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
}
