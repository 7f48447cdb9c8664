/** Everything that matters, without a pointer. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { detail, list, rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('keys only')
const body = JSON.stringify({ type: 'key.pressed' })

/** Presses Tab until something has the focus; fails when it never gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('an endpoint is added, a delivery read and closed by keys alone', async ({ app }) => {
  const { page, captureUrl } = app
  await expect(page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Add endpoint' })
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type('Keys')
  await page.keyboard.press('Tab')
  await page.keyboard.type('/keys')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.type('Svix')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox')).toBeHidden()
  await tabTo(page, dialog.getByLabel('Signing secret', { exact: true }))
  await page.keyboard.type(secret)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()

  for (const id of ['msg_1', 'msg_2', 'msg_3']) {
    await deliver(`${captureUrl}/keys`, body, svixHeaders(secret, body, { id }))
  }
  await expect(rows(page, 'valid')).toHaveCount(3)
  await tabTo(page, list(page))
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(0)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('End')
  await expect(rows(page).nth(2)).toHaveAttribute('aria-selected', 'true')
  await expect(list(page)).toHaveAttribute('aria-activedescendant', /^delivery-\d+$/)

  await page.keyboard.press('Enter')
  await expect(detail(page).getByRole('tab', { name: 'Verification' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(detail(page).getByRole('tab', { name: 'Headers' })).toBeFocused()
  await page.keyboard.press('3')
  await expect(detail(page).getByRole('tabpanel', { name: 'Body' })).toBeVisible()
  const json = detail(page).getByRole('textbox', { name: 'Body as JSON' })
  await tabTo(page, json)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(list(page)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(detail(page)).toHaveCount(0)
})

test('single keys open and close what they say', { tag: '@browser' }, async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog', { name: 'Add endpoint' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.keyboard.press('[')
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden()
  await page.keyboard.press('[')
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()

  await list(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('r')
  const replay = page.getByRole('dialog', { name: /^Replay / })
  await expect(replay.getByLabel('Send to')).toBeFocused()
  await page.keyboard.type('r[?n1')
  await expect(replay.getByLabel('Send to')).toHaveValue(/r\[\?n1/)
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(replay).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible()
})

test('the sidebar and the filter work without a pointer', { tag: '@browser' }, async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  const failures = page.getByRole('navigation').getByRole('button', { name: /^Failures/ })
  await tabTo(page, failures)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No failures' })).toBeVisible()
  await page.keyboard.press('/')
  const filter = page.getByRole('combobox', { name: 'Filter deliveries' })
  await expect(filter).toBeFocused()
  await page.keyboard.type('method:PUT ')
  await page.keyboard.press('Enter')
  await expect(filter).toHaveValue(/^method:PUT/)
  await tabTo(page, page.getByRole('navigation').getByRole('button', { name: /^All/ }))
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(1)
})
