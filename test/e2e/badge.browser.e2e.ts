/** A tab that nobody looks at counts failures in its title and marks its icon. */
import { expect, test } from './fixtures.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

test('failures that came while nobody looked stand in the title', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: 'Shop', path: '/shop', schemeId: 'stripe' })
  await deliver(`${captureUrl}/shop`, '{}')
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveTitle('Countersign')
  const look = (looking: boolean) =>
    page.evaluate((seen) => {
      document.hasFocus = () => seen
      window.dispatchEvent(new Event(seen ? 'focus' : 'blur'))
    }, looking)
  // Right after the start nobody knows yet which delivery is the newest.
  await look(false)
  await expect(async () => {
    await deliver(`${captureUrl}/shop`, '{}')
    await expect(page).toHaveTitle(/^\(\d+\) Countersign$/, { timeout: 2_500 })
  }).toPass()
  await look(true)
  await expect(page).toHaveTitle('Countersign')

  await look(false)
  await deliver(`${captureUrl}/other`, '{}')
  for (const body of ['1', '2']) await deliver(`${captureUrl}/shop`, body)
  await expect(page).toHaveTitle('(2) Countersign')
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', './icon-failures.svg')
  await look(true)
  await expect(page).toHaveTitle('Countersign')
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute('href', './icon.svg')
})
