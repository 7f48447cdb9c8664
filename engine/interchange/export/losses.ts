import type { Delivery } from '#contract/delivery.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { Warnings } from './warnings.ts'

/** What a format can say of a request beside method, target, headers and body. */
export interface Abilities {
  /** How sentences call it: `HAR`, `A curl command`. */
  name: string
  replays?: boolean
  trailers?: boolean
  /** The verdict and its reason. */
  verification?: boolean
  /** Chunked framing can be asked for. */
  chunked?: boolean
}

/** Says what of a delivery the format cannot carry; what all of them lack is in docs/export.md. */
export function warnOfLosses(
  { delivery, body, replays }: ExportedDelivery,
  able: Abilities,
  warnings: Warnings,
): void {
  if (isCut(delivery, body.byteLength)) {
    warnings.add(
      'A body is incomplete: what the sender announced did not all arrive, and only what did is written.',
    )
  }
  if (delivery.rawTrailers.length > 0 && able.trailers !== true) {
    warnings.add(`${able.name} has no place for trailer fields; they are left out.`)
  }
  if (replays.length > 0 && able.replays !== true) {
    warnings.add(`${able.name} has no place for replays; they are left out (NDJSON has them).`)
  }
}

function isCut(delivery: Delivery, byteLength: number): boolean {
  const { problem, announcedByteLength } = delivery
  const endedEarly =
    problem === 'body-too-large' || problem === 'sender-gone' || problem === 'idle-timeout'
  return endedEarly || (announcedByteLength !== null && announcedByteLength > byteLength)
}

/** Whether header bytes beyond ASCII are there, which text formats know only in one encoding. */
export function hasBytesBeyondAscii(delivery: Pick<Delivery, 'rawHeaders'>): boolean {
  return delivery.rawHeaders.some(([name, value]) => /[^\0-\x7f]/.test(name + value))
}

/** A character for each byte of a header, as text where the bytes are UTF-8. */
export function headerText(value: string): string {
  if (/^[\0-\x7f]*$/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(value, 'latin1'),
    )
  } catch (error) {
    if (error instanceof TypeError) return value
    throw error
  }
}
