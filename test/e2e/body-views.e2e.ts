/** Every way to look at a body, finding in it, and bodies that are large or mean harm. */
import type { Locator, Page } from '@playwright/test'
import { longJson, multipart, png } from './bodies.ts'
import { expect, test } from './fixtures.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { savedFile } from './outside.ts'
import { choose, open, turnTo } from './screen.ts'
import { call, deliver } from './wire.ts'

const LARGE = 25 * 1024 * 1024
const json = (target: string) => [target, ['Content-Type', 'application/json']] as const

async function openBody(page: Page, path: string): Promise<Locator> {
  await open(page, path)
  return turnTo(page, 'Body')
}

async function find(panel: Locator, text: string): Promise<Locator> {
  const field = panel.getByRole('textbox', { name: 'Find in the body' })
  if ((await field.count()) === 0)
    await panel.getByRole('button', { name: 'Find in the body' }).click()
  await field.fill(text)
  return panel.getByRole('search').locator('output')
}

test('JSON laid out and searched, bytes selected', async ({ app }) => {
  await oneAfterAnother(app, {
    'laid out JSON folds, tells the path of the cursor and marks what is wrong': async () => {
      const { page, captureUrl } = app
      const body = '{"data":{"list":[{"id":12345678901234567890}]},"data":1}'
      const [path, type] = json('/laid-out')
      await deliver(captureUrl + path, body, type)
      const panel = await openBody(page, path)
      const text = panel.getByRole('textbox', { name: 'Body as JSON' })
      await expect(text).toContainText('"id": 12345678901234567890')
      await expect(panel.getByText(/^One key is repeated/)).toBeVisible()
      await text.getByText('12345678901234567890').click()
      await expect(panel.getByText('$.data.list[0].id')).toBeVisible()
      await panel
        .locator('.cm-foldGutter')
        .getByTitle('Fold line')
        .filter({ visible: true })
        .first()
        .click()
      await expect(text).not.toContainText('12345678901234567890')

      await deliver(`${captureUrl}/broken`, '{"a": 1,\n "b": }', type)
      const broken = await openBody(page, '/broken')
      await expect(broken.getByText(/This is not JSON from line 2, column 7/)).toBeVisible()
      await expect(broken.locator('.cm-problem')).toHaveText('}')
    },
    'what is looked for is counted and gone through in text, tree and hex': async () => {
      const { page, captureUrl } = app
      const records = Array.from({ length: 300 }, (_, index) => ({
        id: index,
        word: index % 100 === 7 ? 'Needle' : 'hay',
      }))
      const [path, type] = json('/haystack')
      await deliver(captureUrl + path, JSON.stringify({ deep: { records } }), type)
      const panel = await openBody(page, path)
      await panel.getByRole('textbox', { name: 'Body as JSON' }).click()
      await page.keyboard.press('ControlOrMeta+f')
      const field = panel.getByRole('textbox', { name: 'Find in the body' })
      await expect(field).toBeFocused()
      await page.keyboard.type('needle')
      const count = panel.getByRole('search').locator('output')
      await expect(count).toHaveText('1 of 3')
      await expect(panel.locator('.cm-searchMatch-selected')).toHaveText('Needle')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await expect(count).toHaveText('3 of 3')
      await page.keyboard.press('Enter')
      await expect(count).toHaveText('1 of 3')
      await page.keyboard.press('Shift+Enter')
      await expect(count).toHaveText('3 of 3')
      await panel.getByRole('button', { name: 'Match case' }).click()
      await expect(count).toHaveText('Not found')
      await panel.getByRole('button', { name: 'Match case' }).click()

      await expect(count).toHaveText('1 of 3')
      await field.press('Shift+Enter')
      await choose(panel, 'Show the body as', 'Tree')
      await expect(count).toHaveText('3 of 3')
      await expect(panel.getByRole('treeitem', { selected: true })).toContainText('Needle')
      await expect(panel.getByText('$.deep.records[207].word')).toBeVisible()

      await choose(panel, 'Show the body as', 'Hex')
      await expect(count).toHaveText('3 of 3')
      await panel.getByRole('button', { name: 'Find hex bytes' }).click()
      await expect(count).toHaveText('Two hex digits for each byte')
      await field.fill('4e 65 65 64 6c 65')
      await expect(count).toHaveText('1 of 3')
      await page.keyboard.press('Escape')
      await expect(field).toHaveCount(0)
    },
    'bytes are selected with keys and pointer, and copied as hex and as text': async () => {
      const { page, captureUrl } = app
      await deliver(`${captureUrl}/select`, 'hello, webhook world', ['Content-Type', 'text/plain'])
      const panel = await openBody(page, '/select')
      await choose(panel, 'Show the body as', 'Hex')
      const hex = panel.getByRole('group', { name: 'Body as hex' })
      await hex.focus()
      await page.keyboard.press('ArrowRight')
      await expect(panel.getByText(/^Offset 0 \(0x00000000\)/)).toBeVisible()
      for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowRight')
      await expect(panel.getByText(/^5 bytes, 0 to 4/)).toBeVisible()
      await panel.getByRole('button', { name: 'Copy as hex' }).click()
      await expect(panel.getByText('Copied as hex')).toBeVisible()
      await hex
        .locator('[data-column="text"]')
        .first()
        .click({ position: { x: 2, y: 8 } })
      await expect(panel.getByText(/^Offset 0 /)).toBeVisible()
      await panel.getByRole('button', { name: 'Copy as text' }).click()
      await expect(panel.getByText('Copied as text')).toBeVisible()
    },
  })
})

