/** Settings of the whole data directory. */
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'

test('a lower body limit refuses what is larger, and says what is wrong with a bad one', async ({
  app,
}) => {
  const { page, captureUrl } = app
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  const limit = dialog.getByLabel('Largest body, in MiB')
  await expect(limit).toHaveValue('25')
  await expect(dialog.getByText(app.dataDir, { exact: true })).toBeVisible()

  await limit.fill('a lot')
  await limit.press('Enter')
  await expect(dialog.getByText(/number of MiB/)).toBeVisible()
  await limit.fill('0.5')
  await limit.press('Enter')
  await expect(dialog).toBeHidden()

  const answer = await fetch(`${captureUrl}/large`, { method: 'POST', body: 'x'.repeat(600_000) })
  expect(answer.status).toBe(413)
  await expect(rows(page, '/large')).toContainText('incomplete')
})
