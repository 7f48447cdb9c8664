/** Closing and reopening on the same data directory loses nothing. */
import { addEndpoint, editEndpoint } from './endpoint-dialog.ts'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { open, rows, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('kept')
const body = JSON.stringify({ type: 'kept.safe' })

test('deliveries, endpoints and secrets are there after a restart', async ({ app }) => {
  const entry = { name: 'Kept', path: '/kept', scheme: 'Svix', secret }
  await addEndpoint(app.page, entry)
  await deliver(`${app.captureUrl}/kept`, body, svixHeaders(secret, body))
  await deliver(`${app.captureUrl}/loose`, 'text')
  await expect(rows(app.page, '/kept', 'valid')).toHaveCount(1)

  await app.restart()
  const { page, captureUrl } = app
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page, '/kept', 'kept.safe', 'valid')).toHaveCount(1)
  await open(page, '/kept')
  await expect((await turnTo(page, 'Body')).getByRole('textbox')).toContainText('kept.safe')

  // Arriving now is judged with the secret of before, which can still be revealed.
  await deliver(`${captureUrl}/kept`, body, svixHeaders(secret, body, { id: 'msg_after' }))
  await expect(rows(page, '/kept', /valid$/)).toHaveCount(2)
  await expect(rows(page, 'invalid')).toHaveCount(0)
  const dialog = await editEndpoint(page, 'Kept')
  await dialog.getByRole('button', { name: /^Reveal / }).click()
  await expect(dialog.getByText(secret)).toBeVisible()
})

test('a reload stays where one was', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/one`, '1')
  await deliver(`${captureUrl}/two`, '2')
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Catch-all/ })
    .click()
  const shown = await open(page, '/one')
  await page.reload()
  await expect(shown).toContainText('POST /one')
  await expect(page.getByRole('button', { name: /^Catch-all/ })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await deliver(`${captureUrl}/three`, '3')
  await expect(rows(page)).toHaveCount(3)
})
