/** What a sender writes is text, wherever it is shown: nothing of it runs, loads or misleads. */
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { choose, detail, open, rows, turnTo } from './screen.ts'
import { deliver, writeRaw } from './wire.ts'

const MARKUP = [
  '<!doctype html><title>owned</title><script>window.owned = 1</script>',
  '<img src="https://example.invalid/x.png" onerror="window.owned = 2">',
  '<svg onload="window.owned = 3"><script>window.owned = 4</script></svg>',
  '<iframe srcdoc="<script>parent.owned = 5</script>"></iframe>',
  '<a href="javascript:window.owned = 6">press</a><style>body { display: none }</style>',
  '{{constructor.constructor("window.owned = 7")()}} ${window.owned = 8}',
].join('\n')
const BIDI = 'abc\u202Egnp.exe\u2066\u200Bhidden\u2069'
const ANSI = '\u001B[31mred\u001B[0m \u001B]0;title\u0007 \u0000 \u0008'

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
  expect(await page.title()).not.toBe('owned')
  expect(await page.locator('iframe, object, embed, base, a[href^="javascript"]').count()).toBe(0)
  await expect(page.getByRole('button', { name: 'Send a test webhook' }).first()).toBeVisible()
}

for (const type of ['text/html', 'image/svg+xml', 'application/json', 'application/xhtml+xml']) {
  test(`markup sent as ${type} is shown as text`, async ({ app }) => {
    const { page, captureUrl } = app
    await deliver(`${captureUrl}/markup`, MARKUP, ['Content-Type', type])
    await open(page, '/markup')
    const panel = await turnTo(page, 'Body')
    await choose(panel, 'Show the body as', 'JSON')
    await expect(panel.getByText(/This is not JSON from line 1/)).toBeVisible()
    await choose(panel, 'Show the body as', 'Hex')
    await expect(panel.getByRole('group', { name: 'Body as hex' })).toContainText('<!doctype html>')
    await choose(panel, 'Show the body as', 'Text')
    const text = panel.getByRole('textbox', { name: 'Body as text' })
    await expect(text).toContainText('<script>window.owned = 1</script>')
    await expect(text).toContainText('<svg onload=')
    await expectNothingRan(page)
  })
}

test('markup inside JSON, headers, path and event type stays text', async ({ app }) => {
  const { page, captureUrl } = app
  const hostile = '<img/src=x/onerror=window.owned=9>'
  const body = JSON.stringify({ type: hostile, [hostile]: MARKUP })
  const head = `POST /${hostile} HTTP/1.1\r\nHost: h\r\nX-Bad: ${hostile}\r\nContent-Type: application/json\r\n`
  const framing = `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
  await writeRaw(captureUrl, head + framing + body)
  await open(page, hostile)
  await expect(detail(page)).toContainText(hostile)
  const headers = await turnTo(page, 'Headers')
  await expect(headers.getByRole('cell', { name: hostile })).toBeVisible()
  const panel = await turnTo(page, 'Body')
  await choose(panel, 'Show the body as', 'Tree')
  await expect(panel.getByRole('tree')).toContainText('<script>window.owned = 1</script>')
  await expectNothingRan(page)
})

test('characters that deceive are made visible', async ({ app }) => {
  const { page, captureUrl, engine } = app
  await engine.endpoints.create({ name: BIDI, path: '/deceive', schemeId: null })
  const body = JSON.stringify({ type: BIDI, note: ANSI })
  await deliver(`${captureUrl}/deceive`, body, ['Content-Type', 'application/json'])
  await deliver(`${captureUrl}/terminal`, `${BIDI} ${ANSI}`, ['Content-Type', 'text/plain'])
  await expect(rows(page, '/deceive')).toContainText('abc⟨U+202E⟩gnp.exe')
  await open(page, '/deceive')
  const deceiving = await turnTo(page, 'Body')
  await choose(deceiving, 'Show the body as', 'Tree')
  const tree = deceiving.getByRole('tree')
  await expect(tree).toContainText('⟨U+202E⟩')
  await open(page, '/terminal')
  const panel = await turnTo(page, 'Body')
  await choose(panel, 'Show the body as', 'Text')
  const text = panel.getByRole('textbox', { name: 'Body as text' })
  await expect(text).toContainText('[31mred')
  const shown = await text.innerText()
  for (const character of ['\u001B', '\u202E', '\u2066', '\u0000']) {
    expect(shown).not.toContain(character)
  }
})

test('hostile names of an endpoint and a secret are text too', async ({ app }) => {
  const { page, engine } = app
  const name = '<b onmouseover=window.owned=10>x</b>'
  const secrets = [{ name, text: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' }]
  await engine.endpoints.create({ name, path: '/n', schemeId: 'svix', secrets })
  await page
    .getByRole('navigation')
    .getByRole('button', { name: `Edit ${name}` })
    .focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText(name)
  await page.keyboard.press('Escape')
  await expectNothingRan(page)
})
