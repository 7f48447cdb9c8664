/** Two deliveries side by side, and a delivery beside its replay. */
import type { Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect, test, type App } from './fixtures.ts'
import { call } from './wire.ts'

async function post({ captureUrl, engine }: App, body: string | Buffer, headers: string[] = []) {
  await call(`${captureUrl}/hook`, { method: 'POST', headers, body })
  const { rows } = await engine.deliveries.list({ limit: 1 })
  return rows[0]?.id ?? 0
}

async function compare(page: Page, a: string | number, b: string | number): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/compare~${a}~${b}/`)
  await expect(page.getByRole('heading', { name: 'Compare', level: 1 })).toBeVisible()
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function as(page: Page, mode: string): Promise<void> {
  const modes = page.getByRole('radiogroup', { name: 'Compare the bodies as' })
  await modes.getByText(mode, { exact: true }).click()
}

test('JSON by meaning, headers, text and bytes', async ({ app }) => {
  const { page } = app
  const json = ['Content-Type', 'application/json']
  const one = await post(app, '{"id":9007199254740993,"a":1.0,"list":[1,2]}', [
    ...json,
    ...['X-Only', 'here', 'X-Case', 'same'],
  ])
  const other = await post(app, '{ "a":1, "id":9007199254740992, "list":[0,1,2] }', [
    ...json,
    ...['x-case', 'same'],
  ])
  await compare(page, one, other)
  const headers = section(page, 'Headers')
  await expect(headers.getByRole('row', { name: /X-Only/ })).toContainText('removed')
  await expect(headers.getByRole('row', { name: /X-Case/ })).toContainText('other capitals')
  const body = section(page, 'Body')
  await expect(body.getByRole('status')).toHaveText(
    'Values: 1 changed, 1 added, 1 written in other characters, keys in another order.',
  )
  await expect(body.getByRole('row', { name: /\$\.id/ })).toContainText('9007199254740993')
  await expect(body.getByRole('row', { name: /\$\.list\[0\]/ })).toContainText('added')
  await as(page, 'Text')
  await expect(body.locator('.cm-merge-a .cm-changedText').first()).toBeVisible()
  await as(page, 'Bytes')
  await expect(body.getByRole('status')).toContainText('The first difference is at byte 1 (0x1)')
  await expect(body.getByRole('group', { name: 'Bytes of both bodies' })).toContainText('7b')
  await page.getByRole('button', { name: 'Swap' }).click()
  await expect(section(page, 'Headers').getByRole('row', { name: /X-Only/ })).toContainText('added')
})

test('only whitespace, and nothing at all', async ({ app }) => {
  const { page } = app
  const one = await post(app, '{"a":[1,2]}')
  const laidOut = await post(app, '{\n  "a": [1, 2]\n}')
  const again = await post(app, '{"a":[1,2]}')
  await compare(page, one, laidOut)
  await expect(section(page, 'Body').getByRole('status')).toContainText('Only whitespace differs')
  await compare(page, one, again)
  await expect(section(page, 'Body').getByRole('status')).toHaveText(
    'Both bodies are the same text.',
  )
})

test('large bodies are compared byte by byte, while the page stays awake', async ({ app }) => {
  const { page } = app
  const large = Buffer.alloc(6_000_000, 'abcdefgh')
  const one = await post(app, large)
  large[5_000_000] = 0
  const other = await post(app, large)
  await compare(page, one, other)
  const body = section(page, 'Body')
  await expect(body).toContainText('JSON and text are compared up to 2.0 MB; here is 6.0 MB.')
  await expect(body.getByRole('status')).toContainText('first difference is at byte 5,000,000')
  await expect(body.getByRole('group', { name: 'Bytes of both bodies' })).toContainText('004c4b40')
})

test('a delivery and its replay, chosen in the dialog', async ({ app }) => {
  const { page, engine, captureUrl } = app
  const deliveryId = await post(app, '{"a":1}')
  const other = await post(app, '{"a":2}')
  const replay = await engine.replays.create({
    deliveryId,
    url: `${captureUrl}/else`,
    resign: false,
  })
  await compare(page, deliveryId, other)
  await page.getByRole('button', { name: 'Compare with another' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Another' }).fill('999')
  await dialog.getByRole('textbox', { name: 'Another' }).press('Enter')
  await expect(dialog).toContainText('There is no delivery 999')
  await dialog.getByRole('button', { name: `Replay ${replay.id}` }).click()
  await expect(page.getByRole('button', { name: `Replay ${replay.id} of delivery` })).toBeVisible()
  await expect(section(page, 'Body').getByRole('status')).toHaveText(
    'Both bodies are the same text.',
  )
  await expect(section(page, 'Answer')).toContainText('Both were answered 200.')
  await page.goBack()
  await expect(page.getByRole('button', { name: `Delivery ${other}` })).toBeVisible()
})

test('no grave accessibility problem', { tag: '@axe' }, async ({ app, shell }) => {
  test.setTimeout(90_000)
  const one = await post(app, '{"a":1,"b":"x"}', ['X-Only', 'here'])
  const other = await post(app, '{"a":2,"c":"x"}')
  await compare(app.page, one, other)
  for (const mode of ['JSON', 'Text', 'Bytes']) {
    await as(app.page, mode)
    await expectAccessible(app, shell, mode)
  }
})
