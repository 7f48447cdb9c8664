/** Empty states that teach: a command that works as pasted, and the way into a provider. */
import { execFileSync } from 'node:child_process'
import { expect, test } from './fixtures.ts'
import { expectAccessible } from './accessible.ts'
import { rows } from './screen.ts'

const hasCurl = process.platform !== 'win32'

test('the command works as pasted, and the first delivery ends the onboarding', async ({ app }) => {
  test.skip(!hasCurl, 'The command is for a POSIX shell.')
  const { page } = app
  const sample = page.getByLabel('Command that posts a webhook')
  await expect(sample).toContainText(app.captureUrl)
  await page.getByRole('radiogroup', { name: 'Terminal' }).getByText('cmd', { exact: true }).click()
  await expect(sample).toContainText(String.raw`"{\"type\":\"hello.world\"}"`)
  await page
    .getByRole('radiogroup', { name: 'Terminal' })
    .getByText('Shell', { exact: true })
    .click()
  execFileSync('sh', ['-c', (await sample.textContent()) ?? ''], { stdio: 'ignore' })
  await expect(rows(page, 'catch-all')).toHaveCount(1)
  await expect(page.getByRole('heading', { name: /^Point a webhook sender/ })).toBeHidden()
})

test('a provider is picked, its steps read, and its endpoint made', async ({ app, shell }) => {
  const { page, captureUrl } = app
  await expect(page.getByRole('heading', { name: 'Pick your provider' })).toBeVisible()
  await expectAccessible(app, shell, 'first run')
  await page.getByRole('searchbox', { name: 'Search providers' }).fill('notify')
  await page.getByRole('main').getByRole('button', { name: 'NotifyKit' }).click()
  const steps = page.getByRole('region', { name: 'Steps for NotifyKit' })
  await expect(steps.getByText(`${captureUrl}/notifykit`, { exact: true })).toBeVisible()
  await expect(steps.getByText(/API Keys .* Webhook Security .* Generate/)).toBeVisible()
  await expect(steps.getByText(/put a tunnel in front/)).toBeVisible()
  await expectAccessible(app, shell, 'provider')
  await steps.getByRole('button', { name: 'Make the endpoint' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('NotifyKit')
  await expect(dialog.getByLabel('Path', { exact: true })).toHaveValue('/notifykit')
  await expect(dialog.getByRole('button', { name: 'NotifyKit Scheme' })).toBeVisible()
  await page.keyboard.press('Escape')
  await steps.getByRole('button', { name: 'Another provider' }).click()
  await expect(page.getByRole('searchbox', { name: 'Search providers' })).toBeVisible()
})
