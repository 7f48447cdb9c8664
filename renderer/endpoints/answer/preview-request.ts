import { useQuery } from '@tanstack/react-query'
import type { TemplateRequest } from '#contract/template/values.ts'
import { client } from '#renderer/app/api.ts'

/** What a preview is made with, and where that is from. */
export interface PreviewRequest {
  request: TemplateRequest
  /** `null`: no delivery came yet; the values are samples. */
  deliveryId: number | null
}

const BODY = '{"id":"evt_1042","type":"invoice.paid","data":{"name":"Ada Okafor","amount":19.95}}'

const sample: PreviewRequest = {
  deliveryId: null,
  request: {
    method: 'POST',
    target: '/hooks?name=value',
    rawHeaders: [
      ['Host', '127.0.0.1:4100'],
      ['Content-Type', 'application/json'],
    ],
    body: () => BODY,
    messageId: 'msg_1042',
    eventType: 'invoice.paid',
    verdict: 'valid',
    timestamp: 1_767_225_600,
    attempt: 1,
  },
}

/** So much of a body is fetched for a preview. */
const MOST_BYTES = 256 * 1024

async function newest(endpointId: number): Promise<PreviewRequest> {
  const { rows } = await client.deliveries.list({ filter: { endpoint: endpointId }, limit: 1 })
  const [row] = rows
  if (!row) return sample
  const delivery = await client.deliveries.get({ id: row.id })
  const blob =
    delivery.bodyByteLength === 0
      ? null
      : await client.deliveries.body({ id: row.id, length: MOST_BYTES })
  const text = blob === null ? '' : await blob.text()
  const { timestamp } = delivery.verification
  return {
    deliveryId: row.id,
    request: {
      method: delivery.method,
      target: delivery.target,
      rawHeaders: delivery.rawHeaders,
      body: () => text,
      messageId: delivery.messageId,
      eventType: delivery.eventType,
      verdict: delivery.verdict,
      timestamp: timestamp === null ? null : Math.floor(timestamp.unixMs / 1000),
      attempt: 1,
    },
  }
}

/** The newest delivery of an endpoint as templates see it, else a sample. */
export function usePreviewRequest(endpointId: number): PreviewRequest {
  const { data } = useQuery({
    queryKey: ['answer-preview', endpointId],
    queryFn: () => newest(endpointId),
    structuralSharing: false,
    gcTime: 0,
  })
  return data ?? sample
}
