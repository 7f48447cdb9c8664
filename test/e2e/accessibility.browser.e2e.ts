/**
 * No violation that axe knows of, on any screen, light and dark. Each screen is looked at once: here,
 * or in the spec that brings it about (answering, diff, https, hygiene, onboarding, settings).
 */
import { expectAccessible } from './accessible.ts'
import { withDemo } from './demo-app.ts'
import { type App, expect, test } from './fixtures.ts'
import { editEndpoint } from './endpoint-dialog.ts'
import { fill, fillBodies } from './ground.ts'
import { deliver } from './wire.ts'
import { choose, detail, list, open, turnTo } from './screen.ts'
import * as walk from './walk.ts'

// Twenty screens take axe a while, and a trace of it is large and tells nothing.
test.use({ trace: 'off' })
test.setTimeout(180_000)

for (const [name, parts] of [
  ['the list and the filter field', [walk.walkList, walk.walkFilter]],
  ['a delivery', [walk.walkDetail]],
  ['dialogs and pages', [walk.walkDialogs, walk.walkPages]],
] as const) {
  test(`every screen of the demo: ${name}`, async ({ shell, chrome }) => {
    await withDemo(shell, chrome, async (app) => {
      for (const part of parts) {
        await part(app, async (what) => expectAccessible(app, shell, what))
      }
      expect(app.watch.problems()).toEqual([])
    })
  })
}

const views = ({ page }: App) => page.getByRole('navigation', { name: 'Views' })

test('tools: composing, the endpoint check, a scheme that is written, verifying', async ({
  app,
  shell,
}) => {
  const secrets = [{ text: 'whsec_composed_and_looked_at' }]
  const made = { name: 'Shop', path: '/stripe', schemeId: 'stripe', secrets }
  await app.engine.endpoints.create(made)
  const look = (what: string) => expectAccessible(app, shell, what)
  await composing(app, look)
  await checking(app, look)
  await writingAScheme(app, look)
  await verifying(app, look)
})

