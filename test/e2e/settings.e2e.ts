/** Settings of the whole data directory: each applies at once, all are found by searching. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { choose, rows } from './screen.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

async function openSettings(page: Page, section: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: section }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: section, level: 2 })).toBeVisible()
  return main
}

const setting = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('a lower body limit refuses what is larger, and says what is wrong with a bad one', async ({
  app,
}) => {
  const { page, captureUrl } = app
  const main = await openSettings(page, 'Listener')
  const limit = main.getByLabel('Largest body, in MiB')
  await expect(limit).toHaveValue('25')
  await limit.fill('a lot')
  await limit.press('Enter')
  await expect(main.getByText(/number of MiB/)).toBeVisible()
  await limit.fill('0.5')
  await limit.press('Enter')
  await expect(setting(page, 'Largest body').getByText('Saved')).toBeVisible()

  const answer = await fetch(`${captureUrl}/large`, { method: 'POST', body: 'x'.repeat(600_000) })
  expect(answer.status).toBe(413)
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await expect(rows(page, '/large')).toContainText('incomplete')
})

test(
  'settings are found by their words, whatever section they are in',
  { tag: '@browser' },
  async ({ app }) => {
    const { page } = app
    await openSettings(page, 'Privacy')
    await expect(page.getByText(app.dataDir, { exact: true })).toBeVisible()
    const search = page.getByRole('searchbox', { name: 'Search settings' })
    await search.fill('certificate')
    await expect(setting(page, 'HTTPS')).toBeVisible()
    await expect(setting(page, 'Port')).toBeHidden()
    await search.fill('no such thing')
    await expect(page.getByText(/No setting has these words/)).toBeVisible()
    await search.press('Escape')
    await expect(setting(page, 'What leaves this machine')).toBeVisible()
  },
)

test('more than this machine is listened on only after a warning', async ({ app }) => {
  const { page, engine } = app
  const main = await openSettings(page, 'Listener')
  await expect(main.getByText(/was told on its command line/)).toBeVisible()
  const address = setting(page, 'Address').getByRole('textbox', { name: 'Address' })
  await address.fill('0.0.0.0')
  await address.press('Enter')
  await expect(main.getByText(/whoever reaches this machine can send deliveries/)).toBeVisible()
  expect((await engine.settings.get()).listener.host).toBe('127.0.0.1')
  await main.getByRole('button', { name: 'Stay on 127.0.0.1' }).click()
  await expect(main.getByRole('button', { name: /^Listen on/ })).toBeHidden()
  await expect(address).toHaveValue('127.0.0.1')
  await address.fill('192.0.2.1')
  await address.press('Enter')
  await main.getByRole('button', { name: 'Listen on 192.0.2.1' }).click()
  await expect(main.getByRole('alert')).toContainText('192.0.2.1 is no address of this machine')
  expect((await engine.settings.get()).listener.host).toBe('127.0.0.1')
})

test('HTTPS with a certificate of one’s own, at once', { tag: '@browser' }, async ({ app }) => {
  test.skip(!hasOpenssl, 'There is no openssl to make a certificate with.')
  const { page, dataDir } = app
  const [cert, key] = [path.join(dataDir, 'test.pem'), path.join(dataDir, 'test-key.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  await openSettings(page, 'Listener')
  const area = setting(page, 'HTTPS')
  await choose(area, 'Protocol of the capture port', 'HTTPS')
  await area.getByLabel(/^Certificate file/).fill(`${cert}.none`)
  await area.getByLabel(/^Key file/).fill(key)
  await area.getByRole('button', { name: 'Use HTTPS' }).click()
  await expect(area.getByRole('alert')).toContainText('There is no such file')
  await area.getByLabel(/^Certificate file/).fill(cert)
  await area.getByRole('button', { name: 'Use HTTPS' }).click()
  await expect(area.getByText('Saved')).toBeVisible()
  const url = app.captureUrl.replace('http:', 'https:')
  await expect(page.getByRole('banner').getByText(url)).toBeVisible()
  const status = await new Promise<number | undefined>((resolve, reject) => {
    https
      .request(`${url}/secure`, { method: 'POST', ca: readFileSync(cert) }, (response) =>
        resolve(response.resume().statusCode),
      )
      .on('error', reject)
      .end('x')
  })
  expect(status).toBe(200)
  await area.getByText('HTTP', { exact: true }).click()
  await expect(page.getByRole('banner').getByText(app.captureUrl)).toBeVisible()
})

test('retention says what would go before it goes', async ({ app }) => {
  const { page, captureUrl, engine } = app
  for (const n of [1, 2, 3, 4]) await fetch(`${captureUrl}/r${n}`, { method: 'POST', body: 'x' })
  await expect.poll(async () => (await engine.settings.stored()).deliveries).toBe(4)
  const main = await openSettings(page, 'Retention')
  await expect(main.getByText(/^Now 4 deliveries/)).toBeVisible()
  const count = main.getByLabel('Newest deliveries')
  await count.fill('2')
  await count.press('Enter')
  await expect(main.getByText(/About 2 of 4 deliveries are over this limit/)).toBeVisible()
  await main.getByRole('button', { name: 'Set the limit' }).click()
  await expect(setting(page, 'What is kept').getByText('Saved')).toBeVisible()
  await expect.poll(async () => (await engine.deliveries.count({})).count).toBe(2)
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page, '/r4')).toHaveCount(1)
})

test('settings go out as a file without secrets, and come in again with a report', async ({
  app,
}) => {
  const { page, engine } = app
  const text = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
  await engine.endpoints.create({
    name: 'Mail',
    path: '/mail',
    schemeId: 'svix',
    secrets: [{ text }],
  })
  const { name, json } = await engine.settings.export()
  expect(json).not.toContain(text)
  await engine.endpoints.remove({ id: (await engine.endpoints.list())[0]?.id ?? 0 })
  const main = await openSettings(page, 'Export and import')
  await main
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(json) })
  await main.getByRole('button', { name: 'Import it' }).click()
  await expect(main.getByText('Endpoint “Mail”: added.')).toBeVisible()
  await expect(main.getByText(/secrets are not part of an export; add them/)).toBeVisible()
  await main
    .locator('input[type=file]')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{}') })
  await main.getByRole('button', { name: 'Import it' }).click()
  await expect(main.getByRole('alert')).toContainText('Nothing was changed.')
})

test('a rule notifies of what its filter finds, gathered', async ({ app, shell }) => {
  test.skip(shell === 'desktop', 'The system shows the notices of the desktop.')
  const { page, captureUrl } = app
  await page.context().grantPermissions(['notifications'])
  await page.addInitScript(() => {
    const told: string[] = []
    class Recorded extends EventTarget {
      static permission = 'granted'
      static requestPermission = () => Promise.resolve('granted')
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super()
        told.push(`${title}: ${body}`)
      }
    }
    Object.assign(window, { Notification: Recorded, told })
  })
  await page.reload()
  await openSettings(page, 'Notifications')
  await page.getByText('Show notifications').click()
  await expect(setting(page, 'Rules').getByText('is:failure', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Add a rule' }).click()
  const form = setting(page, 'Rules')
  await form.getByLabel('Name').fill('Orders')
  await form.getByLabel('Filter', { exact: true }).fill('path:/orders AND')
  await form.getByRole('button', { name: 'Add the rule' }).click()
  await form.getByLabel('Filter', { exact: true }).fill('path:/orders')
  await form.getByRole('button', { name: 'Add the rule' }).click()
  await expect(form.getByText('path:/orders', { exact: true })).toBeVisible()
  const told = () => page.evaluate(() => Reflect.get(window, 'told') as string[])
  for (const at of ['/orders', '/orders', '/other']) {
    await fetch(captureUrl + at, { method: 'POST', body: '{}' })
  }
  await expect.poll(told).toEqual([expect.stringMatching(/^Orders: 2 deliveries match “Orders”/)])
})

test('every section is accessible', { tag: '@axe' }, async ({ app, shell }) => {
  test.setTimeout(60_000)
  const { page, engine } = app
  await engine.endpoints.create({ name: 'Mail', path: '/mail', schemeId: 'svix' })
  await engine.settings.update({
    notifications: { rules: [{ name: 'Failures', query: 'is:failure', enabled: true }] },
  })
  const main = await openSettings(page, 'Listener')
  // A letter that every setting has shows them all.
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('e')
  // The desktop has a section of its own.
  await expect(main.getByRole('heading', { level: 2 })).toHaveCount(shell === 'desktop' ? 12 : 11)
  await expectAccessible(app, shell, 'settings')
})
