import { useQuery } from '@tanstack/react-query'
import type { Delivery } from '#contract/delivery.ts'
import { deliverySource, readRanges } from '#renderer/body/body-source.ts'
import { joinBytes } from '#renderer/body/document/join-bytes.ts'
import { looksBinary, textOfBytes } from '#renderer/body/text-of-bytes.ts'

/** Smaller bodies are read without asking. */
export const READ_AT_ONCE = 1024 * 1024
/** The longest body that is edited as text. */
export const LONGEST_EDITED = 16 * 1024 * 1024

export interface CapturedBody {
  text: string
  /** It is no text: as text it could not be sent again as it came. */
  binary: boolean
}

export function contentTypeOf({ rawHeaders }: Pick<Delivery, 'rawHeaders'>): string | null {
  return rawHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null
}

/** The body as it was captured, once it is wanted. */
export function useCapturedBody(delivery: Delivery, wanted: boolean) {
  const { id: deliveryId, bodyByteLength: byteLength } = delivery
  return useQuery({
    queryKey: ['captured-body', deliveryId],
    queryFn: async ({ signal }): Promise<CapturedBody> => {
      const contentType = contentTypeOf(delivery)
      const source = deliverySource({ deliveryId, decoded: false, byteLength, contentType })
      const parts: Uint8Array[] = []
      await readRanges(source, LONGEST_EDITED, (bytes) => parts.push(bytes), signal)
      const bytes = joinBytes(parts)
      const { text, replaced } = textOfBytes(bytes, true)
      return { text, binary: replaced || looksBinary(bytes) }
    },
    enabled: wanted && byteLength <= LONGEST_EDITED,
    structuralSharing: false,
    gcTime: 30_000,
    retry: false,
  })
}
