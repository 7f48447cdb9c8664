import type { App } from './app.ts'
import { githubHeaders, novuHeaders, stripeHeaders, svixHeaders, whsec } from './providers.ts'
import { call } from './wire.ts'

const secret = whsec('for the ground')
const stripeSecret = `whsec_${'s3cr3t'.repeat(5)}`

function invoice(number: number): string {
  const object = { id: `in_${number}`, amount_due: 1200 * number, currency: 'eur', paid: true }
  return JSON.stringify({ id: `evt_${number}`, type: 'invoice.paid', data: { object } })
}

async function addEndpoints({ engine }: App): Promise<void> {
  const make = (name: string, path: string, schemeId: string, text: string) =>
    engine.endpoints.create({ name, path, schemeId, secrets: [{ name: 'live key', text }] })
  await make('Stripe', '/stripe', 'stripe', stripeSecret)
  await make('Nomod', '/nomod', 'svix', secret)
  await make('Novu', '/novu', 'novu', secret)
  await make('GitHub', '/github/*', 'github', secret)
}

/**
 * Fills a program with what a day of work leaves: four endpoints, every common verdict, repeats,
 * a replay, and deliveries that no endpoint has. The newest is an `invalid` one to `/nomod`.
 */
export async function fill(app: App): Promise<void> {
  await addEndpoints(app)
  const post = (target: string, body: string, headers: readonly string[] = []) =>
    call(app.captureUrl + target, { method: 'POST', headers, body })
  const user = JSON.stringify({ type: 'user.created', data: { id: 'usr_1', name: 'Ada Lovelace' } })
  const old = new Date(Date.now() - 724_000)
  for (let number = 1; number <= 6; number += 1) {
    await post('/stripe', invoice(number), stripeHeaders(stripeSecret, invoice(number)))
    await post('/github/push', user, await githubHeaders(secret, user, `guid-${number}`))
    await post('/nomod', user, svixHeaders(secret, user, { id: `msg_${number}` }))
  }
  await post(
    '/novu?action=execute&workflowId=welcome&stepId=email',
    user,
    novuHeaders(secret, user),
  )
  await call(`${app.captureUrl}/novu?action=health-check`)
  await post('/nomod', user, svixHeaders(secret, user, { id: 'msg_old', at: old }))
  await post('/nomod', user, svixHeaders(secret, user, { id: 'msg_6' }))
  await post('/stripe', invoice(7), ['Stripe-Signature', 'v1=abc'])
  await post('/stripe', invoice(8))
  await post('/callbacks/payments', invoice(9), stripeHeaders(stripeSecret, invoice(9)))
  await post('/plain', 'name=Ada&plan=team', ['Content-Type', 'application/x-www-form-urlencoded'])
  const changed = user.replace('Ada', 'Eve')
  await post('/nomod', changed, svixHeaders(secret, user, { id: 'msg_bad' }))
  const { rows } = await app.engine.deliveries.list({ limit: 1 })
  const deliveryId = rows[0]?.id
  if (deliveryId === undefined) throw new Error('Nothing was delivered.')
  const url = `${app.captureUrl}/nomod`
  await app.engine.replays.create({ deliveryId, url, resign: true, messageId: 'new' })
}
