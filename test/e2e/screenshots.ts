/**
 * Pictures for people to look at, not a test: every theme, two sizes, empty, filled and broken.
 *
 *   node test/e2e/screenshots.ts [scene …]   (into test-results/screens)
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { startApp, type App } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { editEndpoint } from './endpoint-dialog.ts'
import { fill } from './ground.ts'
import { launchChromium } from './launch-chromium.ts'
import { call } from './wire.ts'
import { choose, detail, detailTabs, open, turnTo } from './screen.ts'

const folder = path.join(import.meta.dirname, '../../test-results/screens')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const themes = ['light', 'dark'] as const

/** A dialog is there a moment after what opened it. */
async function shootDialog(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await shoot(page, name)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of sizes) {
      await page.setViewportSize(size)
      const file = path.join(folder, `${name}-${colorScheme}-${size.width}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      console.log(path.relative(process.cwd(), file))
    }
  }
}

async function empty({ page }: App): Promise<void> {
  await page.getByRole('heading', { name: /^Point a webhook/ }).waitFor()
  await shoot(page, 'empty')
  await page.getByRole('navigation').getByRole('button', { name: 'Verify' }).click()
  await shoot(page, 'verify')
  await page.getByRole('navigation').getByRole('button', { name: 'Schemes' }).click()
  await page.getByRole('option', { name: 'Stripe' }).click()
  await shoot(page, 'scheme')
  await page.getByRole('button', { name: 'Duplicate as my own' }).click()
  await page.getByText('Nothing is wrong with it.').waitFor()
  await shoot(page, 'scheme-editor')
  await page.getByRole('navigation').getByRole('button', { name: 'Subscriber hash' }).click()
  await shoot(page, 'subscriber-hash')
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
}

async function filled(app: App): Promise<void> {
  const { page } = app
  await fill(app)
  await shoot(page, 'list')
  for (const texts of [['/nomod', 'invalid'], ['stale'], ['/stripe', 'valid']]) {
    await open(page, ...texts)
    await shoot(page, `detail-${texts.at(-1)}`)
  }
  for (const tab of detailTabs) {
    await turnTo(page, tab)
    await shoot(page, `tab-${tab.toLowerCase()}`)
  }
  const verification = await turnTo(page, 'Verification')
  await choose(verification, 'Show the signed content as', 'Hex')
  await shoot(page, 'signed-content-hex')
  await verification.getByRole('button', { name: /^Code that verifies/ }).click()
  await verification.getByRole('button', { name: 'Copy code' }).scrollIntoViewIfNeeded()
  await shoot(page, 'receiver-code')
  const body = await turnTo(page, 'Body')
  for (const mode of ['Text', 'Hex']) {
    await choose(body, 'Show the body as', mode)
    await shoot(page, `body-${mode.toLowerCase()}`)
  }
  await open(page, '/callbacks/payments')
  await shoot(page, 'detail-recognised')
}

async function dialogs({ page }: App): Promise<void> {
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  await page.getByRole('button', { name: /Scheme$/ }).click()
  await shoot(page, 'scheme-chooser')
  await page.keyboard.type('signature')
  await shoot(page, 'scheme-chooser-searched')
  await page.keyboard.press('Enter')
  await shootDialog(page, 'dialog-new-endpoint')
  await editEndpoint(page, 'Stripe')
  await shootDialog(page, 'dialog-edit-endpoint')
  await detail(page).getByRole('button', { name: 'Replay', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('heading', { name: 'Answered now' }).waitFor()
  await shootDialog(page, 'dialog-replay')
}

/** Schemes that need more than a secret: settings, handshakes, public keys, certificates. */
async function handshakes(app: App): Promise<void> {
  const { page, captureUrl, engine } = app
  const make = (name: string, schemeId: string, settings = {}) =>
    engine.endpoints.create({ name, path: `/${schemeId}`, schemeId, settings })
  await make('Meta', 'meta', { verifyToken: 'word' })
  await make('Box', 'box', { secondaryKey: 'second key' })
  const discord = await make('Discord', 'discord')
  await make('SNS', 'aws-sns')
  await engine.tools.makeKeyPair({ schemeId: 'discord', endpointId: discord.id })
  const meta = `${captureUrl}/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=`
  await call(`${meta}word`)
  await call(`${meta}guess`)
  const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/cert.pem'
  const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:orders'
  const Timestamp = new Date().toISOString()
  const message = {
    ...{ Type: 'Notification', MessageId: '5c1f0a52-7c1b', TopicArn, Message: 'x', Timestamp },
    ...{ SignatureVersion: '2', Signature: 'QUFBQQ==', SigningCertURL },
  }
  await call(`${captureUrl}/aws-sns`, { method: 'POST', body: JSON.stringify(message) })
  await open(page, '/meta', 'challenge', 'word')
  await shoot(page, 'detail-handshake')
  await open(page, '/meta', 'guess')
  await shoot(page, 'detail-handshake-refused')
  await open(page, '/aws-sns')
  await shoot(page, 'detail-certificate')
  for (const name of ['Meta', 'Box', 'Discord']) {
    await editEndpoint(page, name)
    await shootDialog(page, `dialog-${name.toLowerCase()}`)
  }
}

/** The program behind the page is gone. */
async function broken({ page, shell }: App): Promise<void> {
  if (shell.web === null) throw new Error('Screenshots are of the browser shell.')
  process.kill(shell.web.pid, 'SIGKILL')
  await page.getByText(/Connection lost/).waitFor()
  await shoot(page, 'broken')
}

const scenes = { empty, filled, dialogs, handshakes, broken }
const all = ['empty', 'filled', 'dialogs', 'handshakes', 'broken'] as const

async function main(names: readonly string[]): Promise<void> {
  const wanted = all.filter((scene) => names.includes(scene))
  mkdirSync(folder, { recursive: true })
  const browser = await launchChromium()
  const { app, stop, remove } = await startApp((dataDir, watch) =>
    openBrowserShell(browser, dataDir, watch),
  )
  try {
    for (const scene of wanted.length > 0 ? wanted : all) await scenes[scene](app)
  } finally {
    await stop()
    await browser.close()
    remove()
  }
}

await main(process.argv.slice(2))
