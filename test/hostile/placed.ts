/** The corpus laid into a data directory: every payload in every place that a sender can write to. */
import { createHash } from 'node:crypto'
import type { RawHeader } from '#contract/http.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import type { NewDelivery } from '#engine/store/types.ts'
import { multipart } from '#test/e2e/bodies.ts'
import { corpus, type Payload } from './corpus.ts'

/** What is placed together, in one delivery or one name. */
const IN_ONE_DELIVERY = 240
const IN_ONE_NAME = 24
const LONGEST = 400

const shapes = ['json', 'form', 'xml', 'parts', 'text'] as const
export type Shape = (typeof shapes)[number]

export interface Placed {
  /** One delivery for each payload, in the order of the corpus. */
  rows: { id: number; payload: Payload }[]
  /** Deliveries that hold many payloads each: in the body, in headers, notes and answers. */
  bundles: { id: number; shape: Shape; payloads: readonly Payload[] }[]
}

const textOf = ({ text }: Payload) => text.slice(0, LONGEST)

interface Parts {
  target: string
  rawHeaders: readonly RawHeader[]
  body: Uint8Array
  /** What the sender said of itself. */
  said: string
  endpointId: number | null
  number: number
}

function deliveryOf({ target, rawHeaders, body, said, endpointId, number }: Parts): NewDelivery {
  const receivedAtMs = Date.now() - 3_600_000 + number
  return {
    receivedAtMs,
    completedAtMs: receivedAtMs + 1,
    endpointId,
    remoteAddress: '127.0.0.1',
    remotePort: 50_000,
    httpVersion: '1.1',
    method: 'POST',
    target,
    rawHeaders,
    rawTrailers: [[said, said]],
    body: { kind: 'memory', bytes: body },
    bodySha256: createHash('sha256').update(body).digest('hex'),
    problem: null,
    problemDetail: said,
    answer: { status: 200, rawHeaders: [[said, said]], by: 'canned', body: Buffer.from(said) },
    verification: {
      verdict: 'malformed',
      schemeId: 'svix',
      reason: { code: 'signature-unreadable', sentence: `It says “${said}” and \`${said}\`.` },
      messageId: said,
      eventType: said,
      timestamp: { text: said, unixMs: receivedAtMs, unit: 's' },
      skewSeconds: 0,
      tolerance: null,
      matchedSecretId: null,
      matchedSecretName: said,
      notices: [],
    },
    revision: 0,
    signatureDigest: null,
    schemeHasMessageId: true,
    replayId: null,
  }
}

function headersOf(payload: Payload): RawHeader[] {
  const text = textOf(payload)
  return [
    [text, text],
    ['Content-Type', typeOf(payload)],
    ['Webhook-Signature', text],
    ['User-Agent', text],
    ...(payload.coding === null ? [] : [['Content-Encoding', payload.coding] satisfies RawHeader]),
  ]
}

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  'svg-mathml': 'image/svg+xml',
  multipart: 'multipart/form-data; boundary=b',
  bomb: 'application/json',
  encoding: 'text/plain',
}
const typeOf = ({ category }: Payload) => types[category] ?? 'text/html'

interface Bundle {
  type: string
  bytes: Buffer
}

