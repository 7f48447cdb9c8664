/** A replay that is edited before it goes out, and what arrives of it at a server that reads bytes. */
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { rawReceiver } from './raw-receiver.ts'
import { choose, detail, open, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('edited')
const body = '{"type":"job.done",\r\n "n":1}'

async function capture({ page, captureUrl, engine }: App): Promise<Locator> {
  const secrets = [{ text: secret }, { name: 'next', text: whsec('another') }]
  await engine.endpoints.create({ name: 'Edited', path: '/edited', schemeId: 'svix', secrets })
  const headers = [...svixHeaders(secret, body, { id: 'msg_edit' }), 'X-Keep', 'a', 'x-keep', 'b']
  await deliver(`${captureUrl}/edited`, body, headers)
  return open(page, '/edited', 'valid')
}

async function openDialog(page: Page): Promise<Locator> {
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: /^Replay / })
  await expect(dialog.getByLabel('Send to')).toBeFocused()
  return dialog
}

const names = (head: string) =>
  head
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(0, line.indexOf(':')))

test('method, headers in their order and case, and body are edited; what arrives is just that', async ({
  app,
}) => {
  const { page, captureUrl } = app
  const receiver = await rawReceiver()
  try {
    await capture(app)
    let dialog = await openDialog(page)
    const goesOut = dialog.getByTestId('goes-out')
    await dialog.getByLabel('Send to').fill(receiver.url)
    await expect(goesOut.getByText('valid', { exact: true })).toBeVisible()

    // The request line and the headers, with the keyboard where it is quicker.
    await dialog.getByLabel('Method').fill('PUT')
    await dialog.getByRole('button', { name: 'Remove x-keep', exact: true }).click()
    await dialog.getByRole('textbox', { name: 'Value of X-Keep', exact: true }).fill('changed')
    await page.keyboard.press('Alt+ArrowUp')
    await expect(dialog.getByRole('list', { name: 'Removed headers' })).toContainText('x-keep')
    await dialog.getByRole('button', { name: 'Add header' }).click()
    await page.keyboard.type('x-MINE')
    await page.keyboard.press('Tab')
    await page.keyboard.type('added by hand')
    await expect(dialog.getByRole('row', { name: /x-MINE/ }).first()).toContainText('added')

    // The body: a mistake is told with its place, and undone.
    await dialog.getByRole('tab', { name: 'Body' }).click()
    const editor = dialog.getByRole('textbox', { name: 'Body to send' })
    await editor.click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(',')
    await expect(dialog.getByText(/^No JSON from line 2, column 8/)).toBeVisible()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(dialog.getByText('JSON without a mistake.')).toBeVisible()
    await expect(dialog.getByText('As captured', { exact: true }).last()).toBeVisible()
    await page.keyboard.press('Backspace')
    await page.keyboard.type(',"ä":true}')
    await expect(goesOut.getByText('body', { exact: true })).toBeVisible()
    await choose(dialog, 'Edit the body as', 'Changes')
    await expect(dialog.locator('.cm-merge-b .cm-changedText').first()).toContainText('ä')

    // Closed and opened again nothing of it is lost.
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    dialog = await openDialog(page)
    await expect(dialog.getByLabel('Method')).toHaveValue('PUT')
    await expect(dialog.getByText('Edited: method, headers, body')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(dialog.getByText('204 Said')).toBeVisible()
    await expect(dialog.getByLabel('Timings')).toContainText('Total')

    const [sent] = receiver.requests
    expect(sent?.head.split('\r\n')[0]).toBe('PUT /raw HTTP/1.1')
    expect(sent?.body.toString()).toBe('{"type":"job.done",\r\n "n":1,"ä":true}')
    const order = names(sent?.head ?? '')
    expect(order).not.toContain('x-keep')
    expect(order.at(-1)).toBe('x-MINE')
    expect(order.indexOf('X-Keep')).toBeLessThan(order.indexOf('svix-signature'))
    expect(sent?.head).toContain(`\r\nContent-Length: ${sent?.body.length}`)

    // Into our own listener: the signature that followed the edits is right.
    await dialog.getByLabel('Send to').fill(`${captureUrl}/edited`)
    await choose(dialog, 'Signature', 'Re-signed now')
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await dialog.getByRole('button', { name: 'Open what arrived' }).click()
    await expect(detail(page).getByText(/A replay of yours, sent by Countersign/)).toBeVisible()
    await expect(detail(page).getByText('valid', { exact: true }).first()).toBeVisible()
  } finally {
    await receiver.close()
  }
})

test('a locked signature, another secret, targets that are remembered and forgotten, compared replays', async ({
  app,
}) => {
  const { page } = app
  const receiver = await rawReceiver((at) => (at === 0 ? 200 : 503))
  try {
    await capture(app)
    const dialog = await openDialog(page)
    const goesOut = dialog.getByTestId('goes-out')
    await dialog.getByLabel('Send to').fill(receiver.url)
    await choose(dialog, 'Timestamp', 'Shifted')
    await dialog.getByLabel('Seconds from now').fill('-4000')
    await expect(goesOut.getByText('stale', { exact: true })).toBeVisible()
    await dialog.getByLabel('Seconds from now').fill('later')
    await expect(dialog.getByText(/Whole seconds, such as/)).toBeVisible()
    await choose(dialog, 'Timestamp', 'Now')
    await dialog.getByRole('button', { name: 'Secret' }).click()
    await page.getByRole('option', { name: 'next' }).click()
    await expect(goesOut.getByText('valid', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(dialog.getByText('200 Said')).toBeVisible()

    await dialog.getByRole('button', { name: 'Lock the signature headers' }).click()
    await dialog.getByRole('tab', { name: 'Body' }).click()
    await dialog.getByRole('textbox', { name: 'Body to send' }).click()
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(' ')
    await dialog.getByRole('tab', { name: 'Goes out' }).click()
    await expect(goesOut.getByText('invalid', { exact: true })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(dialog.getByText('503 Said')).toBeVisible()
    await dialog.getByRole('button', { name: 'Take edits back' }).click()
    await expect(dialog.getByText(/^Edited:/)).toHaveCount(0)

    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Replace by a file…' }).click()
    const bytes = Buffer.from([0, 255, 13, 10])
    await (
      await chooser
    ).setFiles({ name: 'four.bin', mimeType: 'application/octet-stream', buffer: bytes })
    await expect(dialog.getByText(/four\.bin, 4 bytes, goes out instead of/)).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect.poll(() => receiver.requests[2]?.body).toEqual(bytes)
    await dialog.getByRole('button', { name: 'Take edits back' }).click()

    await dialog.getByRole('button', { name: 'Earlier targets' }).click()
    const targets = page.getByRole('grid', { name: 'Earlier targets' })
    await targets.getByRole('button', { name: `Forget ${receiver.url}` }).click()
    await expect(targets.getByRole('row', { name: receiver.url })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('button', { name: 'Earlier targets' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()

    // Once more as last time, without the dialog.
    await page.keyboard.press('Shift+R')
    const toast = page.getByRole('status', { name: 'Outcome' })
    await expect(toast).toContainText('answered 503 Said')
    expect(receiver.requests).toHaveLength(4)

    const panel = await turnTo(page, 'Response')
    const lines = panel
      .getByRole('region', { name: 'Replays' })
      .getByRole('button', { name: /Said/ })
    await expect(lines).toHaveCount(4)
    await lines.nth(2).click()
    await expect(panel.getByText(/^Changed: /)).toContainText('body')
    await panel.getByRole('button', { name: 'Compare with previous replay' }).click()
    const answers = page.getByRole('region', { name: 'Answer', exact: true })
    await expect(answers).toContainText('Answered 200, then 503.')
    await expect(page.getByRole('region', { name: 'Facts' })).toContainText('signed anew')
  } finally {
    await receiver.close()
  }
})

test('a host that is not this computer is asked about, and nothing is sent when it is refused', async ({
  app,
}) => {
  const { page, engine } = app
  await capture(app)
  const dialog = await openDialog(page)
  await dialog.getByLabel('Send to').fill('http://receiver.invalid/hook')
  await expect(dialog.getByText(/receiver\.invalid is not this computer/)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  const question = page.getByRole('alertdialog', { name: 'Send to receiver.invalid?' })
  await expect(question.getByRole('button', { name: 'Send nothing' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(
    dialog.getByText('Nothing was sent: you did not allow receiver.invalid.'),
  ).toBeVisible()
  expect(await engine.hosts.list()).toEqual([])
  const { rows } = await engine.deliveries.list({ limit: 1 })
  expect(await engine.replays.list({ deliveryId: rows[0]?.id ?? 0 })).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // What is allowed is listed, and can be taken back.
  await engine.hosts.allow({ host: 'receiver.invalid' })
  await page.evaluate(() => {
    window.location.hash = '#/settings~privacy/'
  })
  const hosts = page.getByRole('list', { name: 'Allowed hosts' })
  await expect(hosts.getByText('receiver.invalid')).toBeVisible()
  await hosts.getByRole('button', { name: 'Ask again about receiver.invalid' }).click()
  await expect(page.getByText('No host is allowed yet.')).toBeVisible()
})
