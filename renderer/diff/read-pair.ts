import { useQuery } from '@tanstack/react-query'
import type { BodySource } from '#renderer/body/body-source.ts'
import { readRanges } from '#renderer/body/body-source.ts'
import { joinBytes } from '#renderer/body/document/join-bytes.ts'
import { type JsonNode, parseJson } from '#renderer/body/json-parse.ts'
import { looksBinary, textOfBytes } from '#renderer/body/text-of-bytes.ts'

/** Longer bodies are compared byte by byte alone: anything else would hold up the page. */
export const LONGEST_TEXT = 2_000_000

export interface ReadBody {
  text: string
  binary: boolean
  json: JsonNode | null
}

async function readBody(source: BodySource, signal: AbortSignal): Promise<ReadBody> {
  const parts: Uint8Array[] = []
  await readRanges(source, LONGEST_TEXT, (bytes) => parts.push(bytes), signal)
  const bytes = joinBytes(parts)
  const { text, replaced } = textOfBytes(bytes, true)
  const parsed = replaced ? null : parseJson(text)
  return {
    text,
    binary: replaced || looksBinary(bytes),
    json: parsed?.ok ? parsed.root : null,
  }
}

/** Both bodies as text, where neither is too long for that; `null`: one is. */
export function useReadPair(a: BodySource, b: BodySource) {
  const short = a.byteLength <= LONGEST_TEXT && b.byteLength <= LONGEST_TEXT
  return useQuery({
    queryKey: ['compared', a.key, b.key],
    queryFn: async ({ signal }) =>
      short ? await Promise.all([readBody(a, signal), readBody(b, signal)]) : null,
    structuralSharing: false,
    gcTime: 10_000,
    retry: false,
  })
}
