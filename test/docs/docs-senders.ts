import { createHmac } from 'node:crypto'
import type { StartedEngine } from '#test/integration/started-engine.ts'

/** What stands for the secrets that people put in the place of `…`. */
export const FILLED = 'C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const STRIPE = `whsec_${FILLED}`

/** https://docs.stripe.com/webhooks#verify-manually */
export async function sendStripe(url: string, count: number): Promise<void> {
  const body = JSON.stringify({ id: `evt_${count}`, type: 'invoice.paid' })
  const seconds = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', STRIPE).update(`${seconds}.${body}`).digest('hex')
  const answer = await fetch(`${url}/stripe`, {
    method: 'POST',
    headers: {
      'Stripe-Signature': `t=${seconds},v1=${signature}`,
      'Content-Type': 'application/json',
    },
    body,
  })
  await answer.arrayBuffer()
}

/** What is sent while a page waits for a delivery. */
export async function sendToEndpoint(engine: StartedEngine, name: string): Promise<void> {
  const found = (await engine.client.endpoints.list()).find((one) => one.name === name)
  if (found?.schemeId === 'stripe') await sendStripe(engine.url, Date.now())
  else if (found) {
    const samples = await engine.client.compose.samples({ schemeId: found.schemeId })
    const [sample] = samples
    if (!sample) return
    const { name: event, method, target, rawHeaders, body } = sample
    await engine.client.compose.send({
      draft: {
        ...{ name: event, method, target, rawHeaders, body: { kind: 'template', text: body } },
        ...{ schemeId: found.schemeId, endpointId: found.id, settings: {}, seed: null },
      },
      url: `${engine.url}${found.path}`,
      resign: true,
    })
  }
}
