import { useQueries } from '@tanstack/react-query'
import type { BodySource } from './body-source.ts'

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
  const wanted = indexes.filter((index) => index * chunkSize < source.byteLength)
  return useQueries({
    queries: wanted.map((index) => ({
      queryKey: ['body bytes', source.key, chunkSize, index],
      queryFn: () => source.read(index * chunkSize, chunkSize),
      structuralSharing: false,
      gcTime: 20_000,
    })),
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
