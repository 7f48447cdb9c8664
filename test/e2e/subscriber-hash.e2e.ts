/** The hash that Novu's Inbox asks for: computed, compared, never stored. */
import { createHmac } from 'node:crypto'
import { expect, test } from './fixtures.ts'

test('computes the hash and tells a wrong one', async ({ app }) => {
  const { page } = app
  const expected = createHmac('sha256', 'novu-secret').update('user-42').digest('hex')
  await page.getByRole('navigation').getByRole('button', { name: 'Subscriber hash' }).click()
  await page.getByLabel('Subscriber id').fill('user-42')
  await page.getByLabel('Novu secret key').fill('novu-secret')
  await page.getByRole('button', { name: 'Compute hash' }).click()
  await expect(page.getByText(expected, { exact: true })).toBeVisible()
  await page.getByLabel('Compare with').fill(expected)
  await expect(page.getByText('Equal', { exact: true })).toBeVisible()
  await page.getByLabel('Compare with').fill(expected.replace(/.$/, 'z'))
  await expect(page.getByText('Differs from the 64th character on')).toBeVisible()
  await page.getByLabel('Subscriber id').fill('user-43')
  await expect(page.getByText(expected, { exact: true })).toHaveCount(0)
})
