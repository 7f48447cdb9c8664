/** Sending again: as it was or signed anew, into a handler that verifies with the provider's SDK. */
import type { Locator, Page } from '@playwright/test'
import { type App, expect, test } from './fixtures.ts'
import { novuHeaders, svixHeaders, whsec } from './providers.ts'
import { novuBridge, svixReceiver, type Receiver } from './receivers.ts'
import { choose, detail, open, rows, turnTo } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('replayed')
const body = '{ "type": "job.done",\t"n": 1.0 }\n'

/** An old delivery of an endpoint that has the right secret, opened. */
async function oldDelivery({ page, captureUrl, engine }: App): Promise<Locator> {
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Jobs', path: '/jobs', schemeId: 'svix', secrets })
  const at = new Date(Date.now() - 3_600_000)
  await deliver(`${captureUrl}/jobs`, body, svixHeaders(secret, body, { at, id: 'msg_old' }))
  return open(page, '/jobs', 'stale')
}

async function replayDialog(page: Page): Promise<Locator> {
  await detail(page).getByRole('button', { name: 'Replay', exact: true }).click()
  return page.getByRole('dialog', { name: /^Replay / })
}

async function send(dialog: Locator, url: string, signature: string): Promise<void> {
  await dialog.getByLabel('Send to').fill(url)
  await choose(dialog, 'Signature', signature)
  await dialog.getByRole('button', { name: /^Send/ }).click()
}

function headerOf(receiver: Receiver, at: number, name: string): string | undefined {
  const headers = receiver.calls[at]?.headers ?? []
  return headers.find((_, index) => headers[index - 1] === name && index % 2 === 1)
}

test(
  'as it was: the same bytes, which the SDK calls too old',
  { tag: '@browser' },
  async ({ app }) => {
    const receiver = await svixReceiver(secret)
    try {
      await oldDelivery(app)
      const dialog = await replayDialog(app.page)
      await send(dialog, receiver.url, 'As it was')
      await expect(dialog.getByText('401 Unauthorized')).toBeVisible()
      await expect(dialog.getByText(/Message timestamp too old/)).toBeVisible()
      expect(receiver.calls).toHaveLength(1)
      expect(receiver.calls[0]?.body.toString()).toBe(body)
      expect(headerOf(receiver, 0, 'svix-id')).toBe('msg_old')
    } finally {
      await receiver.close()
    }
  },
)

test('re-signed: the SDK accepts it, and the answer is kept beside the original', async ({
  app,
}) => {
  const receiver = await svixReceiver(secret)
  const { page } = app
  try {
    await oldDelivery(app)
    const dialog = await replayDialog(page)
    await send(dialog, receiver.url, 'Re-signed now')
    await expect(dialog.getByText('202 Accepted')).toBeVisible()
    await expect(dialog.getByText(/svix accepted it/)).toBeVisible()
    await expect(dialog.getByRole('table', { name: 'Answer headers' })).toContainText('X-Handler')
    await choose(dialog, 'Message id', 'New')
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => receiver.calls.length).toBe(2)
    await expect(dialog.getByRole('button', { name: 'Send again' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  } finally {
    await receiver.close()
  }
  expect(receiver.calls.map(({ accepted }) => accepted)).toEqual([true, true])
  expect(receiver.calls.map((call) => call.body.toString())).toEqual([body, body])
  expect(headerOf(receiver, 0, 'svix-id')).toBe('msg_old')
  expect(headerOf(receiver, 1, 'svix-id')).not.toBe('msg_old')

  const panel = await turnTo(page, 'Response')
  await expect(panel.getByRole('button', { name: /202 Accepted.*re-signed/ })).toHaveCount(2)
  await app.restart()
  await open(app.page, '/jobs')
  const kept = await turnTo(app.page, 'Response')
  await kept
    .getByRole('button', { name: /202 Accepted/ })
    .first()
    .click()
  await expect(kept.getByText(/svix accepted it/).filter({ visible: true })).toHaveCount(1)
})

test(
  'a Novu execution is signed anew for the framework’s own handler',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl, engine } = app
    const receiver = await novuBridge(secret)
    try {
      const secrets = [{ text: secret }]
      await engine.endpoints.create({ name: 'Bridge', path: '/b', schemeId: 'novu', secrets })
      const query = '?action=execute&workflowId=welcome&stepId=send-email'
      const call = { workflowId: 'welcome', stepId: 'send-email', action: 'execute' }
      const rest = { payload: {}, controls: {}, state: [], subscriber: {} }
      const execution = JSON.stringify({ ...call, ...rest })
      const headers = novuHeaders(secret, execution, Date.now() - 3_600_000)
      await deliver(`${captureUrl}/b${query}`, execution, headers)
      await open(page, '/b', 'stale')
      const dialog = await replayDialog(page)
      await send(dialog, receiver.url + query, 'As it was')
      await expect(dialog.getByText('401 Unauthorized')).toBeVisible()
      await send(dialog, receiver.url + query, 'Re-signed now')
      await expect(dialog.getByText('200 OK')).toBeVisible()
      await expect(dialog.getByText(/"subject":"Welcome"/)).toBeVisible()
      expect(receiver.calls.map(({ accepted }) => accepted)).toEqual([false, true])
    } finally {
      await receiver.close()
    }
  },
)

test('into our own listener: marked, and not counted as a duplicate', async ({ app }) => {
  const { page, captureUrl } = app
  await oldDelivery(app)
  const dialog = await replayDialog(page)
  await expect(dialog.getByLabel('Send to')).toHaveValue(`${captureUrl}/jobs`)
  await send(dialog, `${captureUrl}/jobs`, 'As it was')
  await dialog.getByRole('button', { name: 'Open what arrived' }).click()
  await expect(detail(page).getByText(/A replay of yours, sent by Countersign/)).toBeVisible()
  await detail(page).getByRole('button', { name: 'Close' }).click()
  await expect(rows(page, '/jobs')).toHaveCount(2)
  await expect(rows(page, '/jobs', 'replay')).toHaveCount(1)
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Duplicates/ })
    .click()
  await expect(page.getByRole('heading', { name: 'No duplicates' })).toBeVisible()
})

test(
  'where nobody answers, and where no URL is, it says so',
  { tag: '@browser' },
  async ({ app }) => {
    const receiver = await svixReceiver(secret)
    await receiver.close()
    await oldDelivery(app)
    const dialog = await replayDialog(app.page)
    await send(dialog, receiver.url, 'As it was')
    await expect(dialog.getByText(/refused/i)).toBeVisible()
    await send(dialog, 'ftp://127.0.0.1/x', 'As it was')
    await expect(dialog.getByText('The target is an http:// or https:// URL.')).toBeVisible()
  },
)
