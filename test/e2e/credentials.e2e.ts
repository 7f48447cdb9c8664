/** Credentials that came with requests. */
import { expect, test } from './fixtures.ts'
import { open, rows, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

test('credentials that came with a request are masked until revealed, in every part', async ({
  app,
}) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: 'figma', path: '/figma', schemeId: 'figma' })
  const hidden = ['hidden-passcode-1', 'hidden-query-2', 'hidden-cookie-3', 'aGlkZGVuLTQ6eA==']
  const body = JSON.stringify({ event_type: 'PING', passcode: hidden[0], webhook_id: '1' })
  await deliver(`${captureUrl}/figma?token=${hidden[1]}`, body, [
    ...['Content-Type', 'application/json', 'Cookie', `session=${hidden[2]}`],
    ...['Authorization', `Basic ${hidden[3]}`],
  ])
  await expect(rows(page, '/figma')).toHaveCount(1)
  const article = await open(page, '/figma')
  const none = async () => {
    for (const text of hidden) await expect(page.locator('body')).not.toContainText(text)
  }
  for (const tab of ['Verification', 'Body', 'Raw', 'Timeline', 'Response', 'Headers'] as const) {
    await turnTo(page, tab)
    await none()
  }
  await article.getByRole('button', { name: 'Reveal credentials' }).click()
  const headers = await turnTo(page, 'Headers')
  for (const text of hidden.slice(1)) await expect(headers).toContainText(text)
  await expect(await turnTo(page, 'Raw')).toContainText(hidden[0] ?? '')
  await expect(await turnTo(page, 'Body')).toContainText(hidden[0] ?? '')
  await article.getByRole('button', { name: 'Hide credentials' }).click()
  await none()
})
