/** Real senders of the other schemes: right is valid, one changed byte is not. */
import { expect, test } from './fixtures.ts'
import {
  githubHeaders,
  notifykitHeaders,
  novuHeaders,
  stripeHeaders,
  svixHeaders,
  whsec,
} from './providers.ts'
import { open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('for every scheme')
const body = JSON.stringify({ type: 'order.created', event: 'order.created', n: 1 })
const senders = [
  { schemeId: 'svix', target: '/svix', headers: () => svixHeaders(secret, body) },
  { schemeId: 'stripe', target: '/stripe', headers: () => stripeHeaders(secret, body) },
  { schemeId: 'github', target: '/github', headers: () => githubHeaders(secret, body, 'd-1') },
  {
    schemeId: 'novu',
    target: '/novu?action=execute&workflowId=welcome&stepId=email',
    headers: () => novuHeaders(secret, body),
  },
  { schemeId: 'notifykit', target: '/notifykit', headers: () => notifykitHeaders(secret, body) },
]

for (const { schemeId, target, headers } of senders) {
  test(`${schemeId}: valid as signed, invalid when changed, unsigned without`, async ({ app }) => {
    const { page, captureUrl, engine } = app
    const path = `/${schemeId}`
    await engine.endpoints.create({ name: schemeId, path, schemeId, secrets: [{ text: secret }] })
    await deliver(captureUrl + target, body, await headers())
    await expect(rows(page, path, /valid$/)).toHaveCount(1)
    await expect(rows(page, path, 'invalid')).toHaveCount(0)
    await deliver(captureUrl + target, body.replace('1', '2'), await headers())
    await expect(rows(page, path, 'invalid')).toHaveCount(1)
    await deliver(captureUrl + target, body, ['Content-Type', 'application/json'])
    await expect(rows(page, path, 'unsigned')).toHaveCount(1)
    const shown = await open(page, path, 'unsigned')
    await expect(shown.getByRole('heading', { level: 2 })).toContainText(/^No \S+ header\.$/)
  })
}

test('novu’s health check is a challenge, not a failure', async ({ app }) => {
  const { page, captureUrl, engine } = app
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Novu', path: '/novu', schemeId: 'novu', secrets })
  const answer = await fetch(`${captureUrl}/novu?action=health-check`)
  expect(answer.status).toBe(200)
  await expect(rows(page, '/novu', 'challenge')).toHaveCount(1)
})

test('a right signature that is too old is stale, with the age and the limit', async ({ app }) => {
  const { page, captureUrl, engine } = app
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Old', path: '/old', schemeId: 'svix', secrets })
  const at = new Date(Date.now() - 724_000)
  await deliver(`${captureUrl}/old`, body, svixHeaders(secret, body, { at }))
  await expect(rows(page, '/old', 'stale')).toHaveCount(1)
  const shown = await open(page, '/old')
  await expect(shown.getByRole('heading', { level: 2 })).toHaveText(
    /The signature is right, but it was signed 12 min \d s ago; Svix allows 5 min\./,
  )
})
