import type { App } from './app.ts'
import { multipart, png } from './bodies.ts'
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

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** One delivery of every kind of body that has a view of its own; the newest is JSON at `/json`. */
export async function fillBodies({ captureUrl }: App): Promise<void> {
  const post = (path: string, type: string, body: string | Uint8Array, more: string[] = []) =>
    call(captureUrl + path, { method: 'POST', headers: ['Content-Type', type, ...more], body })
  const logo = png(160, 90)
  const parts = multipart('----7MA4YWxkTrZu0gW', [
    { head: 'Content-Disposition: form-data; name="subject"', body: 'Order 4711' },
    {
      head: 'Content-Disposition: form-data; name="order"; filename="order.json"\r\nContent-Type: application/json',
      body: invoice(4711),
    },
    {
      head: 'Content-Disposition: form-data; name="logo"; filename="logo.png"\r\nContent-Type: image/png',
      body: logo,
    },
  ])
  const soap =
    '<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><order id="4711"><total currency="EUR">12.50</total><paid/></order></soap:Body></soap:Envelope>'
  const payload = encodeURIComponent(JSON.stringify({ type: 'block_actions', user: { id: 'U1' } }))
  await post('/logo', 'image/png', logo)
  await post('/upload', 'multipart/form-data; boundary=----7MA4YWxkTrZu0gW', parts)
  await post('/soap', 'text/xml', soap)
  await post('/form', 'application/x-www-form-urlencoded', `payload=${payload}&team=T1&team=T2`)
  const claims = { iss: 'https://id.example.test', sub: 'ada', exp: 1_900_000_000 }
  const token = `${segment({ alg: 'RS256', kid: 'k1' })}.${segment(claims)}.c2lnbmF0dXJl`
  const headers = [
    'X-Token',
    token,
    'Cookie',
    'session=9f2c; theme=dark',
    'Date',
    new Date().toUTCString(),
  ]
  await post(
    '/json',
    'application/json',
    `{"amount":12345678901234567890.10,"a":1,"a":2,"order":${invoice(3)}}`,
    headers,
  )
}