test('forms, parts, XML and pictures', async ({ app }) => {
  await oneAfterAnother(app, {
    'a form, and the JSON in one of its fields': async () => {
      const { page, captureUrl } = app
      const payload = encodeURIComponent('{"type":"block_actions","amount":1.10}')
      const body = `payload=${payload}&a=1&a=two+words&bad=%zz`
      await deliver(`${captureUrl}/form`, body, [
        'Content-Type',
        'application/x-www-form-urlencoded',
      ])
      const panel = await openBody(page, '/form')
      const table = panel.getByRole('table', { name: 'Fields' })
      await expect(table.getByRole('row').nth(3)).toContainText('two words')
      await expect(table.getByRole('row').nth(3)).toContainText('repeated')
      await expect(table.getByRole('row').nth(4)).toContainText('not decoded')
      await table.getByRole('button', { name: 'Show as JSON' }).click()
      await expect(table.getByRole('textbox', { name: 'Body as JSON' })).toContainText(
        '"amount": 1.10',
      )
    },
    'the parts of a multipart body, one saved, one looked into': async () => {
      const { page, captureUrl } = app
      const hostile = '<img src=x onerror=owned=1>"; filename="../../etc/passwd'
      const body = multipart('xYzZY', [
        { head: 'Content-Disposition: form-data; name="note"', body: 'plain words' },
        {
          head: 'Content-Disposition: form-data; name="file"; filename="data.json"\r\nContent-Type: application/json',
          body: '{"inside": 12345678901234567890}',
        },
        { head: `Content-Disposition: form-data; name="${hostile}"`, body: '' },
        { head: 'Content-Disposition: form-data; name="empty"', body: '' },
      ])
      const type = ['Content-Type', 'multipart/form-data; boundary=xYzZY']
      await deliver(`${captureUrl}/parts`, body, type)
      const panel = await openBody(page, '/parts')
      const parts = panel.getByRole('list', { name: 'Parts' }).getByRole('listitem')
      await expect(parts).toHaveCount(4)
      await expect(parts.nth(1)).toContainText('data.json')
      await expect(parts.nth(2)).toContainText('<img src=x onerror=owned=1>')
      await expect(parts.nth(3)).toContainText('0 B')
      await parts
        .nth(1)
        .getByRole('button', { name: /data\.json/ })
        .click()
      await expect(parts.nth(1).getByRole('textbox', { name: 'Body as JSON' })).toContainText(
        '12345678901234567890',
      )
      const saved = await savedFile(app, () =>
        parts.nth(1).getByRole('button', { name: 'Save file' }).click(),
      )
      expect(saved.text).toBe('{"inside": 12345678901234567890}')
      expect(saved.name).toBe('data.json')
    },
    'XML is laid out, without an entity expanded or anything fetched': async () => {
      const { page, captureUrl } = app
      const body =
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "https://example.invalid/x">]><r a="1"><b>&x; text</b><c/><d><e>1</e></d></r>'
      await deliver(`${captureUrl}/xml`, body, ['Content-Type', 'application/xml'])
      const panel = await openBody(page, '/xml')
      const text = panel.getByRole('textbox', { name: 'Body as XML' })
      await expect(text).toContainText('  <b>&x; text</b>')
      await expect(text).toContainText('    <e>1</e>')
      await deliver(`${captureUrl}/torn`, '<a><b></a>', ['Content-Type', 'text/xml'])
      const torn = await openBody(page, '/torn')
      await expect(torn.getByText(/Not well formed at line 1, column 7/)).toBeVisible()
    },
    'pictures are drawn; an SVG neither scripts nor fetches': async () => {
      const { page, captureUrl } = app
      await deliver(`${captureUrl}/png`, png(40, 20), ['Content-Type', 'application/octet-stream'])
      const panel = await openBody(page, '/png')
      await expect(panel.getByText('40 × 20 pixels')).toBeVisible()
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30" onload="parent.owned=1">
    <script>top.owned = 2; fetch('https://example.invalid/a')</script>
    <style>@import url(https://example.invalid/b.css); rect { fill: url(https://example.invalid/c) }</style>
    <image href="https://example.invalid/d.png" width="9" height="9"/>
    <foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="https://example.invalid/e"/></foreignObject>
    <rect width="30" height="30"/></svg>`
      await deliver(`${captureUrl}/svg`, svg, ['Content-Type', 'image/svg+xml'])
      const drawn = await openBody(page, '/svg')
      await expect(drawn.getByRole('img')).toBeVisible()
      await expect(drawn.getByText('30 × 30 pixels')).toBeVisible()
      expect(await page.evaluate(() => Reflect.get(window, 'owned'))).toBeUndefined()
      await deliver(`${captureUrl}/no-png`, png(4, 4).subarray(0, 30), [
        'Content-Type',
        'image/png',
      ])
      await expect((await openBody(page, '/no-png')).getByText(/cannot be drawn/)).toBeVisible()
    },
  })
})

/** Counts from now on how long the page was busy at a time. */
async function watchTasks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    Reflect.set(window, 'longestTask', 0)
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        const before = Number(Reflect.get(window, 'longestTask'))
        Reflect.set(window, 'longestTask', Math.max(before, duration))
      }
    }).observe({ type: 'longtask' })
  })
  return async () => Number(await page.evaluate(() => Reflect.get(window, 'longestTask')))
}

/** Wall time, other tests beside it: parsed in the page, this body would hold it for many seconds. */
const FROZEN_MS = 1_000

const alone = { tag: '@alone' }

test('25 MiB of JSON open without freezing, and its end is found', alone, async ({ app }) => {
  test.setTimeout(90_000)
  const { page, captureUrl } = app
  const [path, type] = json('/long')
  await deliver(captureUrl + path, longJson(LARGE), type)
  await open(page, path)
  const longest = await watchTasks(page)
  const panel = await turnTo(page, 'Body')
  const text = panel.getByRole('textbox', { name: 'Body as JSON' })
  await expect(text).toContainText('"amount": 12345678901234567890.0', { timeout: 30_000 })
  const opened = await longest()
  await expect(await find(panel, 'the last of it')).toHaveText('1 of 1', { timeout: 20_000 })
  await expect(text).toContainText('the last of it')
  await choose(panel, 'Show the body as', 'Tree')
  await expect(panel.getByRole('tree')).toContainText('the last of it', { timeout: 20_000 })
  const all = await longest()
  test.info().annotations.push({
    type: 'longest task',
    description: `${opened} ms opening, ${all} ms in all`,
  })
  console.log(
    `25 MiB of JSON: longest task ${opened} ms while opening, ${all} ms with finding and the tree`,
  )
  expect(all).toBeLessThan(FROZEN_MS)
})

test('25 MiB on one line open without freezing', alone, async ({ app }) => {
  test.setTimeout(90_000)
  const { page, captureUrl } = app
  const body = `${'one line without an end '.repeat(LARGE / 24)}here`
  await call(`${captureUrl}/line`, {
    method: 'POST',
    body,
    headers: ['Content-Type', 'text/plain'],
  })
  await open(page, '/line')
  const longest = await watchTasks(page)
  const panel = await turnTo(page, 'Body')
  const text = panel.getByRole('textbox', { name: 'Body as text' })
  await expect(text).toContainText('one line without an end', { timeout: 30_000 })
  const opened = await longest()
  await expect(await find(panel, 'end here')).toHaveText('1 of 1', { timeout: 20_000 })
  await expect(panel.locator('.cm-searchMatch-selected')).toHaveText('end here')
  const all = await longest()
  console.log(`25 MiB on one line: longest task ${opened} ms while opening, ${all} ms with finding`)
  expect(all).toBeLessThan(FROZEN_MS)
})
