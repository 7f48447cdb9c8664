import { randomInt, randomUUID } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import type { Place } from '#contract/scheme-parts.ts'
import type { Scheme } from '#contract/scheme.ts'
import { buildReplay } from '#engine/replay/build.ts'
import type { OutgoingRequest } from '#engine/replay/outgoing-request.ts'
import { setJson } from '#engine/signatures/json-edit.ts'
import { valueAt } from '#engine/signatures/place.ts'
import { sampleRequest } from '#engine/signatures/sample.ts'
import { newMessageId, sign } from '#engine/signatures/sign.ts'
import type { PreparedSecret } from '#engine/signatures/types.ts'
import { WholeBody } from '#engine/signatures/whole-body.ts'
import type { World } from './world.ts'

/** What one request has of its own; everything else is the provider's sample, signed now. */
export interface Wish {
  /** Makes another body of the sample's; the signature covers what comes out. */
  body?: (sample: Uint8Array) => Uint8Array | null
  /** Headers beside the sample's. */
  headers?: readonly RawHeader[]
  /** Seconds from now to the moment of signing. */
  skewSeconds?: number
  /** Signed and written instead of that moment. */
  timestampText?: string
  secret?: PreparedSecret
  /** Signed as this variant of the scheme says. */
  as?: Scheme
  /** Changes the request before it is signed. */
  before?: (request: OutgoingRequest) => OutgoingRequest | null
  /** Keeps the message id of the sample, instead of a fresh one. */
  sampleId?: boolean
}
export type Made = OutgoingRequest | { problem: string }

/** A request of the scheme as its provider would send it to the handler, with a fresh message id. */
export function signedRequest(world: World, wish: Wish = {}): Made {
  const { scheme, url } = world
  const sample = sampleRequest(scheme)
  const body = wish.body ? wish.body(sample.body) : sample.body
  if (!body) return { problem: `The body of a ${scheme.name} webhook cannot be changed like that.` }
  const built = buildReplay({
    delivery: {
      method: sample.method,
      target: `/${sample.targetSuffix}`,
      rawHeaders: [...sample.rawHeaders, ...(wish.headers ?? [])],
      body: wish.sampleId ? body : withFreshId(scheme.messageId, body),
    },
    url,
  })
  if ('problem' in built) return built
  const changed = wish.before ? wish.before(built) : built
  if (!changed) return { problem: `A ${scheme.name} webhook cannot be changed like that.` }
  const signed = signOnce(world, changed, wish, null)
  if ('problem' in signed || signed.body.byteLength === changed.body.byteLength) return signed
  // The length was that of the body before it was signed, and a signature may cover it.
  return signOnce(world, withBody(signed, signed.body), wish, signed.messageId)
}

function signOnce(
  world: World,
  request: OutgoingRequest,
  wish: Wish,
  id: string | null,
): (OutgoingRequest & { messageId: string | null }) | { problem: string } {
  const { scheme, signers, settings } = world
  const secret = wish.secret ?? signers[0]
  if (!secret) return { problem: 'There is no secret to sign with.' }
  const signed = sign({
    scheme: wish.as ?? scheme,
    secret,
    settings,
    head: request,
    body: request.body,
    timestampMs: world.now() + (wish.skewSeconds ?? 0) * 1000,
    messageId: id ?? (wish.sampleId ? null : freshHeaderId(scheme)),
    ...(wish.timestampText === undefined ? {} : { timestampText: wish.timestampText }),
  })
  return 'problem' in signed ? signed : { ...request, ...signed }
}

/** The request with another body and the Content-Length that goes with it. */
export function withBody(request: OutgoingRequest, body: Uint8Array): OutgoingRequest {
  const rawHeaders = request.rawHeaders.map(([name, value]): RawHeader => {
    const isLength = name.toLowerCase() === 'content-length'
    return [name, isLength ? String(body.byteLength) : value]
  })
  return { ...request, rawHeaders, body }
}

function freshHeaderId(scheme: Scheme): string | null {
  const place = scheme.messageId
  if (!place || !('header' in place)) return null
  return newMessageId(scheme) ?? randomUUID()
}

/** A new id in the body, so that a handler that knows its duplicates does not take it for one. */
function withFreshId(place: Place | null, body: Uint8Array): Uint8Array {
  const first = place && 'parts' in place ? place.parts.find((part) => 'json' in part) : place
  if (!first || !('json' in first) || 'form' in first || first.json === undefined) return body
  const whole = new WholeBody(body)
  const before = valueAt(whole.json?.value, first.json)
  if (typeof before !== 'string' && typeof before !== 'number') return body
  const after = likeIt(String(before))
  const json = typeof before === 'number' ? after.replace(/^0/, '1') : JSON.stringify(after)
  const edited = setJson(whole.text ?? '', first.json, json)
  return edited === null ? body : Buffer.from(edited)
}

/** Of the same shape: the last characters are others of their kind, what stands in front stays. */
function likeIt(id: string): string {
  const kinds = ['0123456789', 'abcdef', 'ghijklmnopqrstuvwxyz', 'ABCDEF', 'GHIJKLMNOPQRSTUVWXYZ']
  const from = Math.max(0, id.length - 12)
  const end = Array.from(id.slice(from), (char) => {
    const kind = kinds.find((each) => each.includes(char))
    return kind ? (kind[randomInt(kind.length)] ?? char) : char
  })
  return id.slice(0, from) + end.join('')
}
