/** What comes again is marked by kind, with how many and how long apart. */
import { type App, expect, test } from './fixtures.ts'
import { githubHeaders, stripeHeaders, svixHeaders, whsec } from './providers.ts'
import { open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('duplicates')
const body = JSON.stringify({ type: 'user.created' })

async function endpoint({ engine }: App, schemeId: string): Promise<void> {
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Users', path: '/users', schemeId, secrets })
}

test('a retry: same message, signed anew', async ({ app }) => {
  const { page, captureUrl } = app
  await endpoint(app, 'svix')
  for (const secondsAgo of [20, 10, 0]) {
    const at = new Date(Date.now() - secondsAgo * 1000)
    await deliver(`${captureUrl}/users`, body, svixHeaders(secret, body, { at }))
  }
  await expect(rows(page, '2nd retry')).toHaveCount(1)
  await expect(rows(page, '3rd retry')).toHaveCount(1)
  await expect(rows(page, '/users')).toHaveCount(3)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Duplicates/ })
    .click()
  await expect(rows(page)).toHaveCount(2)
  const shown = await open(page, '3rd retry')
  await expect(shown.getByText(/^3rd of 3, retry, .+ after the original\./)).toBeVisible()
  await expect(shown.getByRole('button', { name: /^2nd\s*, valid$/ })).toBeVisible()
  await shown.getByRole('button', { name: 'Show original' }).click()
  await expect(page.getByRole('article').getByText(/of 3, retry/)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^1st\s*, valid$/ })).toHaveAttribute(
    'aria-current',
    'true',
  )
})

test('an exact replay: same id, timestamp and signature', async ({ app }) => {
  const { page, captureUrl } = app
  await endpoint(app, 'svix')
  const headers = svixHeaders(secret, body)
  await deliver(`${captureUrl}/users`, body, headers)
  await deliver(`${captureUrl}/users`, body, headers)
  await expect(rows(page, '2nd exact replay')).toHaveCount(1)
})

test('an id that is used again for another body', async ({ app }) => {
  const { page, captureUrl } = app
  await endpoint(app, 'svix')
  const other = JSON.stringify({ type: 'user.deleted' })
  await deliver(`${captureUrl}/users`, body, svixHeaders(secret, body))
  await deliver(`${captureUrl}/users`, other, svixHeaders(secret, other))
  await expect(rows(page, '2nd id reuse')).toHaveCount(1)
})

test('a scheme without ids goes by the body, and says that this is weak', async ({ app }) => {
  const { page, captureUrl } = app
  await endpoint(app, 'notifykit')
  for (let round = 0; round < 2; round += 1) await deliver(`${captureUrl}/users`, body)
  await expect(rows(page, '2nd same body')).toHaveCount(1)
  const shown = await open(page, '2nd same body')
  await expect(shown.getByText(/A weak sign\./)).toBeVisible()
})

test('different messages are no duplicates, and a forged one cannot be the original', async ({
  app,
}) => {
  const { page, captureUrl } = app
  await endpoint(app, 'svix')
  const forged = svixHeaders(whsec('not it'), body, { id: 'msg_a' })
  await deliver(`${captureUrl}/users`, body, forged)
  await deliver(`${captureUrl}/users`, body, svixHeaders(secret, body, { id: 'msg_a' }))
  await deliver(`${captureUrl}/users`, body, svixHeaders(secret, body, { id: 'msg_b' }))
  await expect(rows(page, '/users')).toHaveCount(3)
  await expect(rows(page, '2nd')).toHaveCount(0)
})

test('github’s delivery id and stripe’s event id count too', async ({ app }) => {
  const { page, captureUrl, engine } = app
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'GH', path: '/gh', schemeId: 'github', secrets })
  await engine.endpoints.create({ name: 'St', path: '/st', schemeId: 'stripe', secrets })
  const event = JSON.stringify({ id: 'evt_9', type: 'charge.failed' })
  for (let round = 0; round < 2; round += 1) {
    await deliver(`${captureUrl}/gh`, body, await githubHeaders(secret, body, 'guid-1'))
    await deliver(`${captureUrl}/st`, event, stripeHeaders(secret, event))
  }
  await expect(rows(page, '/gh', '2nd')).toHaveCount(1)
  await expect(rows(page, '/st', '2nd')).toHaveCount(1)
})
