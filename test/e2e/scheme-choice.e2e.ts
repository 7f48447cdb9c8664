/** Finding one of all the schemes, and what is told of it before it is trusted. */
import { createHmac } from 'node:crypto'
import { pickScheme } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { openedLink } from './outside.ts'
import { svixHeaders, whsec } from './providers.ts'
import { choose, detail, open, rows, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

const body = '{"n":1}'

test('the chooser is searched by name, id and header, with the keyboard alone', async ({ app }) => {
  const { page } = app
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByLabel('Name', { exact: true }).fill('Shop')
  await dialog.getByLabel('Path').fill('/shop')
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('button', { name: 'None: record only Scheme' })).toBeFocused()

  await page.keyboard.press('Enter')
  const options = page.getByRole('option')
  await expect(page.getByRole('group', { name: 'Common' })).toBeVisible()
  await page.keyboard.type('x-shopify')
  await expect(options).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'Shopify Scheme' })).toBeFocused()
  await expect(dialog.getByText(/^HMAC-SHA256 in X-Shopify-Hmac-SHA256$/i)).toBeVisible()

  await page.keyboard.press('Enter')
  await page.keyboard.type('lemonsq')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
})

test('under the choice stands how sure it is, where the secret is, and the link', async ({
  app,
}) => {
  const { page } = app
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await pickScheme(dialog, 'Stripe')
  await expect(dialog.getByText(/^run against .*stripe \d+\.\d+/)).toBeVisible()
  await expect(dialog.getByText(/begins with whsec_/)).toBeVisible()
  await expect(dialog.getByText('Past 5 min, future not checked.')).toBeVisible()
  const opened = await openedLink(app, () =>
    dialog.getByRole('button', { name: 'Documentation' }).click(),
  )
  expect(opened).toMatch(/^https:\/\/docs\.stripe\.com\//)
  await pickScheme(dialog, 'Custom HMAC')
  await expect(dialog.getByText(/^unconfirmed: /)).toBeVisible()
})

test('a stored secret names the scheme and the endpoint that it belongs to', async ({ app }) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ name: 'live', text: 'shop secret' }]
  const shop = { name: 'shop', path: '/shop', schemeId: 'lemonsqueezy', secrets }
  await engine.endpoints.create(shop)
  const signature = createHmac('sha256', 'shop secret').update(body).digest('hex')
  await deliver(`${captureUrl}/wrong`, body, ['X-Signature', signature])
  const shown = await open(page, '/wrong', 'no scheme')
  await expect(
    shown.getByText('Looks like Lemon Squeezy: the secret “live” of endpoint shop matches.'),
  ).toBeVisible()
  await shown.getByRole('button', { name: 'Make it an endpoint' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await dialog.getByRole('button', { name: 'Lemon Squeezy Scheme' }).click()
  const recognised = page.getByRole('group', { name: 'Recognised' })
  await expect(recognised.getByRole('option').first()).toHaveAccessibleName(/^Lemon Squeezy /)
})

test('an endpoint without a scheme is offered the one that its own secret tells', async ({
  app,
}) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ name: 'live', text: 'bare secret' }]
  await engine.endpoints.create({ name: 'bare', path: '/bare', schemeId: null, secrets })
  const signature = createHmac('sha256', 'bare secret').update(body).digest('hex')
  await deliver(`${captureUrl}/bare`, body, ['X-Signature', signature])
  const shown = await open(page, '/bare', 'no scheme')
  await expect(shown.getByText(/the secret “live” of this endpoint matches\./)).toBeVisible()
  await shown.getByRole('button', { name: 'Choose its scheme' }).click()
  const dialog = page.getByRole('dialog', { name: 'Endpoint bare' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(rows(page, '/bare', /valid$/)).toHaveCount(1)
})

test('the signed content as bytes, and the code that verifies it', async ({ app }) => {
  const { page, engine, captureUrl } = app
  const secret = whsec('of the bytes')
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Svix', path: '/svix', schemeId: 'svix', secrets })
  const long = `{"n":1,\n\t"text":"${'ä'.repeat(6000)}"}\n`
  await deliver(`${captureUrl}/svix`, long, svixHeaders(secret, long))
  const shown = await open(page, '/svix', /valid$/)
  const content = shown.getByRole('group', { name: 'Signed content', exact: true })
  await expect(content.getByRole('group', { name: /^message id, .* from svix-id$/i })).toBeVisible()
  const part = content.getByRole('group', { name: /^body, 12,020 bytes, .*from the body$/ })
  await expect(part).toContainText('{"n":1,\\n')
  await expect(part).toContainText(/… 7,4\d\d bytes …/)
  await part.focus()
  await expect(part).toBeFocused()
  await choose(shown, 'Show the signed content as', 'Hex')
  await expect(part).toContainText('7b 22 6e 22 3a 31 2c 0a 09')

  await shown.getByRole('button', { name: 'Code that verifies Svix' }).click()
  const code = shown.getByRole('region', { name: /^Code, / })
  await expect(code).toContainText('express')
  await shown.getByRole('button', { name: /Language and framework$/ }).click()
  await page.getByRole('option', { name: 'Python, Flask' }).click()
  await expect(code).toContainText('flask')
  await page.reload()
  await open(page, '/svix', /valid$/)
  await detail(page).getByRole('button', { name: 'Code that verifies Svix' }).click()
  await expect(code).toContainText('flask')
})

test('a token is masked until it is revealed; how far it is right is told', async ({ app }) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ name: 'live', text: 'token-1234' }]
  const made = { name: 'GitLab', path: '/gitlab', schemeId: 'gitlab-token', secrets }
  await engine.endpoints.create(made)
  await deliver(`${captureUrl}/gitlab`, body, ['X-Gitlab-Token', 'token-99'])
  const shown = await open(page, '/gitlab', 'invalid')
  await expect(
    shown.getByText('differs from the 7th character on, 8 characters came, 10 are expected'),
  ).toBeVisible()
  await expect(shown.getByText('token-99')).toHaveCount(0)
  const headers = await turnTo(page, 'Headers')
  await expect(headers.getByText('credential, 8 characters')).toBeVisible()
  await expect(headers.getByText('token-99')).toHaveCount(0)
  await headers.getByRole('button', { name: 'Reveal value of X-Gitlab-Token' }).click()
  await expect(headers.getByText('token-99')).toBeVisible()
})
