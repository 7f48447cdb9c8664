/** The endpoint check on real handlers: one that verifies with an SDK, one without a tolerance. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, test, type App } from './fixtures.ts'
import { pickScheme } from './endpoint-dialog.ts'
import { savedFile } from './outside.ts'
import { whsec } from './providers.ts'
import { svixReceiver } from './receivers.ts'

const secret = whsec('checked in the window')

/** Looks at the signature and not at the time. */
async function timelessHandler(): Promise<{ url: string; close(): Promise<void> }> {
  const seen = new Set<string>()
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const [id, at, given] = ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) =>
      String(request.headers[name] ?? ''),
    )
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    const content = Buffer.concat([Buffer.from(`${id}.${at}.`), ...parts])
    const expected = createHmac('sha256', key).update(content).digest()
    const right = (given ?? '').split(' ').some((each) => {
      const [version, text = ''] = each.split(',')
      if (version !== 'v1' || !/^[\w+/]{43}=$/.test(text)) return false
      return timingSafeEqual(Buffer.from(text, 'base64'), expected)
    })
    if (right) seen.add(id ?? '')
    response.writeHead(request.method !== 'POST' ? 405 : right ? 200 : 401).end()
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}/hook`, close }
}

/** Fills the form in by hand, with the secret, and runs what is checked. */
async function run(page: Page, url: string, groups: readonly string[]): Promise<void> {
  const main = page.getByRole('main')
  await main.getByRole('textbox', { name: 'Handler' }).fill(url)
  for (const group of ['Accepts', 'Rejects', 'Behaves']) {
    const box = main.getByRole('checkbox', { name: group })
    if ((await box.isChecked()) !== groups.includes(group)) {
      await main.getByText(group, { exact: true }).first().click()
    }
  }
  await main.getByRole('button', { name: 'Run the check' }).click()
  await expect(main.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 15_000 })
}

const failed = (page: Page) =>
  page.getByRole('region', { name: 'Report' }).getByRole('button', { name: /^failed/ })

test('a handler with Svix’s package holds; one without tolerance fails for just that', async ({
  app,
}: {
  app: App
}) => {
  const { page } = app
  const main = page.getByRole('main')
  const [good, weak] = [await svixReceiver(secret), await timelessHandler()]
  try {
    await page.getByRole('navigation').getByRole('button', { name: 'Endpoint check' }).click()
    await expect(page.getByRole('heading', { name: /^Does your handler/ })).toBeVisible()
    await pickScheme(main, 'Svix')
    await main.getByLabel('Signing secret').fill(secret)
    await run(page, good.url, ['Accepts', 'Rejects'])
    await expect(main.getByText(/^All \d+ cases hold/)).toBeVisible()
    await expect(failed(page)).toHaveCount(0)

    await run(page, weak.url, ['Rejects'])
    await expect(main.getByText(/^\d+ of \d+ cases failed/)).toBeVisible()
    const titles = await failed(page).allTextContents()
    expect(titles.length).toBeGreaterThan(0)
    for (const title of titles) expect(title).toMatch(/old|ahead|past|future|time/i)
    await failed(page).first().click()
    const report = page.getByRole('region', { name: 'Report' })
    await expect(report.getByText('How to fix it').filter({ visible: true })).toHaveCount(1)
    await report.getByRole('button', { name: /ms$/ }).filter({ visible: true }).first().click()
    await expect(report.getByRole('table', { name: /^Headers sent/ }).first()).toContainText(
      'svix-id',
    )

    const { text: saved } = await savedFile(app, () =>
      report.getByRole('button', { name: 'JSON', exact: true }).click(),
    )
    expect(JSON.parse(saved)).toMatchObject({ schemeId: 'svix' })
    expect(saved).not.toContain(secret)

    const earlier = page.getByRole('region', { name: 'Earlier checks' })
    await expect(earlier.getByRole('listitem')).toHaveCount(2)
    await earlier
      .getByRole('button', { name: /^Remove the check/ })
      .first()
      .click()
    await expect(earlier.getByRole('listitem')).toHaveCount(1)
    await expect(page.getByRole('heading', { name: /^Does your handler/ })).toBeVisible()
  } finally {
    await Promise.all([good.close(), weak.close()])
  }
})
