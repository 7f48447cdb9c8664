import type { CredentialRange } from '#contract/credentials.ts'
import { isCredential } from '#contract/credential.ts'
import type { Scheme } from '#contract/scheme.ts'
import { jsonSpans } from './mask-json.ts'
import { type MaskPath, readMaskPaths } from './mask-paths.ts'

/** Larger ones are not looked into: no provider with a token in the body sends such. */
export const MOST_RANGED_BYTES = 1024 * 1024

/** Where in a JSON body the credential of a scheme stands; none for every other scheme. */
export function credentialPaths(scheme: Scheme | null): readonly MaskPath[] {
  if (!scheme || !isCredential(scheme)) return []
  const { place } = scheme.signature
  if (!('json' in place)) return []
  const read = readMaskPaths([`$.${place.json.replaceAll('[]', '[*]')}`])
  return 'problem' in read ? [] : read
}

/** The bytes of a body that are the credential itself, without their quotes. */
export function credentialRanges(scheme: Scheme | null, body: Uint8Array): CredentialRange[] {
  const paths = credentialPaths(scheme)
  if (paths.length === 0 || body.byteLength > MOST_RANGED_BYTES) return []
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  // A character for each byte: the spans of what is ASCII around them are then those of the bytes.
  const text = bytes.toString('latin1')
  const spans = jsonSpans(text, paths) ?? []
  return spans.flatMap(({ from, to }) => {
    const quoted = text[from] === '"'
    const length = to - from - (quoted ? 2 : 0)
    return length > 0 ? [{ offset: from + (quoted ? 1 : 0), length }] : []
  })
}
