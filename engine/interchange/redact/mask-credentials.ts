import { createHash } from 'node:crypto'
import { isCredential } from '#contract/credential.ts'
import {
  type CredentialScheme,
  hasCredentialTarget,
  isCredentialHeader,
  maskedHeaders,
  maskedTarget,
} from '#contract/credentials.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'
import { wholeBytes } from '#engine/interchange/export/body-pieces.ts'
import type { ExportedDelivery } from '#engine/interchange/export/exported-delivery.ts'
import { placeName } from '#engine/signatures/place.ts'
import type { Body } from '#engine/signatures/types.ts'
import { credentialPaths, MOST_RANGED_BYTES } from './credential-ranges.ts'
import { maskJson, REDACTED } from './mask-json.ts'

/** What is known of a scheme where only credentials matter. */
export function credentialScheme(scheme: Scheme | null): CredentialScheme | null {
  return (
    scheme && {
      secretKind: isCredential(scheme) ? 'credential' : 'shared-secret',
      signaturePlace: placeName(scheme.signature.place),
    }
  )
}

interface Message {
  target: string
  rawHeaders: RawHeader[]
}

function masked<T extends Message>(message: T, scheme: CredentialScheme | null): T {
  const target = maskedTarget(message.target, scheme, REDACTED)
  const rawHeaders = maskedHeaders(message.rawHeaders, scheme, REDACTED)
  return { ...message, target, rawHeaders }
}

function maskedBody(body: Body, scheme: Scheme | null): Body {
  const paths = credentialPaths(scheme)
  if (paths.length === 0 || body.byteLength > MOST_RANGED_BYTES) return body
  const text = Buffer.from(wholeBytes(body)).toString('latin1')
  const found = maskJson(text, paths)
  if (!found || found.found.size === 0) return body
  const bytes = Buffer.from(found.text, 'latin1')
  return { byteLength: bytes.byteLength, chunks: () => [bytes] }
}

/**
 * The delivery without the credentials that came with it or went out with its replays: in headers,
 * in the query, and in the body where the scheme has its token there. All other bytes stay; what
 * has none is the very same object.
 */
export function withoutCredentials(
  exported: ExportedDelivery,
  scheme: Scheme | null,
): { exported: ExportedDelivery; masked: boolean } {
  const shape = credentialScheme(scheme)
  const body = maskedBody(exported.body, scheme)
  const replays = exported.replays.map((one) => ({
    ...one,
    body: one.body && maskedBody(one.body, scheme),
  }))
  const bodyChanged = body !== exported.body
  const sentChanged = replays.some((one, index) => one.body !== exported.replays[index]?.body)
  if (!bodyChanged && !sentChanged && !hasCredentials(exported, shape)) {
    return { exported, masked: false }
  }
  const { delivery } = exported
  const bytes = bodyChanged ? wholeBytes(body) : null
  const request = {
    ...masked(delivery, shape),
    rawTrailers: maskedHeaders(delivery.rawTrailers, shape, REDACTED),
    answer: delivery.answer && maskedAnswer(delivery.answer),
    ...(bytes && {
      bodyByteLength: bytes.byteLength,
      bodySha256: createHash('sha256').update(bytes).digest('hex'),
    }),
  }
  return {
    masked: true,
    exported: {
      body,
      delivery: request,
      replays: replays.map(({ replay, body: sent }) => ({
        body: sent,
        replay: {
          ...replay,
          request: masked(replay.request, shape),
          answer: replay.answer && maskedAnswer(replay.answer),
        },
      })),
    },
  }
}

function maskedAnswer<T extends { rawHeaders: RawHeader[] }>(answer: T): T {
  return { ...answer, rawHeaders: maskedHeaders(answer.rawHeaders, null, REDACTED) }
}

function hasCredentials(
  { delivery, replays }: ExportedDelivery,
  scheme: CredentialScheme | null,
): boolean {
  const requests = [delivery, ...replays.map(({ replay }) => replay.request)]
  const answers = [delivery.answer, ...replays.map(({ replay }) => replay.answer)]
  return (
    requests.some(({ target }) => hasCredentialTarget(target, scheme)) ||
    requests.some(({ rawHeaders }) => rawHeaders.some((one) => isCredentialHeader(one, scheme))) ||
    delivery.rawTrailers.some((one) => isCredentialHeader(one, scheme)) ||
    answers.some((answer) => answer?.rawHeaders.some((one) => isCredentialHeader(one, null)))
  )
}
