import type { TriedScheme } from '#contract/own-scheme.ts'
import type { Scheme } from '#contract/scheme.ts'
import { parsePasted } from '#engine/interchange/pasted-request.ts'
import { explain } from '#engine/signatures/explain.ts'
import { prepareSecrets } from '#engine/signatures/secret.ts'
import type { Body, Incomplete, RequestHead, Secret, Settings } from '#engine/signatures/types.ts'

/** A request to try a scheme on. */
export interface TriedRequest {
  head: RequestHead
  body: Body
  incomplete: Incomplete | null
  /** The clock, unix milliseconds. */
  atMs: number
}

/** What a scheme that is still being written makes of a request; nothing is stored. */
export function tryScheme(
  scheme: Scheme,
  { head, body, incomplete, atMs }: TriedRequest,
  secrets: readonly Secret[],
  settings: Settings,
): TriedScheme {
  const prepared = prepareSecrets(scheme, secrets, settings)
  const context = { head, scheme, ...prepared, settings, incomplete, atMs }
  return {
    explanation: explain({ ...context, lockedSecrets: false, tolerance: null }, body),
    unusableSecrets: prepared.unusableSecrets,
  }
}

/** A pasted text as a request, or one sentence that says why it is none. */
export function pastedRequest(text: string, atMs: number): TriedRequest | { request: string } {
  const parsed = parsePasted(text)
  if ('problem' in parsed) return { request: parsed.problem }
  const bytes = new Uint8Array(Buffer.from(parsed.bodyBase64, 'base64'))
  return {
    head: parsed,
    body: { byteLength: bytes.byteLength, chunks: () => [bytes] },
    incomplete: null,
    atMs,
  }
}
