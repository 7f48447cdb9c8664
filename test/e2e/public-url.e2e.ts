/** The panel Public URL: a tunnel by a program on PATH, its failures, and a URL of one's own. */
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { fakeTunnels, type FakeTunnels } from '#test/fake-tunnel/fake-tunnel.ts'
import { SECRET, signedFor } from '#test/fake-tunnel/signed-for.ts'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { open, turnTo } from './screen.ts'

const PUBLIC = 'https://shy-dog-river-nine.trycloudflare.com'
const FORM = 'AccountSid=AC1&Body=Hello&SmsStatus=received'
const before = process.env['PATH']
let fake: FakeTunnels

test.beforeAll(() => {
  fake = fakeTunnels(['cloudflared', 'ngrok'])
  // Both shells get the environment of this process.
  process.env['PATH'] = `${fake.folder}${path.delimiter}${before}`
})
test.afterAll(() => {
  process.env['PATH'] = before
  fake.remove()
})

const setting = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function openPanel(page: Page): Promise<Locator> {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /public URL/i })
    .first()
    .click()
  await expect(
    page.getByRole('main').getByRole('heading', { name: 'Public URL', level: 2 }),
  ).toBeVisible()
  return setting(page, 'Tunnel')
}

test('a tunnel starts and ends at a word, its URL is shown, and what comes through it verifies', async ({
  app,
  shell,
}) => {
  fake.behave({ url: PUBLIC })
  const { page, engine } = app
  await engine.endpoints.create({
    ...{ name: 'Twilio', path: '/twilio', schemeId: 'twilio', secrets: [{ text: SECRET }] },
  })
  const tunnel = await openPanel(page)
  await expect(tunnel.getByText('2026.9.1')).toBeVisible()
  await expect(tunnel.getByText(/^cloudflared tunnel --no-autoupdate --url http:/)).toBeVisible()
  await expectAccessible(app, shell, 'Public URL without a tunnel')
  await tunnel.getByRole('button', { name: 'Start cloudflared' }).click()
  await expect(tunnel.getByText(PUBLIC)).toBeVisible()
  const shown = page.getByTestId('public-url')
  await expect(shown).toHaveText(PUBLIC.replace('https://', ''))
  await expectAccessible(app, shell, 'Public URL with a tunnel')

  const url = `${PUBLIC}/twilio`
  expect(await fake.send(url, FORM, signedFor('twilio', url, FORM))).toBe(200)
  await tunnel.getByRole('button', { name: 'Require a path token' }).click()
  await expect(shown).toHaveText(/trycloudflare\.com\/[\w-]{24}$/)
  await expect(tunnel.getByRole('button', { name: 'Require a path token' })).toHaveCount(0)
  const { pid } = fake.ran()
  await tunnel.getByRole('button', { name: 'Stop the tunnel' }).click()
  await expect(shown).toHaveCount(0)
  await fake.gone(pid)

  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await open(page, '/twilio', 'valid')
  const headers = await turnTo(page, 'Headers')
  await expect(headers.getByText(/^203\.0\.113\.9 through 127\.0\.0\.1:/)).toBeVisible()
  await expect(headers.getByText(`${url} (through the tunnel)`)).toBeVisible()
})

test('a tunnel that fails says so in its own words, and what to do', async ({ app, shell }) => {
  fake.behave({ mode: 'refuse' })
  const { page } = app
  const tunnel = await openPanel(page)
  await tunnel.getByRole('button', { name: 'Start ngrok' }).click()
  await expect(tunnel.getByRole('alert')).toContainText('ngrok config add-authtoken')
  await expect(tunnel.getByLabel('Its last words')).toContainText('ERR_NGROK_105')
  await expectAccessible(app, shell, 'Public URL with a failure')
  fake.behave({ url: 'https://shy-dog.ngrok-free.app' })
  await tunnel.getByRole('button', { name: 'Start it again' }).click()
  await expect(page.getByTestId('public-url')).toHaveText('shy-dog.ngrok-free.app')
})

test('a URL of one’s own is shown where URLs are copied, with what the provider takes', async ({
  app,
}) => {
  const { page, engine } = app
  const { id } = await engine.endpoints.create({
    ...{
      name: 'NotifyKit',
      path: '/notifykit',
      schemeId: 'notifykit',
      secrets: [{ text: 'live' }],
    },
  })
  await openPanel(page)
  const own = setting(page, 'A public URL of your own')
  const field = own.getByRole('textbox')
  await field.fill('hooks.example.com')
  await field.press('Enter')
  await expect(own.getByText(/begins with https/)).toBeVisible()
  await field.fill('http://hooks.example.com')
  await field.press('Enter')
  await expect(own.getByText('Saved')).toBeVisible()
  const dialog = page.getByRole('dialog')
  const openEndpoint = async () => {
    await page.getByRole('button', { name: 'Endpoints', exact: true }).click()
    await page.getByRole('main').getByRole('button', { name: 'Edit NotifyKit' }).click()
  }
  await openEndpoint()
  await expect(dialog.getByText('http://hooks.example.com/notifykit')).toBeVisible()
  await expect(dialog.getByText(/NotifyKit takes only https/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Copy the public URL' })).toBeVisible()
  await page.keyboard.press('Escape')
  expect((await engine.status.get()).publicAddress?.url).toBe('http://hooks.example.com')
  expect(id).toBeGreaterThan(0)
})
