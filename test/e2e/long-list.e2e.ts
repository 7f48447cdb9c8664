/** Thousands of deliveries, sent for real: the list stays a window on them. */
import { expect, test } from './fixtures.ts'
import { list, rows } from './screen.ts'
import { deliver, deliverMany } from './wire.ts'

// A trace of this much would be slower than what it records.
test.use({ trace: 'off' })

const MANY = 5000

function* numbered(url: string): Generator<string> {
  for (let number = 1; number <= MANY; number += 1) yield `${url}/n/${number}`
}

test('5,000 deliveries can be scrolled to their end and back', async ({ app }) => {
  test.setTimeout(120_000)
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/the-oldest`, 'x')
  await deliverMany(numbered(captureUrl))
  await deliver(`${captureUrl}/the-newest`, 'x')
  const all = page.getByRole('navigation').getByRole('button', { name: /^All/ })
  await expect(all).toContainText('5,002')
  await expect(rows(page, '/the-newest')).toBeVisible()

  const scroller = list(page).getByRole('rowgroup').last()
  await expect(async () => {
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    // In view, not only in the page: a row may be drawn for a moment where nobody looks any more.
    await expect(rows(page, '/the-oldest')).toBeInViewport({ timeout: 250 })
  }).toPass({ timeout: 60_000 })
  // However long the list, only what is near the eye is in the page.
  expect(await rows(page).count()).toBeLessThan(150)

  await deliver(`${captureUrl}/while-away`, 'x')
  const news = page.getByRole('button', { name: /^1 new$/ })
  await expect(news).toBeVisible()
  await expect(rows(page, '/the-oldest')).toBeInViewport()
  await news.click()
  await expect(rows(page, '/while-away')).toBeVisible()
  await expect(rows(page, '/the-newest')).toBeVisible()
  await expect(rows(page, '/the-oldest')).toHaveCount(0)
})
