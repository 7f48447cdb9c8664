import { fieldsOf, type RawHeader } from '#contract/http.ts'
import { replayTarget } from '#engine/replay/replay-target.ts'
import type { ExportedDelivery } from './exported-delivery.ts'
import type { ExportOptions } from './export-writer.ts'
import type { Warnings } from './warnings.ts'

/** A delivery as a request that a command, a program or a collection sends. */
export interface Outgoing {
  method: string
  /** Scheme, host and port. */
  origin: string
  target: string
  httpVersion: string
  /** Without Host where another place is named: who sends it writes that itself. */
  rawHeaders: RawHeader[]
  /** For comments and names: printable ASCII without quotes, such as `12 invoice.paid`. */
  label: string
}

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/

/**
 * Where it goes and with what; `null`, with a warning, for what is no HTTP request that a client
 * could send. Headers that would be more than one line are left out.
 */
export function outgoingOf(
  { delivery }: ExportedDelivery,
  { url, captureUrl }: ExportOptions,
  warnings: Warnings,
): Outgoing | null {
  const to = url ?? captureUrl
  const place = replayTarget(to, delivery.target)
  if ('problem' in place) {
    warnings.add(place.problem)
    return null
  }
  if (!TOKEN.test(delivery.method) || /[\0-\x20\x7f]/.test(place.target)) {
    warnings.add('A delivery is no HTTP request that a client could send; it is left out.')
    return null
  }
  const { method, httpVersion, rawHeaders, id, eventType } = delivery
  return {
    ...{ method, httpVersion },
    origin: new URL(to).origin,
    target: place.target,
    rawHeaders: fieldsOf(rawHeaders).filter(
      ([name, value]) =>
        TOKEN.test(name) &&
        !/[\0\r\n]/.test(value) &&
        (url === null || name.toLowerCase() !== 'host'),
    ),
    label: eventType === null ? String(id) : `${id} ${plain(eventType)}`,
  }
}

/** Nothing in it acts anywhere, not in a comment, a file name or a markup. */
export function plain(text: string): string {
  return text.replace(/[^\w.:-]+/g, '_').slice(0, 80)
}

/** A target as a URL may hold it: braces, and bytes that are no printable ASCII, are percent-encoded. */
export function percentEncoded(target: string): string {
  return target.replace(
    /[{}]|[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** When it was received, for comments. */
export function receivedText({ delivery }: ExportedDelivery): string {
  return new Date(delivery.receivedAtMs).toISOString()
}
