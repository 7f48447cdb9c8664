/**
 * The panel Public URL, empty, opening, open and broken, and where its URL is copied:
 *
 *   node test/e2e/scenes/public-url.ts   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type App, startApp } from '#test/e2e/app.ts'
import { openBrowserShell } from '#test/e2e/browser-shell.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import { fakeTunnels } from '#test/fake-tunnel/fake-tunnel.ts'
import { SECRET, signedFor } from '#test/fake-tunnel/signed-for.ts'
import { folder, shoot } from './shoot.ts'

const PUBLIC = 'https://buffalo-marco-cardiff-motel.trycloudflare.com'
const FORM = 'AccountSid=AC1&Body=Hello&SmsStatus=received'
const fake = fakeTunnels(['cloudflared', 'ngrok', 'ssh'])
process.env['PATH'] = `${fake.folder}${path.delimiter}${process.env['PATH']}`

async function scenes(app: App): Promise<void> {
  const { page, engine } = app
  await page.getByRole('heading', { name: 'Pick your provider' }).waitFor()
  await shoot(page, 'public-url-first-run')
  for (const [name, schemeId] of [
    ['Twilio', 'twilio'],
    ['NotifyKit', 'notifykit'],
    ['Novu', 'novu'],
  ] as const) {
    const secrets = [{ text: SECRET }]
    await engine.endpoints.create({ name, path: `/${schemeId}`, schemeId, secrets })
  }
  const needs = async (picture: string) => {
    await page.getByRole('button', { name: 'Endpoints', exact: true }).click()
    await page.getByRole('main').getByRole('button', { name: 'Edit NotifyKit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/takes only https/).waitFor()
    await shoot(page, picture)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('banner').getByRole('button', { name: 'Get a public URL' }).click()
  const tunnel = page.getByRole('region', { name: 'Tunnel', exact: true })
  await tunnel.getByRole('button', { name: 'Start cloudflared' }).waitFor()
  await shoot(page, 'public-url-empty')
  await needs('public-url-needs-unmet')
  await page.getByRole('button', { name: 'Public URL', exact: true }).last().click()
  fake.behave({ mode: 'silent' })
  await tunnel.getByRole('button', { name: 'Start cloudflared' }).click()
  await tunnel.getByText('is opening a tunnel').waitFor()
  await shoot(page, 'public-url-starting')
  await tunnel.getByRole('button', { name: 'Stop', exact: true }).click()
  fake.behave({ mode: 'refuse' })
  await tunnel.getByRole('button', { name: 'Start ngrok' }).click()
  await tunnel.getByRole('alert').waitFor()
  await shoot(page, 'public-url-broken')
  fake.behave({ url: PUBLIC })
  await tunnel.getByRole('button', { name: 'Start cloudflared' }).click()
  await tunnel.getByRole('button', { name: 'Stop the tunnel' }).waitFor()
  await shoot(page, 'public-url-open')
  await needs('public-url-needs-met')
  const url = `${PUBLIC}/twilio`
  await fake.send(url, FORM, signedFor('twilio', url, FORM))
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await page.getByRole('gridcell', { name: '/twilio' }).first().click()
  await page.getByRole('tab', { name: 'Headers' }).click()
  await page.getByText('through the tunnel').waitFor()
  await shoot(page, 'public-url-delivery')
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    await scenes(app)
  } finally {
    await stop()
    await browser.close()
    remove()
    fake.remove()
  }
}

await main()
