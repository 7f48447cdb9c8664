import { boundaryAtStart, boundaryOf } from './document/multipart-parts.ts'
import { looksLikeForm } from './document/form-pairs.ts'
import { looksLikeXml } from './document/xml-layout.ts'
import { imageTypeOf } from './image-type.ts'
import { looksBinary, textOfBytes } from './text-of-bytes.ts'

/** What a body says it is, and what its first bytes look like. */
export interface BodyFacts {
  /** Lower case, without parameters; `null` when nothing is said. */
  mediaType: string | null
  binary: boolean
  /** It begins like an object or a list. */
  json: boolean
  xml: boolean
  form: boolean
  /** The boundary of a multipart body. */
  boundary: string | null
  /** The type of a picture by its first bytes; never by what the sender says alone. */
  imageType: string | null
}

/** So many bytes tell what a body is. */
export const FACTS_BYTES = 4_096

/** What there is to know of a body from its content type and its first bytes. */
export function bodyFacts(
  contentType: string | null,
  start: Uint8Array,
  byteLength: number,
): BodyFacts {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() || null
  const { text } = textOfBytes(start, start.length >= byteLength)
  const binary = looksBinary(start)
  const whole = start.length >= byteLength ? text : text.slice(0, text.lastIndexOf('&'))
  return {
    mediaType,
    binary,
    json: !binary && /^\uFEFF?\s*[[{]/.test(text),
    xml: !binary && looksLikeXml(text),
    form: !binary && looksLikeForm(whole),
    boundary: boundaryOf(contentType) ?? boundaryAtStart(text),
    imageType: imageTypeOf(start, text),
  }
}

/** Whether the content type is one of these, or has such an ending (`+json`). */
export function isMediaType({ mediaType }: BodyFacts, pattern: RegExp): boolean {
  return mediaType !== null && pattern.test(mediaType)
}
