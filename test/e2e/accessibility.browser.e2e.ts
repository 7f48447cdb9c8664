/** No violation that axe knows of, on any screen, light and dark. */
import { expectAccessible } from './accessible.ts'
import { withDemo } from './demo-app.ts'
import { expect, test } from './fixtures.ts'
import { editEndpoint } from './endpoint-dialog.ts'
import { fill, fillBodies } from './ground.ts'
import { deliver } from './wire.ts'
import { choose, detail, detailTabs, list, open, turnTo } from './screen.ts'
import * as walk from './walk.ts'

// Twenty screens take axe a while, and a trace of it is large and tells nothing.
test.use({ trace: 'off' })
test.setTimeout(180_000)

for (const [name, parts] of [
  ['the list and the filter field', [walk.walkList, walk.walkFilter]],
  ['a delivery', [walk.walkDetail]],
  ['dialogs and pages', [walk.walkDialogs, walk.walkPages]],
  ['the settings', [walk.walkSettings]],
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

test('the empty window', async ({ app, shell }) => {
  await expect(app.page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  await expectAccessible(app, shell, 'empty')
})

test('composing: empty, written, wrong, sent, pasted, what was sent before', async ({
  app,
  shell,
}) => {
  const { page, engine } = app
  const secrets = [{ text: 'whsec_composed_and_looked_at' }]
  await engine.endpoints.create({ name: 'Shop', path: '/stripe', schemeId: 'stripe', secrets })
  const main = page.getByRole('main')
  await page.getByRole('navigation').getByRole('button', { name: 'Compose', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Send a webhook/ })).toBeVisible()
  await expectAccessible(app, shell, 'compose, empty')
  await main.getByRole('button', { name: /^Stripe/ }).click()
  await expect(page.getByTestId('goes-out')).toBeVisible()
  await main.getByRole('tab', { name: 'Headers' }).click()
  await expectAccessible(app, shell, 'compose, headers')
  await main.getByRole('tab', { name: 'Body' }).click()
  await page.getByRole('textbox', { name: 'Body to send' }).click()
  await page.keyboard.type('{{no')
  await expect(page.getByRole('listbox', { name: 'Completions' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expectAccessible(app, shell, 'compose, a template that has no end')
  for (const _ of '{{no') await page.keyboard.press('Backspace')
  await main.getByRole('textbox', { name: 'Times' }).fill('2')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main.getByText('2 sent: 2 × 200.')).toBeVisible()
  await expectAccessible(app, shell, 'compose, answered')
  await main.getByRole('tab', { name: 'History' }).click()
  await expect(main.getByRole('list', { name: 'Composed before' })).toBeVisible()
  await main.getByRole('button', { name: 'Paste a request…' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(app, shell, 'compose, pasting')
})

test('the endpoint check: empty, and its report with a case opened', async ({ app, shell }) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ text: 'whsec_checked_and_looked_at' }]
  await engine.endpoints.create({ name: 'Shop', path: '/stripe', schemeId: 'stripe', secrets })
  const main = page.getByRole('main')
  await page.getByRole('navigation').getByRole('button', { name: 'Endpoint check' }).click()
  await expect(page.getByRole('heading', { name: /^Does your handler/ })).toBeVisible()
  await expectAccessible(app, shell, 'endpoint check, empty')
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
  await expectAccessible(app, shell, 'endpoint check, report')
})

test('the schemes, one of the catalogue, and one that is written', async ({ app, shell }) => {
  const { page } = app
  await page.getByRole('navigation').getByRole('button', { name: 'Schemes' }).click()
  await page.getByRole('option', { name: 'Stripe' }).click()
  await expect(page.getByRole('heading', { name: 'Stripe', level: 1 })).toBeVisible()
  await expectAccessible(app, shell, 'scheme')
  await page.getByRole('button', { name: 'Duplicate as my own' }).click()
  const content = page
    .getByRole('region', { name: 'Form' })
    .getByLabel('Signed content', { exact: true })
  await content.fill('{bdy}')
  await expect(page.getByRole('list', { name: 'What is wrong' })).toBeVisible()
  await expectAccessible(app, shell, 'scheme editor')
})

test('the list, and every tab of an invalid delivery', async ({ app, shell }) => {
  await fill(app)
  await expectAccessible(app, shell, 'list')
  await open(app.page, '/nomod', 'invalid')
  for (const tab of detailTabs) {
    await turnTo(app.page, tab)
    await expectAccessible(app, shell, tab)
  }
  const body = await turnTo(app.page, 'Body')
  for (const mode of ['Text', 'Hex']) {
    await choose(body, 'Show the body as', mode)
    await expectAccessible(app, shell, `body as ${mode}`)
  }
})

test('every view of a body, with something found, and headers taken apart', async ({
  app,
  shell,
}) => {
  const { page } = app
  await fillBodies(app)
  for (const [path, view] of [
    ['/json', 'Tree'],
    ['/form', 'Form'],
    ['/upload', 'Parts'],
    ['/soap', 'XML'],
    ['/logo', 'Image'],
  ] as const) {
    await open(page, path)
    const body = await turnTo(page, 'Body')
    await choose(body, 'Show the body as', view)
    await expectAccessible(app, shell, `body as ${view}`)
  }
  await open(page, '/json')
  const body = await turnTo(page, 'Body')
  await choose(body, 'Show the body as', 'JSON')
  await body.getByRole('button', { name: 'Find in the body' }).click()
  await body.getByRole('textbox', { name: 'Find in the body' }).fill('eur')
  await expect(body.locator('.cm-searchMatch').first()).toBeVisible()
  await expectAccessible(app, shell, 'found')
  const headers = await turnTo(page, 'Headers')
  await choose(headers, 'Order of the headers', 'Sorted and parsed')
  await expectAccessible(app, shell, 'headers taken apart')
})

test('valid, stale, recognised and plain deliveries', async ({ app, shell }) => {
  await fill(app)
  for (const texts of [['/stripe', 'valid'], ['stale'], ['/callbacks/payments'], ['/plain']]) {
    await open(app.page, ...texts)
    await expectAccessible(app, shell, texts.join(' '))
    await detail(app.page).getByRole('button', { name: 'Close' }).click()
  }
})

test('choosing a scheme, signed bytes, receiver code and a masked credential', async ({
  app,
  shell,
}) => {
  const { page, engine, captureUrl } = app
  const secrets = [{ text: 'the token' }]
  const made = { name: 'GitLab', path: '/gitlab', schemeId: 'gitlab-token', secrets }
  await engine.endpoints.create(made)
  await deliver(`${captureUrl}/gitlab`, '{}', ['X-Gitlab-Token', 'another'])
  await fill(app)
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  await page.getByRole('button', { name: /Scheme$/ }).click()
  await expect(page.getByRole('combobox', { name: 'Search schemes' })).toBeFocused()
  await expectAccessible(app, shell, 'the chooser')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await open(page, '/stripe', 'valid')
  await choose(detail(page), 'Show the signed content as', 'Hex')
  await detail(page)
    .getByRole('button', { name: /^Code that verifies/ })
    .click()
  await expect(detail(page).getByRole('button', { name: 'Copy code' })).toBeVisible()
  await expectAccessible(app, shell, 'signed bytes and code')
  await open(page, '/gitlab')
  await turnTo(page, 'Headers')
  await expectAccessible(app, shell, 'a masked header')
})

test('the dialogs', async ({ app, shell }) => {
  const { page } = app
  await fill(app)
  await page.getByRole('button', { name: 'Add endpoint' }).first().click()
  await expectAccessible(app, shell, 'new endpoint')
  await page.keyboard.press('Escape')
  await editEndpoint(page, 'Stripe')
  await expectAccessible(app, shell, 'edit endpoint')
  await page.keyboard.press('Escape')
  await open(page, '/nomod', 'invalid')
  await detail(page).getByRole('button', { name: 'Replay', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Answered now' })).toBeVisible()
  await expectAccessible(app, shell, 'replay')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+E')
  const exporting = page.getByRole('dialog', { name: 'Export 1 delivery' })
  await exporting.getByText('Redact before it leaves').click()
  await expect(exporting.locator('pre')).toContainText('redacted')
  await expectAccessible(app, shell, 'export')
  await page.keyboard.press('Escape')
  await exporting.waitFor({ state: 'hidden' })
  await page.keyboard.press('Shift+I')
  await expect(page.getByRole('dialog', { name: 'Import deliveries' })).toBeVisible()
  await expectAccessible(app, shell, 'import')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expectAccessible(app, shell, 'shortcuts')
})

test('the tools', async ({ app, shell }) => {
  const { page } = app
  const views = page.getByRole('navigation')
  await views.getByRole('button', { name: 'Verify' }).click()
  await page.getByRole('textbox', { name: 'Request' }).fill('POST / HTTP/1.1\nsvix-id: a\n\n{}')
  await page.getByRole('button', { name: 'Verify', exact: true }).last().click()
  const result = page.getByRole('region', { name: 'Result' })
  await expect(result.getByRole('heading', { level: 2 })).toBeVisible()
  await expectAccessible(app, shell, 'verify page')
  await views.getByRole('button', { name: 'Subscriber hash' }).click()
  await expectAccessible(app, shell, 'subscriber hash')
})

test('the palette, the shortcut sheet and the keys in the settings', async ({ app, shell }) => {
  const { page } = app
  await expect(page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Control+k')
  await expect(dialog.getByRole('option').first()).toBeVisible()
  await expectAccessible(app, shell, 'palette')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(dialog.getByText('Replay the delivery')).toBeVisible()
  await expectAccessible(app, shell, 'shortcut sheet')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Control+,')
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  await sections.getByRole('button', { name: 'Shortcuts' }).click()
  await expect(page.getByRole('button', { name: 'Reset all' })).toBeVisible()
  await expectAccessible(app, shell, 'keys in the settings')
})

test('a replay that is edited and answered, a host that is asked about, many at once, what was sent', async ({
  app,
  shell,
}) => {
  const { page } = app
  const views = page.getByRole('navigation', { name: 'Views' })
  await views.getByRole('button', { name: 'Replays' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was sent yet' })).toBeVisible()
  await expectAccessible(app, shell, 'no replays')
  await views.getByRole('button', { name: /^All/ }).click()
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
