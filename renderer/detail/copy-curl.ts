import { curlCommand, LONGEST_INLINE_BODY } from '#contract/curl-command.ts'
import type { Delivery } from '#contract/delivery.ts'
import { deliverySource, maskedSource } from '#renderer/body/body-source.ts'
import { platform } from '#renderer/platform/platform.ts'
import { MASKED_WORDS, type ShownRequest } from './shown-request.ts'

/** The name under which a body is saved for a command that reads it from a file. */
export function curlFileName({ id }: Pick<Delivery, 'id'>): string {
  return `delivery-${id}.bin`
}

/** Puts a curl command on the clipboard that sends this delivery again; says what was copied. */
export async function copyCurl(
  { delivery, ranges, masked }: ShownRequest,
  captureUrl: string | null,
): Promise<string> {
  if (captureUrl === null) return 'Nothing listens now, so there is no URL to send to.'
  const { id, method, target, httpVersion, rawHeaders, bodyByteLength } = delivery
  const long = bodyByteLength > LONGEST_INLINE_BODY
  const fileName = curlFileName(delivery)
  const source = maskedSource(
    deliverySource({
      ...{ deliveryId: id, decoded: false, byteLength: bodyByteLength, contentType: null },
    }),
    ranges,
  )
  const body = long
    ? { fileName, byteLength: bodyByteLength }
    : bodyByteLength === 0
      ? new Uint8Array(0)
      : await source.read(0, bodyByteLength)
  const origin = new URL(captureUrl).origin
  const command = curlCommand({ method, origin, target, httpVersion, rawHeaders, body })
  if (command === null) return 'This is no HTTP request that curl could send.'
  await platform.copyText(command)
  return long
    ? `Copied. The body is too long for a command: save it as ${fileName} where you run it.`
    : `Copied as cURL.${masked ? MASKED_WORDS : ''}`
}
