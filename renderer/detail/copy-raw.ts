import { deliverySource, maskedSource } from '#renderer/body/body-source.ts'
import { platform } from '#renderer/platform/platform.ts'
import { messageHead, rawMessage } from './raw-message.ts'
import { MASKED_WORDS, type ShownRequest } from './shown-request.ts'

/** More than anybody pastes. */
const MOST_BYTES = 1024 * 1024

/** Puts the message on the clipboard as text; says so, and where bytes are no text. */
export async function copyRaw({ delivery, ranges, masked }: ShownRequest): Promise<string> {
  const { id: deliveryId, bodyByteLength: byteLength } = delivery
  const message = rawMessage(delivery)
  if (message === null) return 'This is no HTTP request.'
  if (byteLength > MOST_BYTES) return 'It is too long for the clipboard: save it from the Raw tab.'
  const source = maskedSource(
    deliverySource({ deliveryId, decoded: false, byteLength, contentType: null }),
    ranges,
  )
  const bytes = byteLength === 0 ? new Uint8Array(0) : await source.read(0, byteLength)
  const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  await platform.copyText(messageHead(message) + body + message.afterBody)
  return body.includes('\uFFFD')
    ? 'Copied, but some bytes of the body are no text. Export it to keep them.'
    : `Copied the message.${masked ? MASKED_WORDS : ''}`
}
