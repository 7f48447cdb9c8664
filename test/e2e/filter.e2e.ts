/** The filter field: what is typed, suggested, marked, saved, taken away and linked to. */
import type { Locator, Page } from '@playwright/test'
import { type App, expect, test } from './fixtures.ts'
import { svixHeaders, whsec } from './providers.ts'
import { rows } from './screen.ts'
import { deliver } from './wire.ts'

const secret = whsec('found again')
const paid = JSON.stringify({ type: 'invoice.paid', note: 'brass lantern' })
const voided = JSON.stringify({ type: 'invoice.voided', note: 'paper moon' })

function field(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter deliveries' })
}

/** One valid, one invalid, and one that no endpoint has. */
async function ground({ engine, captureUrl }: App): Promise<void> {
  await engine.endpoints.create({
    name: 'Shop',
    path: '/shop',
    schemeId: 'svix',
    secrets: [{ text: secret }],
  })
  await deliver(`${captureUrl}/shop`, paid, svixHeaders(secret, paid, { id: 'msg_paid' }))
  await deliver(`${captureUrl}/shop`, voided, svixHeaders(secret, paid, { id: 'msg_void' }))
  await deliver(`${captureUrl}/elsewhere`, 'plain words')
}

test('what is typed finds, is said in words, and is a step back', async ({ app }) => {
  const { page } = app
  await ground(app)
  await expect(rows(page)).toHaveCount(3)
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('verdict:invalid')
  await expect(page.getByText('Finds deliveries that are invalid.')).toBeVisible()
  await expect(rows(page)).toHaveCount(1)
  await expect(page).toHaveURL(/#\/all\/\?q=verdict%3Ainvalid$/)

  await field(page).fill('-verdict:invalid')
  await expect(rows(page)).toHaveCount(2)
  await field(page).fill('verdict:invalid OR path:/else*')
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page, '/elsewhere')).toHaveCount(1)
  await field(page).fill('endpoint:shop -(type:*.voided)')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page, 'invoice.paid')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeHidden()

  await page.goBack()
  await expect(field(page)).toHaveValue('')
  await expect(rows(page)).toHaveCount(3)
  await page.goForward()
  await expect(field(page)).toHaveValue('endpoint:shop -(type:*.voided)')
  await field(page).focus()
  await page.keyboard.press('Escape')
  await expect(field(page)).toHaveValue('')
  await expect(rows(page)).toHaveCount(3)
  await page.keyboard.press('Escape')
  await expect(field(page)).not.toBeFocused()
})

