import { createHash } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import type { CapturedRequest } from '#engine/listener/types.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { sign } from '#engine/signatures/sign.ts'
import type { DemoEvent } from './events.ts'
import type { Planned } from './plan.ts'
import type { DemoProvider } from './providers.ts'
import type { Random } from './random.ts'

const HOST = 'hooks.example.test'
const NOT_THE_SECRET = 'whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA=='

interface Message {
  event: DemoEvent
  request: CapturedRequest
}

/** Makes the requests of a plan; a repetition is made from what it repeats. */
export function createRequestMaker(random: Random): (planned: Planned) => CapturedRequest {
  const made = new Map<Planned, Message>()
  return (planned) => {
    const message = makeMessage(random, planned, made)
    made.set(planned, message)
    return message.request
  }
}

function makeMessage(random: Random, planned: Planned, made: Map<Planned, Message>): Message {
  const { provider, receivedAtMs, repeats } = planned
  const original = repeats ? made.get(repeats.of) : undefined
  if (original && repeats?.how === 'replayed') {
    const { head } = original.request
    const at = { receivedAtMs, remotePort: random.between(30_000, 60_000) }
    const request = { ...original.request, head: { ...head, ...at } }
    return { ...original, request: { ...request, completedAtMs: receivedAtMs + 1 } }
  }
  const fresh = () => provider.event(random, receivedAtMs)
  const event =
    original && repeats?.how === 'retried'
      ? original.event
      : { ...fresh(), ...(original ? { messageId: original.event.messageId ?? '' } : {}) }
  return { event, request: makeRequest(random, planned, event) }
}

function makeRequest(random: Random, planned: Planned, event: DemoEvent): CapturedRequest {
  const { provider, receivedAtMs, behindSeconds, change } = planned
  const signed = signedRequest(planned, event)
  const { body, cut } = changedBody(signed.body, change)
  const withLength = [...signed.rawHeaders, contentLength(cut ?? body.length)]
  return {
    head: {
      receivedAtMs,
      // As through a tunnel, which is how webhooks reach a developer's machine.
      remoteAddress: '127.0.0.1',
      remotePort: random.between(30_000, 60_000),
      httpVersion: '1.1',
      method: 'POST',
      target: signed.target,
      rawHeaders: changedHeaders(withLength, provider, change),
    },
    completedAtMs: receivedAtMs + random.between(0, behindSeconds > 300 ? 4 : 2),
    ...requestBody(body),
    ...(cut === null
      ? { problem: null, problemDetail: null }
      : {
          problem: 'sender-gone' as const,
          problemDetail: `The sender stopped after ${body.length} of ${cut} bytes.`,
        }),
    requiredStatus: null,
  }
}

/** What is the same for all bodies that lie in memory. */
export function requestBody(bytes: Buffer) {
  return {
    rawTrailers: [],
    body: { kind: 'memory' as const, bytes },
    bodySha256: createHash('sha256').update(bytes).digest('hex'),
    observer: null,
  }
}

export const contentLength = (bytes: number): RawHeader => ['Content-Length', String(bytes)]

function signedRequest(
  { provider, receivedAtMs, behindSeconds, secret }: Planned,
  event: DemoEvent,
) {
  const scheme = findScheme(provider.schemeId)
  if (!scheme?.sample) throw new Error(`${provider.schemeId} has no sample to go by.`)
  const own = provider.secrets.at(secret === 'first' ? 0 : -1)?.text
  const text = secret === 'another' ? NOT_THE_SECRET : (own ?? NOT_THE_SECRET)
  const { settings = {} } = provider
  const key = prepareSecret(scheme, { id: null, name: 'demo', text }, settings)
  if ('problem' in key || !key.prepared[0]) throw new Error(`${provider.name}: no usable secret.`)
  const named = new Set((event.headers ?? []).map(([name]) => name.toLowerCase()))
  const usual = scheme.sample.headers.filter(([name]) => !named.has(name.toLowerCase()))
  const head = {
    method: 'POST',
    target: provider.path + (provider.targetSuffix ?? ''),
    rawHeaders: [['Host', HOST], ...usual, ...(event.headers ?? [])] satisfies RawHeader[],
  }
  const signed = sign({
    scheme,
    secret: key.prepared[0],
    settings,
    head,
    body: Buffer.from(event.body),
    timestampMs: receivedAtMs - Math.round(behindSeconds * 1000),
    messageId: event.messageId ?? null,
  })
  if ('problem' in signed) throw new Error(`${provider.name}: ${signed.problem}`)
  return signed
}

function changedBody(
  bytes: Uint8Array,
  change: Planned['change'],
): { body: Buffer; cut: number | null } {
  const body = Buffer.from(bytes)
  if (change === 're-serialised') {
    return { body: Buffer.from(JSON.stringify(JSON.parse(body.toString()))), cut: null }
  }
  if (change === 'newline') return { body: Buffer.concat([body, Buffer.from('\n')]), cut: null }
  if (change === 'cut') {
    return { body: body.subarray(0, Math.floor(body.length * 0.6)), cut: body.length }
  }
  return { body, cut: null }
}

function changedHeaders(
  rawHeaders: readonly RawHeader[],
  { schemeId }: DemoProvider,
  change: Planned['change'],
): RawHeader[] {
  const place = findScheme(schemeId)?.signature?.place
  const name = place && 'header' in place ? place.header.toLowerCase() : ''
  return rawHeaders.flatMap(([key, value]): RawHeader[] => {
    const isSignature = key.toLowerCase() === name
    if (isSignature && change === 'unsigned') return []
    // As when a proxy kept only what stands in front of the first comma.
    if (isSignature && change === 'malformed') return [[key, value.split(',')[0] ?? '']]
    return [[key, value]]
  })
}
