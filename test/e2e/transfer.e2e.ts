/** Deliveries out of one program into a file, and in again: all bytes, redacted, by drop and by key. */
import type { Page } from '@playwright/test'
import { type App, expect, test } from './fixtures.ts'
import { savedFile } from './outside.ts'
import { list, open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const body = '{ "id": "evt_1",\t"customer": {"email": "jane@example.test"}, "n": 1.0 }\n'

/** Where there is a picker of the host, no test can press its buttons. */
async function withoutPicker(page: Page): Promise<void> {
  await page.evaluate(() => Reflect.set(window, 'showSaveFilePicker', undefined))
}

async function seed({ captureUrl, engine }: App): Promise<number> {
  const { id } = await engine.endpoints.create({
    name: 'Carried',
    path: '/carried',
    schemeId: 'stripe',
    secrets: [{ text: 'whsec_carried' }],
  })
  await engine.tools.sendTest({ endpointId: id })
  await deliver(`${captureUrl}/carried/plain`, body, ['X-Customer', 'jane', 'x-two', '2'])
  await deliver(`${captureUrl}/carried/large`, 'y'.repeat(1_400_000), [])
  return id
}

/** Drops a file on the window, as a file manager does. */
async function drop(page: Page, name: string, contents: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const bytes = Uint8Array.from(atob(base64 ?? ''), (each) => each.codePointAt(0) ?? 0)
      const made = new DataTransfer()
      made.items.add(new File([bytes], fileName ?? ''))
      return made
    },
    [name, contents.toString('base64')],
  )
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer })
  await expect(page.getByText('Drop to import deliveries')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

async function countOf({ engine }: App): Promise<number> {
  return (await engine.deliveries.count({ filter: {} })).count
}

test('out as NDJSON, deleted, and in again by dropping the file: the same facts', async ({
  app,
}) => {
  const { page, engine } = app
  await withoutPicker(page)
  const endpointId = await seed(app)
  await expect(rows(page, '/carried')).toHaveCount(3)
  await list(page).focus()
  await page.keyboard.press('Control+A')
  await page.getByRole('toolbar', { name: 'Selected deliveries' }).getByLabel('Export').click()
  const dialog = page.getByRole('dialog', { name: /^Export 3/ })
  // The first export loads the thread that writes it.
  await expect(dialog.locator('pre')).toContainText('countersign-ndjson', { timeout: 25_000 })
  const { text } = await savedFile(app, () =>
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  )
  await expect(dialog.getByText('3 deliveries exported')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  await drop(page, 'again.ndjson', Buffer.from(text))
  const summary = page.getByRole('dialog', { name: 'Import deliveries' })
  await expect(summary.getByText('0 added, 3 already here')).toBeVisible()
  await page.keyboard.press('Escape')

  const [newest] = (await engine.deliveries.list({ limit: 1 })).rows
  const everything = { filter: {}, upToId: newest?.id ?? 0, exceptIds: [] }
  await engine.deliveries.remove({ selection: everything, keepPinned: false })
  await expect.poll(() => countOf(app)).toBe(0)
  await drop(page, 'again.ndjson', Buffer.from(text))
  await expect(summary.getByText('3 added, 0 already here')).toBeVisible()
  await summary.getByRole('button', { name: 'Show them' }).click()
  await expect(rows(page, '/carried')).toHaveCount(3)
  await expect(page.getByRole('button', { name: /new$/ })).toHaveCount(0)
  await open(page, '/carried/plain')

  const { rows: now } = await engine.deliveries.list({ filter: { query: 'is:imported' }, limit: 9 })
  const plain = now.find(({ target }) => target === '/carried/plain')
  const read = await engine.deliveries.body({ id: plain?.id ?? 0 })
  expect(await read.text()).toBe(body)
  const own = now.find(({ endpointId: of }) => of === endpointId)
  expect(own?.verdict).toBe('valid')
  expect(now.map(({ bodyByteLength }) => bodyByteLength)).toContain(1_400_000)
})

test('redacted: what is masked is nowhere, and the rest verifies with the secret that is shown', async ({
  app,
}) => {
  const { page, engine } = app
  await withoutPicker(page)
  await seed(app)
  await expect(rows(page, '/carried')).toHaveCount(3)
  await open(page, '/carried', 'valid')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export this delivery' })
  await dialog.getByText('Redact before it leaves').click()
  await dialog.getByRole('button', { name: 'Mask $.id', exact: true }).click()
  const { text } = await savedFile(app, () =>
    dialog.getByRole('button', { name: 'Save', exact: true }).click(),
  )
  await expect(dialog.getByText('1 delivery exported')).toBeVisible()
  const secret = await dialog.locator('code').innerText()
  expect(secret).toMatch(/^whsec_/)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })

  // Whoever it is shared with has the throwaway secret alone.
  const [endpoint] = (await engine.endpoints.list()).filter(({ name }) => name === 'Carried')
  const endpointId = endpoint?.id ?? 0
  for (const { id } of endpoint?.secrets ?? []) await engine.secrets.remove({ id })
  await engine.secrets.add({ endpointId, name: 'shared', text: secret })
  await page.keyboard.press('Shift+I')
  const importing = page.getByRole('dialog', { name: 'Import deliveries' })
  const chooser = page.waitForEvent('filechooser')
  await importing.getByRole('button', { name: 'Choose files' }).click()
  const file = {
    name: 'shared.ndjson',
    mimeType: 'application/x-ndjson',
    buffer: Buffer.from(text),
  }
  await (await chooser).setFiles([file])
  await expect(importing.getByText('1 added, 0 already here')).toBeVisible()
  const { rows: found } = await engine.deliveries.list({
    filter: { query: 'is:imported' },
    limit: 5,
  })
  expect(found.map(({ verdict }) => verdict)).toEqual(['valid'])
  const read = await engine.deliveries.body({ id: found[0]?.id ?? 0 })
  expect(JSON.parse(await read.text())).toMatchObject({ id: 'redacted' })
})