test('keys and values are suggested and taken without a pointer', async ({ app }) => {
  const { page } = app
  await ground(app)
  await expect(rows(page)).toHaveCount(3)
  await field(page).focus()
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' })
  await expect(suggestions.getByRole('option', { name: /^json:/ })).toBeVisible()
  await page.keyboard.type('end')
  await expect(suggestions.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(field(page)).toHaveAttribute('aria-activedescendant', /-0$/)
  await page.keyboard.press('Enter')
  await expect(field(page)).toHaveValue('endpoint:')
  await page.keyboard.type('sh')
  await expect(suggestions.getByRole('option', { name: /^Shop/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(suggestions.getByRole('option', { name: /^Shop/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Tab')
  await expect(field(page)).toHaveValue('endpoint:Shop ')
  await page.keyboard.type('type:inv')
  await expect(suggestions.getByRole('option', { name: /^invoice\.paid/ })).toBeVisible()
  await suggestions.getByRole('option', { name: /^invoice\.voided/ }).click()
  await expect(field(page)).toHaveValue('endpoint:Shop type:invoice.voided ')
  await expect(field(page)).toBeFocused()
  await expect(rows(page)).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(suggestions.getByRole('option').first()).toHaveText(
    /^endpoint:Shop type:invoice\.voided/,
  )
})

test('a problem is marked where it stands, told, and finds nothing new', async ({ app }) => {
  const { page } = app
  await ground(app)
  await expect(rows(page)).toHaveCount(3)
  await field(page).fill('verdict:invalid')
  await expect(rows(page)).toHaveCount(1)
  await field(page).pressSequentially(' size:>5kp')
  const search = page.getByRole('search')
  await expect(search.getByRole('status')).toHaveText('There is no unit kp. Write kb.')
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
  await expect(field(page)).toHaveAccessibleDescription('There is no unit kp. Write kb.')
  await expect(search.locator('.decoration-wavy')).toHaveText('kp')
  await expect(rows(page)).toHaveCount(1)
  await page.keyboard.press('Enter')
  const selected = await field(page).evaluate((input) =>
    input instanceof HTMLInputElement
      ? input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0)
      : null,
  )
  expect(selected).toBe('kp')
  await page.keyboard.type('kb')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await expect(field(page)).toHaveAttribute('aria-invalid', 'false')
})

test('where nothing matches, what to take away stands with what it finds', async ({ app }) => {
  const { page } = app
  await ground(app)
  await expect(rows(page)).toHaveCount(3)
  await field(page).fill('verdict:valid path:/elsewhere')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  const relax = page.getByRole('list', { name: 'What to take away' })
  await expect(relax.getByRole('button')).toHaveText([
    /^Without verdict:valid\s*finds 1$/,
    /^Without path:\/elsewhere\s*finds 1$/,
    /^Without the filter\s*finds 3$/,
  ])
  await relax.getByRole('button', { name: /^Without verdict:valid/ }).click()
  await expect(field(page)).toHaveValue('path:/elsewhere')
  await expect(rows(page)).toHaveCount(1)
})

test('a filter is saved, counts what arrives, is renamed, moved and removed', async ({ app }) => {
  const { page, engine, captureUrl } = app
  await ground(app)
  await engine.savedFilters.create({ name: 'Void', query: 'type:*.voided' })
  const sidebar = page.getByRole('navigation', { name: 'Views' })
  await expect(sidebar.getByRole('button', { name: /^Void 1$/ })).toBeVisible()
  await field(page).fill('verdict:valid')
  await page.getByRole('button', { name: 'Save this filter' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save this filter' })
  await dialog.getByLabel('Name').fill('void')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Another saved filter has that name')).toBeVisible()
  await dialog.getByLabel('Name').fill('Good ones')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  const good = sidebar.getByRole('button', { name: /^Good ones \d/ })
  await expect(good).toHaveText(/1$/)
  await expect(good).toHaveAttribute('aria-current', 'page')
  await deliver(`${captureUrl}/shop`, paid, svixHeaders(secret, paid, { id: 'msg_more' }))
  await expect(good).toHaveText(/2$/)

  await good.press('Alt+ArrowUp')
  await expect(good).toBeFocused()
  await expect
    .poll(async () => (await engine.savedFilters.list()).map(({ name }) => name))
    .toEqual(['Good ones', 'Void'])
  await sidebar.getByRole('button', { name: 'Actions of Void' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Rename or change' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Voided')
  await page.keyboard.press('Enter')
  await sidebar.getByRole('button', { name: /^Voided/ }).click()
  await expect(field(page)).toHaveValue('type:*.voided')
  await expect(rows(page)).toHaveCount(1)
  await sidebar.getByRole('button', { name: 'Actions of Voided' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect(sidebar.getByRole('button', { name: /^Voided/ })).toHaveCount(0)
})

test('a link carries its filter; one that cannot be read says so', async ({ app }) => {
  const { page } = app
  await ground(app)
  await expect(rows(page)).toHaveCount(3)
  await page.evaluate(() => window.location.assign('#/all/?q=method%3APOST+-verdict%3Avalid'))
  await expect(field(page)).toHaveValue('method:POST -verdict:valid')
  await expect(rows(page)).toHaveCount(2)
  await page.evaluate(() => window.location.assign('#/all/?q=verdict%3Awrong'))
  await expect(page.getByRole('heading', { name: 'The filter cannot be read' })).toBeVisible()
  await expect(page.getByText(/There is no verdict “wrong”/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(rows(page)).toHaveCount(3)
})
