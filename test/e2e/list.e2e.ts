/** The list: columns, order, groups, selecting, marks, deleting, pausing. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { detail, list, open, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('a list')

async function deliverNumbered(captureUrl: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    await deliver(`${captureUrl}/n/${number}-`, 'x'.repeat(number))
  }
}

/** The paths of the rows in their order. */
async function paths(page: Page): Promise<string[]> {
  const texts = await rows(page).allTextContents()
  return texts.map((text) => /\/n\/\d+(?=-)/.exec(text)?.[0] ?? '')
}

const down = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, index) => `/n/${from - index}`)

test('sorting goes round in three clicks, says so, and is remembered', async ({ app }) => {
  const { page, captureUrl } = app
  await deliverNumbered(captureUrl, 12)
  await expect(rows(page)).toHaveCount(12)
  const size = list(page).getByRole('columnheader', { name: 'Size' })
  const sort = size.getByRole('button')
  await sort.click()
  await expect(size).toHaveAttribute('aria-sort', 'descending')
  await sort.click()
  await expect(size).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => paths(page)).toEqual(down(12, 1).reverse())
  await deliver(`${captureUrl}/n/13-`, 'x')
  // In this order nothing moves by itself.
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible()
  await expect(rows(page)).toHaveCount(12)
  await page.getByRole('button', { name: '1 new' }).click()
  await expect(rows(page)).toHaveCount(13)
  await page.reload()
  await expect(size).toHaveAttribute('aria-sort', 'ascending')
  await sort.click()
  await expect(size).not.toHaveAttribute('aria-sort')
  await expect.poll(async () => paths(page)).toEqual(down(13, 1))
})

test('columns are chosen and sized by keys, and remembered', async ({ app }) => {
  const { page, captureUrl } = app
  await deliverNumbered(captureUrl, 2)
  await expect(rows(page)).toHaveCount(2)
  const skew = list(page).getByRole('columnheader', { name: 'Skew' })
  await expect(skew).toHaveCount(0)
  const chooser = page.getByRole('button', { name: 'Columns' })
  await chooser.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu', { name: 'Columns', exact: true })).toBeVisible()
  await page.keyboard.type('skew')
  await page.keyboard.press('Enter')
  await expect(skew).toHaveCount(1)
  await page.keyboard.press('Escape')
  const edge = list(page).getByRole('separator', { name: 'Width of Endpoint' })
  const width = async () => (await edge.locator('xpath=..').boundingBox())?.width ?? 0
  const before = await width()
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBeCloseTo(before + 16, -1)
  await page.reload()
  await expect(skew).toHaveCount(1)
  expect(await width()).toBeGreaterThan(before + 10)
  await edge.dblclick()
  await expect.poll(width).toBeCloseTo(before, -1)
})

test('paused, nothing moves; resumed, what arrived is there', async ({ app }) => {
  const { page, captureUrl } = app
  await deliverNumbered(captureUrl, 3)
  await expect(rows(page)).toHaveCount(3)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await deliver(`${captureUrl}/n/4-`, 'x')
  await deliver(`${captureUrl}/n/5-`, 'x')
  await expect(page.getByText('Paused, 2 new')).toBeVisible()
  expect(await paths(page)).toEqual(down(3, 1))
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(async () => paths(page)).toEqual(down(5, 1))
  await expect(page.getByText(/^Paused/)).toHaveCount(0)
})

