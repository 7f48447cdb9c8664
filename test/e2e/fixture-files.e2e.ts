/** Fixtures: a delivery saved as a file from its menu, run against Stripe’s own package, accepted. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { detail, open } from './screen.ts'
import { stripeReceiver } from './stripe-receiver.ts'

const secret = 'whsec_fixtures_in_the_window'

test('A delivery becomes a fixture, and what the handler answers to it is compared', async ({
  app,
}) => {
  const { page, engine } = app
  const handler = await stripeReceiver(secret)
  const project = mkdtempSync(path.join(tmpdir(), 'countersign-e2e-fixtures-'))
  const dir = path.join(project, 'webhooks')
  const main = page.getByRole('main')
  try {
    const endpoint = await engine.endpoints.create({
      ...{ name: 'Fixture shop', path: '/fixtures', schemeId: 'stripe' },
      secrets: [{ text: secret }],
    })
    await engine.tools.sendTest({ endpointId: endpoint.id })
    await open(page, '/fixtures')

    // From the menu of the delivery; credentials and chosen values are masked.
    await detail(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Save as fixture…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as fixture' })
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(dir)
    await dialog.getByRole('textbox', { name: 'Name' }).fill('paid invoice')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    expect(readdirSync(dir)).toEqual(['paid-invoice.webhook.json'])

    // The folder is remembered. Nothing was accepted yet; then what came back is.
    await page.getByRole('button', { name: 'Show fixtures' }).click()
    await expect(main.getByRole('textbox', { name: 'Folder' })).toHaveValue(dir)
    const lines = main.getByRole('list', { name: 'Fixtures' }).getByRole('listitem')
    await expect(lines).toContainText(['signed anew (stripe); nothing accepted yet'])
    await main.getByRole('button', { name: /Signed with$/ }).click()
    await page.getByRole('option', { name: 'A secret given here' }).click()
    await main.getByRole('textbox', { name: 'Secret', exact: true }).fill(secret)
    await main.getByRole('textbox', { name: 'Handler' }).fill(handler.url)
    await page.keyboard.press('Enter')
    await expect(main.getByRole('status')).toHaveText(
      '0 of 1 fixture passed: 1 with nothing accepted yet.',
    )
    await main.getByRole('button', { name: 'Run and accept' }).click()
    await expect(main.getByRole('status')).toHaveText('What came back is accepted for 1 fixture.')
    await expect(lines).toContainText(['expects 200'])
    const { accepted } = JSON.parse(
      readFileSync(path.join(dir, 'paid-invoice.webhook.json'), 'utf8'),
    )
    expect(accepted.status).toBe(200)
    await main.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(main.getByRole('status')).toHaveText('1 fixture passed.')

    // With another secret the handler refuses it, and that is told.
    await main.getByRole('textbox', { name: 'Secret', exact: true }).fill('whsec_another')
    await main.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(lines.getByText('The status is 400; 200 was accepted.')).toBeVisible()
    expect(handler.calls.map((each) => each.accepted)).toEqual([true, true, true, false])
    expect(existsSync(dir)).toBe(true)
  } finally {
    await handler.close()
    rmSync(project, { recursive: true, force: true })
  }
})
