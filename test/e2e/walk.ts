/** A walk through every screen that the demo has something for, one after another. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { App } from './app.ts'
import { choose, detail, detailTabs, list, open, rows, turnTo } from './screen.ts'

/** What is done on each screen; `what` names it. */
export type Look = (what: string) => Promise<void>

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Filter deliveries' })
const views = (page: Page): Locator => page.getByRole('navigation', { name: 'Views' })

async function closed(page: Page, role: 'menu' | 'dialog'): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole(role)).toHaveCount(0)
}

async function filterFor(page: Page, query: string): Promise<void> {
  await field(page).fill(query)
  await page.keyboard.press('Enter')
}

/** The list as it is, grouped, with rows selected, paused, and with nothing in it. */
export async function walkList({ page }: App, look: Look): Promise<void> {
  await expect(rows(page).first()).toBeVisible()
  await look('list')
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect(page.getByRole('menu', { name: 'Columns' })).toBeVisible()
  await look('columns')
  await closed(page, 'menu')
  const group = page.getByRole('button', { name: 'Group attempts of one message' })
  await group.click()
  const grouped = page.getByRole('treegrid', { name: 'Deliveries' })
  await grouped
    .getByRole('button', { name: /^Show \d+ attempts/ })
    .first()
    .click()
  await expect(grouped.getByText('first', { exact: true })).toBeVisible()
  await look('grouped')
  await group.click()
  await rows(page).nth(1).click()
  await rows(page)
    .nth(3)
    .click({ modifiers: ['Shift'] })
  await expect(page.getByRole('toolbar', { name: 'Selected deliveries' })).toBeVisible()
  await look('selected')
  await page.keyboard.press('t')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('tag')
  await closed(page, 'dialog')
  await page.keyboard.press('Delete')
  await expect(page.getByText('3 deliveries deleted')).toBeVisible()
  await look('deleted')
  await page.keyboard.press('ControlOrMeta+z')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByText('Paused')).toBeVisible()
  await look('paused')
  await page.getByRole('button', { name: 'Resume' }).click()
}

/** The filter field, its suggestions and problems, saving it, and what finds nothing. */
export async function walkFilter({ page }: App, look: Look): Promise<void> {
  await views(page).getByRole('button', { name: /^All/ }).click()
  await field(page).fill('endpoint:Stripe -verdict:')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible()
  await look('suggestions')
  await field(page).fill('endpoint:Stripe size:>5kp refund')
  await expect(page.getByText('There is no unit kp. Write kb.').first()).toBeVisible()
  await look('a filter that cannot be read')
  await filterFor(page, 'endpoint:Stripe verdict:malformed path:/nowhere')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
  await look('nothing matches')
  await filterFor(page, 'verdict:invalid')
  await page.getByRole('button', { name: 'Save this filter' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('save a filter')
  await page.keyboard.type('Wrong signatures')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.getByRole('button', { name: /^Actions of / }).press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  await look('saved filter')
  await closed(page, 'menu')
  await filterFor(page, '')
}

/** Every tab of a delivery, and every view of a body. */
export async function walkDetail({ page }: App, look: Look): Promise<void> {
  await filterFor(page, 'endpoint:Stripe verdict:invalid')
  await open(page, 'invalid')
  for (const tab of detailTabs) {
    await turnTo(page, tab)
    await look(tab)
  }
  await detail(page).getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look('more actions')
  await closed(page, 'menu')
  for (const [path, view] of [
    ['type:invoice.paid', 'JSON'],
    ['type:invoice.paid', 'Tree'],
    ['type:invoice.paid', 'Text'],
    ['type:invoice.paid', 'Hex'],
    ['path:/inbound/mail', 'Parts'],
    ['path:/soap/orders', 'XML'],
    ['path:/upload/square.png', 'Image'],
  ] as const) {
    await filterFor(page, path)
    await rows(page).first().click()
    const body = await turnTo(page, 'Body')
    await choose(body, 'Show the body as', view)
    await look(`body as ${view}`)
  }
  await filterFor(page, '')
}

async function askedFor(page: Page, key: string): Promise<Locator> {
  await page.keyboard.press(key)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  return dialog
}

/** Dialogs that a key opens. */
export async function walkDialogs({ page }: App, look: Look): Promise<void> {
  await expect(rows(page).first()).toBeVisible()
  await list(page).focus()
  await page.keyboard.press('Home')
  for (const [key, what] of [
    ['r', 'replay'],
    ['n', 'new endpoint'],
    ['?', 'shortcuts'],
    ['Control+k', 'palette'],
  ] as const) {
    const dialog = await askedFor(page, key)
    if (what === 'palette') await expect(dialog.getByRole('option').first()).toBeVisible()
    await look(what)
    await closed(page, 'dialog')
  }
}

/** Everything that is no list. */
export async function walkPages({ page, engine }: App, look: Look): Promise<void> {
  await views(page).getByRole('button', { name: 'Overview' }).click()
  await expect(page.locator('canvas').first()).toBeVisible()
  await look('overview')
  await page.getByRole('radiogroup', { name: 'Show as' }).getByText('Table').click()
  await expect(page.getByRole('table').first()).toBeVisible()
  await look('overview as tables')
  await page.getByRole('radiogroup', { name: 'Show as' }).getByText('Pictures').click()
  const { rows: known } = await engine.deliveries.list({ limit: 100 })
  const [newer, older] = known.filter(({ endpointName, eventType }) => {
    return endpointName === 'Stripe' && eventType !== null
  })
  await page.evaluate((hash) => {
    window.location.hash = hash
  }, `#/compare~${older?.id}~${newer?.id}/`)
  await expect(
    page.getByRole('region', { name: 'Body', exact: true }).getByRole('status').first(),
  ).toBeVisible()
  await look('compare')
  await views(page).getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByRole('textbox', { name: 'Request' })).toBeVisible()
  await look('verify')
  await views(page).getByRole('button', { name: 'Schemes' }).click()
  await page.getByRole('option', { name: 'Stripe' }).click()
  await expect(page.getByRole('heading', { name: 'Stripe', level: 1 })).toBeVisible()
  await look('scheme')
  await page.getByRole('button', { name: 'Duplicate as my own' }).click()
  await expect(page.getByText('Nothing is wrong with it.')).toBeVisible()
  await look('scheme editor')
  await views(page).getByRole('button', { name: 'Subscriber hash' }).click()
  await look('subscriber hash')
}

/** Every section of the settings. */
export async function walkSettings({ page }: App, look: Look): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await expect(sections).toBeVisible()
  for (const button of await sections.getByRole('button').all()) {
    await button.click()
    const name = (await button.textContent()) ?? ''
    const heading = page.getByRole('main').getByRole('heading', { name, level: 2 })
    await expect(heading.first()).toBeVisible()
    await look(`settings: ${name}`)
  }
}
