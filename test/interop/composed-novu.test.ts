import { describe, expect, test } from 'vitest'
import { prepareReplay } from '#engine/replay/replay-once.ts'
import { readDraft } from '#engine/replay/compose/render-draft.ts'
import { sampleEvents } from '#engine/replay/compose/sample-events.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { prepareSecret } from '#engine/signatures/secret.ts'
import { novuAnswer, NOVU_KEY } from './novu.ts'

/** 400 and 404: it knows no such step and no agent. Left out is `trigger`, which calls Novu's API. */
const expected: Readonly<Record<string, number>> = {
  'execute send-email': 200,
  'execute send-digest': 400,
  'preview send-email': 200,
  'agent-event onMessage': 404,
  discover: 200,
  code: 200,
  'health-check': 200,
}

const scheme = findScheme('novu')
if (!scheme) throw new Error('There is no scheme novu.')

function bridgeRequest(name: string, key: string) {
  const event = sampleEvents(scheme).find((sample) => sample.name === name)
  if (!event || !scheme) throw new Error(`There is no event ${name}.`)
  const draft = { ...event, schemeId: 'novu', endpointId: null, settings: {}, seed: 1 }
  const ready = readDraft({ ...draft, body: { kind: 'template', text: event.body } }, 1)
  const secret = prepareSecret(scheme, { id: null, name: 'key', text: key })
  if ('problem' in ready || 'problem' in secret) throw new Error('It cannot be made.')
  const nowMs = Date.now()
  const delivery = ready.render(1, nowMs)
  const [prepared] = secret.prepared
  if ('problem' in delivery || !prepared) throw new Error('It cannot be made.')
  const resign = { scheme, secret: prepared, timestampMs: nowMs, messageId: null }
  const made = prepareReplay({
    delivery,
    url: 'http://127.0.0.1/api/novu',
    resign: event.unsigned ? null : resign,
  })
  if ('problem' in made) throw new Error(made.problem)
  const { method, target, rawHeaders, body } = made.request
  const signature = rawHeaders.find(([header]) => header.toLowerCase() === 'novu-signature')?.[1]
  const text = Buffer.from(body).toString()
  const call = { method, target, signature: signature ?? null }
  return { ...call, body: text === '' ? undefined : JSON.parse(text) }
}

describe('composed bridge requests and @novu/framework', () => {
  test.each(Object.keys(expected))('%s is taken; with another key it is refused', async (name) => {
    expect((await novuAnswer(bridgeRequest(name, NOVU_KEY))).status).toBe(expected[name])
    const refused = await novuAnswer(bridgeRequest(name, 'another-key'))
    expect(refused.status).toBe(name === 'health-check' ? 200 : 401)
  })
})