/** Empty, written, wrong, sent, pasted, what was sent before. */
async function composing(app: App, look: walk.Look): Promise<void> {
  const { page } = app
  const main = page.getByRole('main')
  await views(app).getByRole('button', { name: 'Compose', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Send a webhook/ })).toBeVisible()
  await look('compose, empty')
  await main.getByRole('button', { name: /^Stripe/ }).click()
  await expect(page.getByTestId('goes-out')).toBeVisible()
  await main.getByRole('tab', { name: 'Headers' }).click()
  await look('compose, headers')
  await main.getByRole('tab', { name: 'Body' }).click()
  await page.getByRole('textbox', { name: 'Body to send' }).click()
  await page.keyboard.type('{{no')
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(main.locator('[aria-busy=true]')).toHaveCount(0)
  await look('compose, a template that has no end')
  for (const _ of '{{no') await page.keyboard.press('Backspace')
  await main.getByRole('textbox', { name: 'Times' }).fill('2')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main.getByText('2 sent: 2 × 200.')).toBeVisible()
  await look('compose, answered')
  await main.getByRole('tab', { name: 'History' }).click()
  await expect(main.getByRole('list', { name: 'Composed before' })).toBeVisible()
  await main.getByRole('button', { name: 'Paste a request…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('compose, pasting')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Empty, and its report with a case opened. */
async function checking(app: App, look: walk.Look): Promise<void> {
  const { page, captureUrl } = app
  const main = page.getByRole('main')
  await views(app).getByRole('button', { name: 'Endpoint check' }).click()
  await expect(page.getByRole('heading', { name: /^Does your handler/ })).toBeVisible()
  await look('endpoint check, empty')
  await main.getByRole('textbox', { name: 'Handler' }).fill(`${captureUrl}/stripe`)
  await main.getByText('Behaves', { exact: true }).first().click()
  await main.getByRole('button', { name: 'Run the check' }).click()
  const report = page.getByRole('region', { name: 'Report' })
  await expect(report.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: 30_000 })
  await report
    .getByRole('button', { name: /^failed/ })
    .first()
    .click()
  await report.getByRole('button', { name: /ms$/ }).filter({ visible: true }).first().click()
  await look('endpoint check, report')
}

async function writingAScheme(app: App, look: walk.Look): Promise<void> {
  const { page } = app
  await views(app).getByRole('button', { name: 'Schemes' }).click()
  await page.getByRole('option', { name: 'Stripe' }).click()
  await expect(page.getByRole('heading', { name: 'Stripe', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Duplicate as my own' }).click()
  const content = page
    .getByRole('region', { name: 'Form' })
    .getByLabel('Signed content', { exact: true })
  await content.fill('{bdy}')
  await expect(page.getByRole('list', { name: 'What is wrong' })).toBeVisible()
  await look('scheme editor, something wrong')
}

async function verifying(app: App, look: walk.Look): Promise<void> {
  const { page } = app
  await views(app).getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('textbox', { name: 'Request' }).fill('POST / HTTP/1.1\nsvix-id: a\n\n{}')
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { level: 2 })).toBeVisible()
  await look('verify page')
}

test('a form, something found, headers taken apart, and deliveries of other verdicts', async ({
  app,
  shell,
}) => {
  const { page } = app
  const look = (what: string) => expectAccessible(app, shell, what)
  await fillBodies(app)
  await open(page, '/form')
  await choose(await turnTo(page, 'Body'), 'Show the body as', 'Form')
  await look('body as Form')
  await open(page, '/json')
  const body = await turnTo(page, 'Body')
  await choose(body, 'Show the body as', 'JSON')
  await body.getByRole('button', { name: 'Find in the body' }).click()
  await body.getByRole('textbox', { name: 'Find in the body' }).fill('eur')
  await expect(body.locator('.cm-searchMatch').first()).toBeVisible()
  await look('found')
  const headers = await turnTo(page, 'Headers')
  await choose(headers, 'Order of the headers', 'Sorted and parsed')
  await look('headers taken apart')
  await fill(app)
  await turnTo(page, 'Verification')
  for (const texts of [['/stripe', 'valid'], ['stale'], ['/callbacks/payments'], ['/plain']]) {
    await open(page, ...texts)
    await look(texts.join(' '))
  }
})

test('choosing a scheme, signed bytes, receiver code, a masked credential, dialogs', async ({
  app,
  shell,
}) => {
  const { page, engine, captureUrl } = app
  const look = (what: string) => expectAccessible(app, shell, what)
  const secrets = [{ text: 'the token' }]
  const made = { name: 'GitLab', path: '/gitlab', schemeId: 'gitlab-token', secrets }
  await engine.endpoints.create(made)
  await deliver(`${captureUrl}/gitlab`, '{}', ['X-Gitlab-Token', 'another'])
  await fill(app)
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  await page.getByRole('button', { name: /Scheme$/ }).click()
  await expect(page.getByRole('combobox', { name: 'Search schemes' })).toBeFocused()
  await look('the chooser')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await open(page, '/stripe', 'valid')
  await choose(detail(page), 'Show the signed content as', 'Hex')
  await detail(page)
    .getByRole('button', { name: /^Code that verifies/ })
    .click()
  await expect(detail(page).getByRole('button', { name: 'Copy code' })).toBeVisible()
  await look('signed bytes and code')
  await open(page, '/gitlab')
  await turnTo(page, 'Headers')
  await look('a masked header')
  await editEndpoint(page, 'Stripe')
  await look('edit endpoint')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await list(page).focus()
  await page.keyboard.press('Shift+E')
  const exporting = page.getByRole('dialog', { name: 'Export 1 delivery' })
  await exporting.getByText('Redact before it leaves').click()
  await expect(exporting.locator('pre')).toContainText('redacted')
  await look('export')
  await page.keyboard.press('Escape')
  await exporting.waitFor({ state: 'hidden' })
  await page.keyboard.press('Shift+I')
  await expect(page.getByRole('dialog', { name: 'Import deliveries' })).toBeVisible()
  await look('import')
})

test('a replay that is edited and answered, a host that is asked about, many at once, what was sent', async ({
  app,
  shell,
}) => {
  const { page } = app
  await views(app).getByRole('button', { name: 'Replays' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was sent yet' })).toBeVisible()
  await expectAccessible(app, shell, 'no replays')
  await views(app).getByRole('button', { name: /^All/ }).click()
  await fill(app)
  await open(page, '/stripe', 'valid')
  await page.keyboard.press('r')
  const replay = page.getByRole('dialog', { name: /^Replay / })
  await replay.getByRole('button', { name: 'Add header' }).click()
  await page.keyboard.type('X-Mine')
  await replay.getByRole('button', { name: 'Remove Connection' }).click()
  await expect(replay.getByTestId('goes-out')).toContainText('X-Mine')
  await expectAccessible(app, shell, 'replay, headers edited')
  await replay.getByRole('tab', { name: 'Body' }).click()
  await replay.getByRole('textbox', { name: 'Body to send' }).click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(',')
  await expect(replay.getByText(/^No JSON from/)).toBeVisible()
  await expectAccessible(app, shell, 'replay, body edited')
  await choose(replay, 'Edit the body as', 'Changes')
  await expect(replay.locator('.cm-mergeView')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(replay.getByRole('heading', { name: 'Answered now' })).toBeVisible()
  await expectAccessible(app, shell, 'replay, answered')
  await replay.getByLabel('Send to').fill('https://receiver.invalid/hook')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectAccessible(app, shell, 'a host that is asked about')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(replay).toBeHidden()
  await list(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('r')
  const many = page.getByRole('dialog', { name: /^Replay \d+ deliveries/ })
  await many.getByLabel('Send to').fill(app.captureUrl)
  await choose(many, 'Pace', 'So many a second')
  await expectAccessible(app, shell, 'bulk replay')
  await choose(many, 'Pace', 'As fast as possible')
  await many.getByRole('button', { name: /^Replay \d+ deliveries/ }).click()
  await expect(page.getByRole('main').getByText(/^done, /)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('region', { name: 'Results' }).getByRole('button').first().click()
  await expectAccessible(app, shell, 'a bulk replay')
  await page.getByRole('button', { name: 'All replays' }).click()
  await expect(page.getByRole('list', { name: 'Requests sent' })).toBeVisible()
  await expectAccessible(app, shell, 'replays')
})
