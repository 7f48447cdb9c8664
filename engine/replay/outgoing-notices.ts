import type { RawHeader } from '#contract/http.ts'
import { type ReplayedDelivery, saysChunked } from './build.ts'
import type { PlainEdits } from './edits.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/** What of a captured request cannot be sent again, as far as it matters here. */
interface CapturedWhole extends ReplayedDelivery {
  rawTrailers: readonly RawHeader[]
  /** Why the body is not all there; `null`: it is. */
  incomplete: string | null
}

/**
 * What a person should know before this request goes out: where its framing lies, and what of the
 * captured one is not reproduced. One sentence each.
 */
export function outgoingNotices(
  captured: CapturedWhole,
  edits: PlainEdits,
  request: OutgoingRequest,
): string[] {
  const notices: string[] = []
  if (captured.incomplete !== null && edits.body === undefined) {
    notices.push(`Not all of the body was captured: ${captured.incomplete}`)
  }
  if (request.chunked) {
    notices.push('The body goes out as one chunk: how it was cut when it came is not reproduced.')
  } else if (edits.exact) notices.push(...lengthNotices(request))
  else if (saysChunked(captured.rawHeaders)) {
    notices.push('It came in chunks and goes out with Content-Length: chunks are not reproduced.')
  }
  if (captured.rawTrailers.length > 0) {
    notices.push('The trailers that came behind the body are not sent.')
  }
  return notices
}

/** RFC 9112 §6.2: a receiver believes Content-Length. */
function lengthNotices({ rawHeaders, body }: OutgoingRequest): string[] {
  const lengths = rawHeaders.filter(([name]) => name.toLowerCase() === 'content-length')
  const bytes = `${body.length} ${body.length === 1 ? 'byte' : 'bytes'}`
  if (lengths.length === 0) {
    if (body.length === 0) return []
    return [`Nothing says how long the body is: a receiver takes its ${bytes} for another request.`]
  }
  if (lengths.length > 1) return ['Content-Length stands there more than once.']
  const said = lengths[0]?.[1] ?? ''
  if (/^\d+$/.test(said) && Number(said) === body.length) return []
  return [`Content-Length says ${said.slice(0, 40)}, but the body has ${bytes}.`]
}
