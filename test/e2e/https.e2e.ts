/** HTTPS by the local authority, HTTP/2, and the path token. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:http2'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test } from './fixtures.ts'
import { choose, open, rows, turnTo } from './screen.ts'

async function openListener(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Listener', level: 2 })).toBeVisible()
  return main
}

const setting = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function postHttp2(url: string, ca: Buffer): Promise<number> {
  const session = connect(new URL(url).origin, { ca })
  const stream = session.request({
    ':method': 'POST',
    ':path': new URL(url).pathname,
    'x-sent': '2',
  })
  stream.end('hello')
  const [headers] = await once(stream, 'response')
  stream.resume()
  await once(stream, 'close')
  session.close()
  return Number(headers[':status'])
}

test('an authority is made in a click, says how it is trusted, and HTTP/2 comes with it', async ({
  app,
  shell,
}) => {
  const { page, dataDir } = app
  await openListener(page)
  const area = setting(page, 'HTTPS')
  await choose(area, 'Protocol of the capture port', 'HTTPS')
  await area.getByRole('button', { name: 'Make an authority and use it' }).click()
  await expect(area.getByText('Saved')).toBeVisible()
  const url = app.captureUrl.replace('http:', 'https:')
  await expect(page.getByRole('banner').getByText(url)).toBeVisible()
  const file = path.join(dataDir, 'tls', 'countersign-ca.pem')
  await choose(area, 'Who shall trust it', 'Node.js')
  await expect(area.getByText(`export NODE_EXTRA_CA_CERTS=${file}`)).toBeVisible()
  await expectAccessible(app, shell, 'HTTPS in the settings')

  const names = area.getByLabel('More names and addresses that senders use')
  await names.fill('example.com')
  await names.press('Enter')
  await expect(area.getByRole('alert')).toContainText('may not sign for example.com')

  expect(await postHttp2(`${url}/h2`, readFileSync(file))).toBe(200)
  await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
  await open(page, '/h2')
  const headers = await turnTo(page, 'Headers')
  await expect(headers.getByText('POST /h2 HTTP/2')).toBeVisible()
  await expect(headers.getByText(':authority')).toBeVisible()
  const raw = await turnTo(page, 'Raw')
  await expect(raw.getByText(/It came as HTTP\/2/)).toBeVisible()
  await expect(raw.getByText('POST /h2 HTTP/1.1')).toBeVisible()
})

test(
  'with a path token the URL says it, and without it nothing is recorded',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl } = app
    await openListener(page)
    const area = setting(page, 'Path token')
    await area.getByText('Require the path token').click()
    await expect(area.getByText('Saved')).toBeVisible()
    const shown = page.getByTestId('capture-url')
    await expect(shown).toHaveText(new RegExp(`^${captureUrl}/[\\w-]{24}$`))
    const url = (await shown.textContent()) ?? ''
    expect((await fetch(`${captureUrl}/guessed`, { method: 'POST', body: 'x' })).status).toBe(404)
    expect((await fetch(`${url}/known`, { method: 'POST', body: 'x' })).status).toBe(200)
    await expect(page.getByText(/One request came without the path token/)).toBeVisible()
    await area.getByRole('button', { name: 'Make a new token' }).click()
    await expect(shown).not.toHaveText(url)
    await page.getByRole('navigation').getByRole('button', { name: /^All/ }).click()
    await expect(rows(page, '/known')).toBeVisible()
    await expect(rows(page, '/guessed')).toHaveCount(0)
  },
)