test('attempts of one message stand under it, with the time between them', async ({ app }) => {
  const { page, captureUrl, engine } = app
  const secrets = [{ text: secret }]
  await engine.endpoints.create({ name: 'Mail', path: '/mail', schemeId: 'svix', secrets })
  const send = (id: string) =>
    deliver(`${captureUrl}/mail`, '{}', svixHeaders(secret, '{}', { id }))
  for (const id of ['msg_a', 'msg_b', 'msg_a', 'msg_c', 'msg_a']) await send(id)
  await expect(rows(page)).toHaveCount(5)
  await page.getByRole('button', { name: 'Group attempts of one message' }).click()
  const tree = page.getByRole('treegrid', { name: 'Deliveries' })
  const all = tree.getByRole('row').filter({ has: page.getByRole('gridcell') })
  await expect(all).toHaveCount(3)
  await tree.focus()
  await page.keyboard.press('ArrowDown')
  await expect(all.first()).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowRight')
  await expect(all.first()).toHaveAttribute('aria-expanded', 'true')
  await expect(all).toHaveCount(6)
  await expect(all.nth(1)).toContainText('first')
  await expect(all.nth(2)).toContainText(/^2nd\+\d/)
  await expect(all.nth(2)).toHaveAttribute('aria-level', '2')
  await expect(all.nth(2)).toHaveAttribute('aria-setsize', '3')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(all.nth(2)).toHaveAttribute('aria-selected', 'true')
  await expect(detail(page)).toHaveAttribute('aria-label', 'Delivery 3')
  // Another attempt takes the message to the top, opened as it is.
  await send('msg_b')
  await expect(all).toHaveCount(6)
  await expect(tree.locator('[aria-expanded=true]')).toHaveCount(1)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(all).toHaveCount(3)
})

test('a range begins at its delivery, wherever the list was read anew meanwhile', async ({
  app,
}) => {
  const { page, captureUrl, engine } = app
  await deliver(`${captureUrl}/first`, 'x')
  await expect(rows(page)).toHaveCount(1)
  await deliverNumbered(captureUrl, 3)
  await expect(rows(page)).toHaveCount(4)
  await list(page).focus()
  await page.keyboard.press('Home')
  const { rows: stored } = await engine.deliveries.list({ limit: 10 })
  await engine.deliveries.remove({
    selection: { ids: [stored.at(-1)?.id ?? 0] },
    keepPinned: false,
  })
  await expect(rows(page)).toHaveCount(3)
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('toolbar', { name: 'Selected deliveries' })).toContainText(
    '2 selected',
  )
})

test('rows are selected by pointer and keys, pinned, tagged, deleted and brought back', async ({
  app,
}) => {
  const { page, captureUrl } = app
  await deliverNumbered(captureUrl, 8)
  await expect(rows(page)).toHaveCount(8)
  const bar = page.getByRole('toolbar', { name: 'Selected deliveries' })
  await rows(page, '/n/8').click()
  await rows(page, '/n/6').click({ modifiers: ['ControlOrMeta'] })
  await expect(bar).toContainText('2 selected')
  await rows(page, '/n/3').click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('4 selected')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar).toContainText('5 selected')
  await expect(list(page).locator('[aria-selected=true]')).toHaveCount(5)

  await page.keyboard.press('p')
  await expect(list(page).getByRole('img', { name: 'pinned' })).toHaveCount(5)
  await page.keyboard.press('t')
  const tags = page.getByRole('dialog', { name: 'Tag 5 deliveries' })
  await tags.getByRole('combobox', { name: 'Tag' }).fill('ask-them')
  await page.keyboard.press('Enter')
  await expect(tags.getByRole('list', { name: 'Tags' })).toContainText('ask-them')
  await tags.getByRole('button', { name: 'Close' }).click()
  await expect(rows(page, 'ask-them')).toHaveCount(5)

  await list(page).focus()
  await page.keyboard.press('Delete')
  await expect(rows(page)).toHaveCount(3)
  await expect(page.getByText('5 deliveries deleted')).toBeVisible()
  await expect(bar).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(rows(page)).toHaveCount(8)

  await list(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await expect(bar).toContainText('8 selected')
  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  // Clearing keeps what is pinned.
  await page.getByRole('button', { name: 'More' }).first().click()
  await page.getByRole('menuitem', { name: 'Delete all but pinned ones' }).click()
  await expect(rows(page)).toHaveCount(5)
})

test('two rows are compared', async ({ app }) => {
  const { page, captureUrl } = app
  await deliverNumbered(captureUrl, 3)
  await open(page, '/n/3')
  await rows(page, '/n/1').click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('toolbar').getByRole('button', { name: 'Compare' }).click()
  await expect(page).toHaveURL(/#\/compare~1~3\//)
})

test('screen readers hear what arrived, once', async ({ app }) => {
  const { page, captureUrl } = app
  await expect(page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  await deliverNumbered(captureUrl, 3)
  await expect(page.getByTestId('arrival-news')).toHaveText('3 new deliveries')
})
