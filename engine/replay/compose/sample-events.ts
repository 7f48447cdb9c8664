import type { SampleEvent } from '#contract/compose.ts'
import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'
import { bodyTemplate, type ProviderEvent, type ProviderEvents } from './provider-event.ts'
import { development } from './samples/development.ts'
import { messaging } from './samples/messaging.ts'
import { novuBridge } from './samples/novu.ts'
import { payments } from './samples/payments.ts'
import { people } from './samples/people.ts'
import { plainEvents, senders } from './samples/senders.ts'
import { shops } from './samples/shops.ts'

const events: ProviderEvents = {
  ...senders,
  ...novuBridge,
  ...payments,
  ...shops,
  ...development,
  ...messaging,
  ...people,
}

const PLAIN_HEADERS: readonly RawHeader[] = [
  ['Content-Type', 'application/json'],
  ['User-Agent', 'countersign'],
]

/**
 * Events as the provider of a scheme sends them, of our own making; `null`: plain webhooks that
 * nobody signs. Method, target, headers and body are as the draft of a webhook takes them.
 */
export function sampleEvents(scheme: Scheme | null): SampleEvent[] {
  if (!scheme) return plainEvents.map((event) => complete(event, 'POST', PLAIN_HEADERS))
  const { sample } = scheme
  const own = Object.hasOwn(events, scheme.id) ? (events[scheme.id] ?? []) : []
  const all = own.length > 0 ? own : [ofScheme(scheme)]
  return all.map((event) => complete(event, sample.method, sample.headers, sample.targetSuffix))
}

/** The one sample that every scheme has; braces in it are no template. */
function ofScheme({ name, sample }: Scheme): ProviderEvent {
  const text = bodyTemplate(sample.body).replaceAll('{{', '{{"{{"}}')
  return { name: `${name} sample`, body: text }
}

function complete(
  event: ProviderEvent,
  method: string,
  headers: readonly RawHeader[],
  target = '',
): SampleEvent {
  const body = bodyTemplate(event.body)
  return {
    name: event.name,
    method: event.method ?? method,
    target: event.target ?? target,
    rawHeaders: withHeaders(body === '' ? withoutType(headers) : headers, event.headers ?? []),
    body,
    unsigned: event.unsigned ?? false,
  }
}

const withoutType = (headers: readonly RawHeader[]) =>
  headers.filter(([name]) => name.toLowerCase() !== 'content-type')

function withHeaders(headers: readonly RawHeader[], over: readonly RawHeader[]): RawHeader[] {
  const left = new Map(over.map((header) => [header[0].toLowerCase(), header]))
  const made = headers.map(([name, value]): RawHeader => {
    const replaced = left.get(name.toLowerCase())
    left.delete(name.toLowerCase())
    return replaced ? [name, replaced[1]] : [name, value]
  })
  return [...made, ...left.values()].map(([name, value]) => [name, value])
}
