import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Answer, Received } from './check-rig.ts'

/** One thing that a handler of Standard Webhooks does wrong; everything else it does right. */
export type Weakness =
  | 'none'
  | 'reserialises'
  | 'no-tolerance'
  | 'one-sided-tolerance'
  | 'accepts-unsigned'
  | 'compares-a-prefix'
  | 'looks-for-presence-only'
  | 'first-signature-only'
  | 'echoes-the-expected-signature'
  | 'echoes-the-secret'
  | 'throws-on-malformed'
  | 'not-idempotent'
  | 'refuses-duplicates'
  | 'slow-early-exit'
  | 'any-version'
  | 'empty-secret'
  | 'one-secret'
  | 'any-encoding'
  | 'lax-number'
  | 'two-timestamps'
  | 'case-sensitive-headers'
  | 'knows-all-events'
  | 'wrong-method-throws'
  | 'small-limit'

const keyOf = (secret: string) => Buffer.from(secret.replace('whsec_', ''), 'base64')

class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A hand-written handler of Standard Webhooks; state lives as long as it does. */
export function weakHandler(
  weakness: Weakness,
  secrets: readonly string[],
): (received: Received) => Answer {
  const handler = new HandWritten(weakness, secrets)
  return (received) => handler.answer(received)
}

class HandWritten {
  readonly weakness: Weakness
  readonly secrets: readonly string[]
  handled = 0
  readonly seen = new Set<string>()

  constructor(weakness: Weakness, secrets: readonly string[]) {
    this.weakness = weakness
    this.secrets = weakness === 'one-secret' ? secrets.slice(0, 1) : secrets
  }

  answer(received: Received): Answer {
    if (received.method !== 'POST') {
      if (this.weakness === 'wrong-method-throws') throw new Error('unexpected method')
      return { status: 405, headers: { allow: 'POST' } }
    }
    if (this.weakness === 'small-limit' && received.body.length > 100_000) return { status: 413 }
    try {
      this.verify(received)
      return this.handle(received)
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, body: error.message }
      throw error
    }
  }

  handle(received: Received): Answer {
    const { body, headers } = received
    const type = eventType(body)
    if (this.weakness === 'knows-all-events' && type?.startsWith('countersign.')) {
      throw new Refusal(400, 'unknown event')
    }
    const id = String(headers['webhook-id'])
    if (this.weakness === 'refuses-duplicates' && this.seen.has(id)) {
      throw new Refusal(409, 'duplicate')
    }
    if (this.weakness === 'not-idempotent' || !this.seen.has(id)) this.handled++
    this.seen.add(id)
    if (this.weakness === 'not-idempotent') {
      return { status: 200, body: JSON.stringify({ orders: this.handled }) }
    }
    return { status: 200, body: '{"ok":true}' }
  }

  /** One value of one header, or a refusal. */
  header(received: Received, name: string): string {
    const { weakness } = this
    const same = (each: string) =>
      weakness === 'case-sensitive-headers' ? each === name : each.toLowerCase() === name
    const values = received.rawHeaders.filter(([each]) => same(each)).map(([, value]) => value)
    if (name === 'webhook-timestamp' && weakness === 'two-timestamps') return values[0] ?? ''
    const [value] = values
    if (values.length !== 1 || value === undefined) throw new Refusal(400, `one ${name} is needed`)
    return value
  }

  verify(received: Received): void {
    const { weakness } = this
    if (weakness === 'accepts-unsigned' && !('webhook-signature' in received.headers)) return
    const id = this.header(received, 'webhook-id')
    const timestamp = this.header(received, 'webhook-timestamp')
    this.checkAge(received, timestamp)
    const signature = this.header(received, 'webhook-signature')
    if (weakness === 'looks-for-presence-only') return
    const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), this.signedBody(received)])
    const keys = this.secrets.map(keyOf)
    if (weakness === 'empty-secret') keys.push(Buffer.alloc(0))
    const expected = keys.map((key) => createHmac('sha256', key).update(content).digest('base64'))
    const all = signature.split(' ').map((entry) => {
      const at = entry.indexOf(',')
      if (at === -1 && weakness === 'throws-on-malformed') throw new TypeError('at is -1')
      return { version: entry.slice(0, Math.max(0, at)), text: entry.slice(at + 1) }
    })
    const known = all.filter(({ version }) => weakness === 'any-version' || version === 'v1')
    const tried = weakness === 'first-signature-only' ? known.slice(0, 1) : known
    if (tried.some(({ text }) => expected.some((each) => this.equal(each, text)))) return
    if (weakness === 'echoes-the-expected-signature') {
      throw new Refusal(401, `expected v1,${String(expected[0])} but got ${signature}`)
    }
    if (weakness === 'echoes-the-secret') {
      throw new Refusal(401, JSON.stringify({ config: { secret: this.secrets[0] } }))
    }
    throw new Refusal(401, 'invalid signature')
  }

  checkAge(received: Received, timestamp: string): void {
    const { weakness } = this
    if (!/^\d+$/.test(timestamp) && weakness !== 'lax-number') throw new Refusal(400, 'timestamp')
    if (weakness === 'no-tolerance') return
    const last = received.rawHeaders.filter(([name]) => name.toLowerCase() === 'webhook-timestamp')
    const value = weakness === 'two-timestamps' ? last.at(-1)?.[1] : timestamp
    const age = Math.floor(Date.now() / 1000) - Number(value)
    const wrong = weakness === 'one-sided-tolerance' ? age > 300 : Math.abs(age) > 300
    if (wrong) throw new Refusal(401, 'outside the tolerance')
  }

  signedBody({ body }: Received): Buffer {
    if (this.weakness !== 'reserialises') return body
    try {
      return Buffer.from(JSON.stringify(JSON.parse(body.toString())))
    } catch {
      throw new Refusal(400, 'no JSON')
    }
  }

  equal(expected: string, received: string): boolean {
    const { weakness } = this
    if (weakness === 'compares-a-prefix') return expected.startsWith(received)
    if (weakness === 'slow-early-exit') return slowlyEqual(expected, received)
    const hex = Buffer.from(expected, 'base64').toString('hex')
    if (weakness === 'any-encoding' && received === hex) return true
    const [one, other] = [Buffer.from(expected), Buffer.from(received)]
    return one.length === other.length && timingSafeEqual(one, other)
  }
}

function eventType(body: Buffer): string | undefined {
  try {
    const value: unknown = JSON.parse(body.toString())
    if (typeof value === 'object' && value !== null && 'type' in value) return String(value.type)
    return undefined
  } catch {
    throw new Refusal(400, 'no JSON')
  }
}

/** Stops at the first difference, and takes 100 µs for each character that is right. */
function slowlyEqual(expected: string, received: string): boolean {
  for (let at = 0; at < expected.length; at++) {
    if (expected[at] !== received[at]) return false
    const until = performance.now() + 0.1
    while (performance.now() < until) continue
  }
  return expected.length === received.length
}
