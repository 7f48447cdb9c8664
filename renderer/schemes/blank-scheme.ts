import type { Scheme } from '#contract/scheme.ts'

/** What a new scheme begins as: the commonest way of all, an HMAC over the body in one header. */
const blank: Scheme = {
  id: 'my-service',
  name: 'My service',
  documentationUrl: 'https://example.com/webhooks',
  confidence: { kind: 'unconfirmed', by: '' },
  algorithm: 'hmac-sha256',
  key: 'utf8',
  secretHint: 'the webhook secret of the service',
  signature: { place: { header: 'X-Signature' }, encoding: 'hex' },
  timestamp: null,
  messageId: null,
  eventType: [],
  content: '{body}',
  tolerance: null,
  recognition: { headers: ['x-signature'], confidence: 'possible' },
  sample: {
    method: 'POST',
    targetSuffix: '',
    headers: [['Content-Type', 'application/json']],
    body: { type: 'example.sent' },
  },
  quirks: [],
}

/** A text as the editor lays it out. */
export function schemeText(scheme: unknown): string {
  return `${JSON.stringify(scheme, null, 2)}\n`
}

/** An id that nobody has: `my-service`, then `my-service-2`. */
function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted
  for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`
  return id
}

export function newScheme(taken: ReadonlySet<string>): Scheme {
  return { ...blank, id: freeId(blank.id, taken) }
}

/** A copy to change: what confirmed the original does not confirm it. */
export function ownCopy(scheme: Scheme, taken: ReadonlySet<string>): Scheme {
  return {
    ...scheme,
    id: freeId(`my-${scheme.id}`.slice(0, 50), taken),
    name: `${scheme.name}, my own`.slice(0, 120),
    confidence: { kind: 'unconfirmed', by: `begun as a copy of ${scheme.name}` },
    recognition: { ...scheme.recognition, confidence: 'possible' },
  }
}
