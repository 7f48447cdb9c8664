/** Finding one of all the schemes, and what is told of it before it is trusted. */
import { pickScheme } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'

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
  await page.evaluate(() => {
    window.open = (url) => {
      document.title = String(url)
      return null
    }
  })
  await dialog.getByRole('button', { name: 'Documentation' }).click()
  await expect(page).toHaveTitle(/^https:\/\/docs\.stripe\.com\//)
  await pickScheme(dialog, 'Custom')
  await expect(dialog.getByText(/^unconfirmed: /)).toBeVisible()
})
