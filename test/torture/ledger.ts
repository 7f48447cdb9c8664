import { createHash, createHmac } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import { type Chance, noise } from './chance.ts'
import type { RawRequest } from './raw-sender.ts'

/** What was sent, short enough to keep tens of thousands. */
export interface Sent {
  target: string
  messageId: string
  bodySha256: string
  bodyByteLength: number
  headersSha256: string
}

/** Where bodies go to a file of their own. */
const SPOOLED_FROM_BYTES = 1024 * 1024
const MOST_BYTES = SPOOLED_FROM_BYTES + 700_000

export const SECRET = `whsec_${Buffer.from('torture-torture-torture.').toString('base64')}`
const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function headersDigest(rawHeaders: readonly RawHeader[]): string {
  return sha256(JSON.stringify(rawHeaders))
}

/** Makes deliveries that a Svix sender could have signed, none like another. */
export interface DeliveryMaker {
  make(name: string, path: string, host: string): { request: RawRequest; sent: Sent }
}

/** @param spooledShare of the bodies so many are large enough for a file of their own */
export function deliveryMaker(chance: Chance, spooledShare = 0.02): DeliveryMaker {
  const pool = noise(chance, MOST_BYTES * 2)
  const length = () => {
    if (chance.isBelow(spooledShare)) return chance.between(SPOOLED_FROM_BYTES + 1, MOST_BYTES)
    if (chance.isBelow(0.1)) return chance.between(5_000, 100_000)
    if (chance.isBelow(0.1)) return 0
    return chance.between(1, 2_048)
  }
  return {
    make(name, path, host) {
      const size = length()
      const from = chance.below(pool.byteLength - size)
      const body = size === 0 ? Buffer.alloc(0) : Buffer.from(pool.subarray(from, from + size))
      // So that no body is another's, as long as there is room for it.
      if (size > name.length) body.write(name, 0, 'latin1')
      const messageId = `msg_${name}`
      const at = String(Math.floor(Date.now() / 1000))
      const signed = createHmac('sha256', key).update(`${messageId}.${at}.`).update(body)
      const rawHeaders: RawHeader[] = [
        ['hOsT', host],
        ['X-Torture', name],
        ['X-Repeated', 'one'],
        ['svix-id', messageId],
        ['Svix-Timestamp', at],
        ['SVIX-SIGNATURE', `v1,${signed.digest('base64')}`],
        ['x-repeated', `tw\u00f6 \u00ff ${String(chance.below(1_000_000))}`],
        ['Content-Length', String(body.byteLength)],
      ]
      const target = `${path}/${name}?q=${chance.below(1_000)}`
      const request = { method: 'POST', target, rawHeaders, body }
      const sent = {
        target,
        messageId,
        bodySha256: sha256(body),
        bodyByteLength: body.byteLength,
        headersSha256: headersDigest(rawHeaders),
      }
      return { request, sent }
    },
  }
}
