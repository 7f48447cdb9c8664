/** Ways to open the data key. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

const PASSPHRASE = 'a passphrase of the app'
const SECRET = whsec('secrets in the app')

async function openSecrets(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Secrets' }).click()
  return page.getByRole('region', { name: 'Where secrets are sealed' })
}

/** Deriving a key takes half a second of one core, and more on a busy machine. */
const derived = { timeout: 40_000 }
test.describe.configure({ timeout: 120_000 })

test('a passphrase is added, proven, asked for at the start, and unlocks', async ({ app }) => {
  const secrets = [{ text: SECRET }]
  await app.engine.endpoints.create({ name: 's', path: '/s', schemeId: 'svix', secrets })
  const area = await openSecrets(app.page)
  const ways = area.getByRole('list', { name: 'Ways to open the key' })
  await expect(ways).toContainText('Key file')
  await area.getByRole('button', { name: 'Add a passphrase' }).click()
  const dialog = app.page.getByRole('dialog')
  await dialog.getByLabel('New passphrase').fill(PASSPHRASE)
  await dialog.getByLabel('The same once more').fill('another one')
  await dialog.getByRole('button', { name: 'Add passphrase' }).click()
  await expect(dialog).toContainText('another one than above')
  await dialog.getByLabel('The same once more').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Add passphrase' }).click()
  await expect(ways.getByRole('listitem')).toHaveCount(2, derived)
  await area.getByRole('button', { name: 'Remove: Key file' }).click()
  const removing = app.page.getByRole('dialog')
  await removing.getByLabel('Passphrase', { exact: true }).fill('not this one')
  await removing.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(removing).toContainText('not the one', derived)
  await removing.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await removing.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(ways.getByRole('listitem')).toHaveCount(1, derived)

  await app.restart()
  const unlock = app.page.getByRole('dialog', { name: 'Unlock secrets' })
  await deliver(`${app.captureUrl}/s`, 'x', svixHeaders(SECRET, 'x'))
  await unlock.getByLabel('Passphrase', { exact: true }).fill('not this one')
  await unlock.getByRole('button', { name: 'Unlock', exact: true }).click()
  await expect(unlock).toContainText('opens nothing here', derived)
  await unlock.getByRole('button', { name: 'Not now' }).click()
  await expect(rows(app.page, 'locked')).toHaveCount(1)
  await app.page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await unlock.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await unlock.getByLabel('Passphrase', { exact: true }).press('Enter')
  await expect(rows(app.page, 'valid')).toHaveCount(1, derived)
})