const bundleOf: Readonly<Record<Shape, (texts: readonly string[]) => Bundle>> = {
  json: (texts) => ({
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(texts.map((text) => ({ [text]: text })))),
  }),
  form: (texts) => {
    const pairs = new URLSearchParams(texts.map((text) => [text, text]))
    return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(pairs.toString()) }
  },
  xml: (texts) => {
    const items = texts.map((text) => `<item name="${escaped(text)}">${escaped(text)}</item>`)
    return { type: 'text/xml', bytes: Buffer.from(`<all>${items.join('')}</all>`) }
  },
  parts: (texts) => {
    const parts = texts.map((text) => {
      const name = text.replace(/["\r\n]/g, '_')
      const head = `Content-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: text/html`
      return { head, body: text }
    })
    return { type: 'multipart/form-data; boundary=b', bytes: multipart('b', parts) }
  },
  text: (texts) => ({ type: 'text/html', bytes: Buffer.from(texts.join('\n')) }),
}

/** What stands for a part of the corpus in the body of one delivery. */
function bodyOf(shape: Shape, payloads: readonly Payload[]): Bundle {
  return bundleOf[shape](payloads.map(textOf))
}

/** As XML carries text; what XML cannot carry goes as it is. */
function escaped(text: string): string {
  return text.replace(/[<&"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

function groups<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

/** Names of endpoints and saved filters, of many payloads each; the store takes them as they are. */
function addNames(store: Store, payloads: readonly Payload[]): number[] {
  return groups(payloads, IN_ONE_NAME).flatMap((some, index) => {
    const name = some.map((each) => each.text.slice(0, 60)).join(' ')
    store.savedFilters.create(`f ${name}`, name.slice(0, 500))
    const made = store.endpoints.create({
      ...{ name, path: `/n${index}`, schemeId: 'svix', tolerance: null },
    })
    return 'conflict' in made ? [] : [made.id]
  })
}

/** Somebody sent it on, and this came back. */
function addReplay(store: Store, deliveryId: number, payloads: readonly Payload[]): void {
  const id = store.replays.insert({
    deliveryId,
    origin: 'replay',
    startedAtMs: Date.now(),
    url: 'http://127.0.0.1:9/answers',
    resigned: false,
    messageId: null,
    method: 'POST',
    target: '/answers',
    rawHeaders: payloads.map((each) => [textOf(each), textOf(each)]),
    body: 'as-delivered',
  })
  const all = payloads.map(textOf)
  const answer = {
    status: 500,
    statusMessage: all.join(' '),
    rawHeaders: all.map((text): RawHeader => [text, text]),
    body: Buffer.from(all.join('\n')),
  }
  const timings = { dnsMs: 1, connectMs: 1, tlsMs: null, firstByteMs: 2, totalMs: 3 }
  store.replays.finish(id, { answer }, timings)
}

/** Lays payloads into a data directory that no engine uses; without a choice all of the corpus. */
export function place(dataDir: string, payloads: readonly Payload[] = corpus()): Placed {
  const store = openStore(dataDir)
  const endpoints = store.replays.together(() => addNames(store, payloads))
  const endpointOf = (index: number) => endpoints[index % endpoints.length] ?? null
  const stored = store.commit(
    payloads.map((payload, number) => {
      const said = textOf(payload)
      return deliveryOf({
        ...{ target: `/${said}?q=${said}`, rawHeaders: headersOf(payload), body: payload.bytes },
        ...{ said, endpointId: endpointOf(number), number },
      })
    }),
  )
  const rows = payloads.map((payload, index) => ({ id: stored[index]?.id ?? 0, payload }))
  const some = groups(payloads, IN_ONE_DELIVERY).flatMap((each, group) =>
    shapes.map((shape) => ({ shape, payloads: each, group })),
  )
  const bundled = store.commit(
    some.map(({ shape, payloads: each, group }) => {
      const { type, bytes } = bodyOf(shape, each)
      const headers = each.map((one): RawHeader => [textOf(one), textOf(one)])
      return deliveryOf({
        ...{
          target: `/bundle/${group}/${shape}`,
          rawHeaders: [['Content-Type', type], ...headers],
        },
        ...{ body: bytes, said: each.map(textOf).join(' ').slice(0, 20_000) },
        ...{ endpointId: endpointOf(group), number: payloads.length + group },
      })
    }),
  )
  const bundles = some.map((bundle, index) => ({ ...bundle, id: bundled[index]?.id ?? 0 }))
  store.replays.together(() => {
    for (const { id, payload } of rows) {
      store.marks.note(id, textOf(payload))
      store.marks.apply([id], { addTags: [payload.text.slice(0, 40)], removeTags: [] })
    }
    for (const { id, payloads: each } of bundles) {
      store.marks.note(id, each.map(textOf).join('\n'))
      addReplay(store, id, each)
    }
  })
  store.close()
  return { rows, bundles }
}
