/** Deliveries that no endpoint has: never lost, recognised, and adopted with one click. */
import { expect, test } from './fixtures.ts'
import { stripeHeaders, whsec } from './providers.ts'
import { detail, open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('stripe’s')
const body = JSON.stringify({ id: 'evt_1', type: 'charge.succeeded', object: 'event' })

test('a recognised delivery becomes an endpoint that adopts its like', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/pay/in`, body, stripeHeaders(secret, body))
  await deliver(`${captureUrl}/pay/in`, body, stripeHeaders(secret, body))
  await deliver(`${captureUrl}/elsewhere`, 'x')
  await expect(rows(page, '/pay/in', 'catch-all', 'no secret')).toHaveCount(2)
  await expect(rows(page, '/elsewhere', 'no scheme')).toHaveCount(1)

  const shown = await open(page, '/pay/in')
  await expect(shown.getByText(/The headers are those of Stripe/)).toBeVisible()
  await shown.getByRole('button', { name: 'Make it an endpoint' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await expect(dialog.getByLabel('Path')).toHaveValue('/pay/in')
  await expect(dialog.getByRole('button', { name: 'Stripe Scheme' })).toBeVisible()
  await dialog.getByLabel('Signing secret', { exact: true }).fill(secret)
  await dialog.getByRole('button', { name: 'Add endpoint' }).click()
  await expect(dialog).toBeHidden()

  await expect(rows(page, '/pay/in', /valid$/)).toHaveCount(2)
  await expect(rows(page, 'catch-all')).toHaveCount(0)
  await expect(detail(page).getByRole('heading', { level: 2 })).toContainText('Signature matches')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Catch-all/ })
    .click()
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page, '/elsewhere')).toHaveCount(1)
})

test('nothing is offered where nothing is recognised', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/plain`, 'x')
  const shown = await open(page, '/plain')
  await expect(shown.getByRole('heading', { level: 2 })).toHaveText(
    'Nothing here says who signed this.',
  )
  await expect(shown.getByText(/The headers are those of/)).toHaveCount(0)
})
