import { useQueries } from '@tanstack/react-query'
import { api, client } from '#renderer/app/api.ts'

/** One body in one of its two forms. */
export interface BodySource {
  deliveryId: number
  /** With its content coding undone. */
  decoded: boolean
  byteLength: number
}

export interface BodyChunks {
  chunks: Map<number, Uint8Array>
  error: unknown
  loading: boolean
}

/** Chunks of `chunkSize` bytes by index, fetched when asked for; they never change once stored. */
export function useBodyChunks(
  source: BodySource,
  chunkSize: number,
  indexes: readonly number[],
): BodyChunks {
  const { deliveryId: id, decoded, byteLength } = source
  const wanted = indexes.filter((index) => index * chunkSize < byteLength)
  return useQueries({
    queries: wanted.map((index) => {
      const input = { id, decoded, offset: index * chunkSize, length: chunkSize }
      return {
        queryKey: [...api.deliveries.body.key({ input }), 'bytes'],
        queryFn: async () =>
          new Uint8Array(await (await client.deliveries.body(input)).arrayBuffer()),
        structuralSharing: false,
        gcTime: 20_000,
      }
    }),
    combine: (results) => ({
      chunks: new Map(
        results.flatMap((result, position) => {
          const index = wanted[position]
          return result.data && index !== undefined ? [[index, result.data] as const] : []
        }),
      ),
      error: results.find((result) => result.error)?.error ?? null,
      loading: results.some((result) => result.isPending),
    }),
  })
}

/** The chunks from the first on, without a gap, as one array. */
export function joinChunks(chunks: Map<number, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = []
  for (let index = 0; ; index += 1) {
    const part = chunks.get(index)
    if (!part) break
    parts.push(part)
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
