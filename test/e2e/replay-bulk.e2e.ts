/** Many deliveries sent again: what is asked first, how it goes, and what comes of it. */
import type { Locator, Page } from '@playwright/test'
import { expect, test, type App } from './fixtures.ts'
import { savedFile } from './outside.ts'
import { svixHeaders, whsec } from './providers.ts'
import { rawReceiver } from './raw-receiver.ts'
import { choose, list, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('bulk')
const COUNT = 6

async function capture({ page, captureUrl, engine }: App): Promise<void> {
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Bulk', path: '/bulk', schemeId: 'svix', secrets })
  for (let number = 1; number <= COUNT; number += 1) {
    const body = JSON.stringify({ type: 'job.done', number })
    await deliver(`${captureUrl}/bulk`, body, svixHeaders(secret, body, { id: `msg_b${number}` }))
  }
  await page.getByRole('navigation').getByRole('button', { name: /^Bulk/ }).click()
  await expect(rows(page, '/bulk')).toHaveCount(COUNT)
}

async function bulkDialog(page: Page): Promise<Locator> {
  await list(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: `Replay ${COUNT} deliveries` })
  await expect(dialog.getByLabel('Send to')).toBeFocused()
  return dialog
}

const numberOf = (body: Buffer) => /"number":(\d)/.exec(body.toString())?.[1]

test('many at once: said before, summed up after, exported, and the failed ones again', async ({
  app,
}) => {
  const { page } = app
  const receiver = await rawReceiver((at) => (at === 2 ? 500 : 204))
  try {
    await capture(app)
    const dialog = await bulkDialog(page)
    await dialog.getByLabel('Send to').fill(receiver.url)
    await choose(dialog, 'Pace', 'So many a second')
    await dialog.getByLabel('A second', { exact: true }).fill('0')
    await expect(dialog.getByText('More than 0, at most 10,000.')).toBeVisible()
    await dialog.getByLabel('A second', { exact: true }).fill('100')
    await expect(dialog.getByRole('status')).toContainText(
      `Sends ${COUNT} deliveries, oldest first, to ${receiver.url}, each signed as it is sent, at most 100 a second`,
    )
    await choose(dialog, 'Message id', 'New')
    await dialog.getByRole('button', { name: `Replay ${COUNT} deliveries` }).click()

    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(
      'done, 6 sent, 1 failed',
    )
    expect(receiver.requests.map((request) => numberOf(request.body))).toEqual([
      ...['1', '2', '3', '4', '5', '6'],
    ])
    for (const { head } of receiver.requests) expect(head).not.toMatch(/^svix-id: msg_b\d\r?$/m)
    const summary = page.getByRole('region', { name: 'Summary' })
    await expect(summary.getByLabel('Outcomes')).toHaveText(/2045.*5001|5001.*2045/)
    await expect(summary.getByLabel('Latencies')).toContainText('p95')
    // Failures stand first; all are a press away.
    const results = page.getByRole('region', { name: 'Results' })
    await expect(results.getByRole('listitem')).toHaveCount(1)
    await expect(results.getByRole('listitem')).toContainText('500 Said')
    await choose(results, 'Which results', 'All 6')
    await expect(results.getByRole('listitem')).toHaveCount(COUNT)

    const csv = await savedFile(app, () =>
      page.getByRole('button', { name: 'Export as CSV' }).click(),
    )
    expect(csv.name).toMatch(/^bulk-replay-\d+\.csv$/)
    expect(csv.text.trim().split(/\r?\n/)).toHaveLength(COUNT + 1)
    const ndjson = await savedFile(app, () =>
      page.getByRole('button', { name: 'Export as NDJSON' }).click(),
    )
    const lines = ndjson.text.trim().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line).status)).toEqual([
      ...[204, 204, 500, 204, 204, 204],
    ])

    await page.getByRole('button', { name: 'Replay the failed ones again…' }).click()
    const again = page.getByRole('dialog', { name: 'Replay 1 delivery' })
    await expect(again.getByLabel('Send to')).toHaveValue(receiver.url)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(
      'done, 1 sent, none failed',
    )
    expect(numberOf(receiver.requests.at(-1)?.body ?? Buffer.alloc(0))).toBe('3')

    // Everything that was sent is one key away.
    await page.keyboard.press('y')
    await expect(page.getByRole('heading', { name: 'Replays', level: 1 })).toBeVisible()
    const bulk = page.getByRole('region', { name: 'Bulk replays' })
    await expect(bulk.getByRole('button', { name: /done, 6 sent, 1 failed/ })).toBeVisible()
    await expect(page.getByText('No single replay yet.')).toBeVisible()
    await choose(page, 'Which requests', 'All')
    const sent = page.getByRole('list', { name: 'Requests sent' }).getByRole('listitem')
    await expect(sent.first()).toContainText('204 Said')
    await sent.first().getByRole('button').click()
    await sent.first().getByRole('button', { name: 'Compare with original' }).click()
    await expect(page.getByRole('heading', { name: 'Compare', level: 1 })).toBeVisible()
  } finally {
    await receiver.close()
  }
})

test('one that runs is seen from everywhere and can be cancelled', async ({ app }) => {
  const { page } = app
  const receiver = await rawReceiver(() => 200, 1_500)
  try {
    await capture(app)
    const dialog = await bulkDialog(page)
    await dialog.getByLabel('Send to').fill(receiver.url)
    await choose(dialog, 'Signature', 'As it was')
    await dialog.getByRole('button', { name: `Replay ${COUNT} deliveries` }).click()
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText('running')
    const views = page.getByRole('navigation')
    await views.getByRole('button', { name: /^All/ }).click()
    await expect(views.getByRole('progressbar', { name: /^Replaying 6 deliveries/ })).toBeVisible()
    await views.getByRole('button', { name: /^Replaying 6 deliveries/ }).click()
    await views.getByRole('button', { name: 'Cancel the bulk replay' }).click()
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText(
      /cancelled, \d of 6 sent/,
    )
    await expect(views.getByRole('progressbar')).toHaveCount(0)
    expect(receiver.requests.length).toBeLessThan(COUNT)
  } finally {
    await receiver.close()
  }
})
