/** Commands: the palette, the shortcut sheet, keys that are remapped, and keys that are typed. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { list, open, rows } from './screen.ts'
import { deliver } from './wire.ts'

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Commands' })
}

function chosen(page: Page) {
  return page.getByRole('navigation', { name: 'Views' }).locator('[aria-current="page"]')
}

async function openPalette(page: Page, typed: string) {
  await page.keyboard.press('Control+k')
  await expect(palette(page).getByRole('combobox')).toBeFocused()
  await page.keyboard.type(typed)
  return palette(page)
}

test('the palette runs actions and goes to places', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: 'Shop orders', path: '/shop/1', schemeId: null })
  await deliver(`${captureUrl}/shop/1`, '1')
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Edit Shop orders' })).toBeVisible()

  await openPalette(page, 'sho ord')
  await expect(palette(page).getByRole('option').first()).toContainText('Shop orders')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
  await expect(chosen(page)).toHaveText(/Shop orders/)

  await openPalette(page, 'verify')
  await page.keyboard.press('Enter')
  await expect(chosen(page)).toHaveText(/Verify/)

  await openPalette(page, '1')
  const jump = palette(page).getByRole('option', { name: /^Open delivery 1/ })
  await expect(jump).toBeVisible()
  await jump.click()
  await expect(page.getByRole('article', { name: 'Delivery 1' })).toBeVisible()

  // What was chosen last comes first; what cannot be done now is not offered.
  await page.keyboard.press('Control+k')
  const recent = palette(page).getByRole('group', { name: 'Recent' })
  await expect(recent.getByRole('option').first()).toContainText('POST /shop/1')
  await expect(palette(page).getByRole('option', { name: /^Replay the/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('article', { name: 'Delivery 1' })).toHaveCount(0)
  await openPalette(page, 'replay')
  await expect(palette(page).getByRole('option', { name: /^Replay the/ })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
})

test(
  'the palette answers nothing with words, and its letters are typed',
  { tag: '@browser' },
  async ({ app }) => {
    const { page } = app
    await openPalette(page, 'n?[ r zzz')
    await expect(palette(page).getByText('Nothing here is called that.')).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(palette(page)).toBeHidden()
  },
)

test(
  'letters that an input method composes are not shortcuts',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, captureUrl } = app
    await deliver(`${captureUrl}/x`, '1')
    await expect(rows(page)).toHaveCount(1)
    await list(page).focus()
    await page.evaluate(() => {
      const target = document.activeElement ?? document.body
      const press = (init: KeyboardEventInit) =>
        target.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }),
        )
      press({ key: 'n', code: 'KeyN', isComposing: true })
      press({ key: 'Process', code: 'KeyN' })
      press({ key: 'n', code: 'KeyN', keyCode: 229 })
    })
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog', { name: 'Add endpoint' })).toBeVisible()
  },
)

test('keys from the keymap file take the place of the defaults', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await deliver(`${captureUrl}/x`, '1')
  await open(page, '/x')
  await engine.settings.setKeymap({
    keymap: { 'delivery.replay': ['y'], 'app.shortcuts': ['Mod+Shift+h'] },
  })
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(async () => {
    await page.keyboard.press('Control+Shift+h')
    await expect(sheet).toBeVisible({ timeout: 500 })
  }).toPass()
  const line = sheet
    .locator('div')
    .filter({ has: page.getByText('Replay the delivery') })
    .last()
  await expect(line.locator('kbd')).toHaveText(['Y'])
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.keyboard.press('r')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('y')
  await expect(page.getByRole('dialog', { name: /^Replay / })).toBeVisible()
  await page.keyboard.press('Escape')
  await engine.settings.setKeymap({ keymap: {} })
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(sheet).toBeVisible({ timeout: 500 })
  }).toPass()
})

test('density and panes are remembered', { tag: '@browser' }, async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  const article = await open(page, '/x')
  await page.keyboard.press('Shift+D')
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
  await page.keyboard.press(']')
  await expect(article).toHaveCount(0)
  await expect(rows(page, '/x')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('[')
  await page.reload()
  await expect(rows(page, '/x')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden()
  await expect(article).toHaveCount(0)
  await list(page).focus()
  await page.keyboard.press('Enter')
  await expect(article).toBeVisible()
})

test(
  'keys are recorded in the settings, and conflicts are told',
  { tag: '@browser' },
  async ({ app }) => {
    const { page, engine } = app
    await page.keyboard.press('Control+,')
    const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
    await sections.getByRole('button', { name: 'Shortcuts' }).click()
    const add = page.getByRole('button', { name: 'Add a key for “Go to Verify”' })
    await add.click()
    // Obeyed by nobody: it is being recorded.
    await page.keyboard.press('n')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText(/N is also the key of “Add an endpoint”/)).toBeVisible()
    await page.getByRole('button', { name: 'Take N from “Go to Verify”' }).click()
    await expect(page.getByText(/is also the key of/)).toHaveCount(0)
    await add.click()
    await page.keyboard.press('Escape')
    await expect(add).toBeFocused()
    await add.click()
    await page.keyboard.press('Control+Shift+y')
    await expect
      .poll(async () => (await engine.settings.keymap()).keymap)
      .toEqual({ 'go.verify': ['V', 'Mod+Shift+Y'] })
    await page.keyboard.press('Control+Shift+y')
    await expect(chosen(page)).toHaveText(/Verify/)
    await page.goBack()
    await page.getByRole('button', { name: 'Reset all' }).click()
    await expect.poll(async () => (await engine.settings.keymap()).keymap).toEqual({})
  },
)
