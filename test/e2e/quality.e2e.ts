/** What must hold everywhere: keys alone, a focus that is seen, little room, little motion, calm. */
import type { Locator, Page } from '@playwright/test'
import { withDemo } from './demo-app.ts'
import { expect, test, type App } from './fixtures.ts'
import { choose, detail, list, open, rows } from './screen.ts'
import { deliver, deliverMany } from './wire.ts'

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Filter deliveries' })
const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, level: 1 })

/** What has the focus, in a few words, and whether it is seen that it does. */
function shownFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (!(focused instanceof HTMLElement) || focused === document.body) return 'nothing'
    const { width, height } = focused.getBoundingClientRect()
    const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
    const around = [focused, row, focused.parentElement, focused.parentElement?.parentElement]
    const isOutlined = around.some((each) => {
      if (!each) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(each)
      return outlineStyle !== 'none' && outlineWidth !== '0px'
    })
    // A divider shows it by its line.
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = 'var(--focus)'
    const focusColour = getComputedStyle(probe).color
    probe.remove()
    const line = focused.role === 'separator' ? focused.firstElementChild : null
    const isLine = line !== null && getComputedStyle(line).backgroundColor === focusColour
    const name = focused.getAttribute('aria-label') ?? focused.textContent.trim().slice(0, 40)
    const words = `${focused.getAttribute('role') ?? focused.localName} “${name}”`
    if (width === 0 || height === 0) return `${words}, which has no size`
    return isOutlined || isLine || focused.matches('.cm-content')
      ? words
      : `${words}, which does not show it`
  })
}

async function expectFocusShown(page: Page): Promise<void> {
  await expect.poll(async () => shownFocus(page)).toMatch(/”$/)
}

/** Presses Tab until something has the focus; what it comes by must show it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 40; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
    await expectFocusShown(page)
  }
  await expect(target).toBeFocused()
}

test('a day without a pointer: the focus is always somewhere, and seen', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('heading', { name: /^Point a webhook/ })).toBeVisible()
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Send a test webhook' }))
  await page.keyboard.press('Enter')
  await expect(rows(page)).toHaveCount(1)
  // The button went away with the first steps; the list is where one goes on.
  await expect(list(page)).toBeFocused()
  await expectFocusShown(page)
  await page.keyboard.press('Shift+T')
  await expect(rows(page)).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(detail(page).getByRole('tab', { name: 'Verification' })).toBeFocused()
  for (let tab = 1; tab <= 7; tab += 1) {
    await page.keyboard.press(String(tab))
    await expectFocusShown(page)
  }
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('method:POST')
  await page.keyboard.press('Enter')
  await expectFocusShown(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+S')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('Posted')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expectFocusShown(page)
  // The saved filter is another list: keys go to the rows that are there.
  await expect(rows(page)).toHaveCount(2)
  // The button that saved it is gone, and the focus goes to the list a moment after the dialog.
  await expect(async () => {
    await list(page).focus()
    await page.keyboard.press('Home')
    await expect(rows(page).first()).toHaveAttribute('aria-selected', 'true', { timeout: 500 })
  }).toPass()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('toolbar', { name: 'Selected deliveries' })).toContainText('2')
  await page.keyboard.press('d')
  await expect(heading(page, 'Compare')).toBeVisible()
  await expectFocusShown(page)
  await page.keyboard.press('Control+,')
  await expect(heading(page, 'Settings')).toBeVisible()
  await expectFocusShown(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('overview')
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Overview')).toBeVisible()
  await expectFocusShown(page)
  for (const name of ['Settings', 'Compare'] as const) {
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(heading(page, name)).toBeVisible()
    await expectFocusShown(page)
  }
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(rows(page)).toHaveCount(2)
  await expect(list(page)).toBeFocused()
  // The last rows go, and the list with them.
  await page.keyboard.press('Home')
  await page.keyboard.press('Delete')
  await expect(rows(page)).toHaveCount(1)
  await expectFocusShown(page)
  await page.keyboard.press('Delete')
  await expect(rows(page)).toHaveCount(0)
  await expectFocusShown(page)
})

test('a word that is not whole is neither applied nor told as wrong', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  const matched = await page.evaluateHandle(() => {
    const seen: string[] = []
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('main h2, [role=search] .text-red')) {
        seen.push(textContent)
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
    return seen
  })
  await field(page).pressSequentially('verdict:no-sch', { delay: 350 })
  await expect(rows(page)).toHaveCount(1)
  expect(await matched.jsonValue()).toEqual([])
  await field(page).press('Enter')
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true')
  await field(page).fill('verd')
  await field(page).press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible()
})

test('nothing moves for whoever asked for little motion', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/x`, '1')
  await expect(rows(page)).toHaveCount(1)
  const dialog = page.getByRole('dialog')
  /** Names of the animations that whatever is on the screen has, and how many transitions. */
  const onScreen = () =>
    page.evaluate(() => {
      const styles = [...document.querySelectorAll('*')].map((each) => getComputedStyle(each))
      const names = styles.map(({ animationName }) => animationName)
      const moving = styles.filter(
        ({ transitionDuration }) => !/^0s(, 0s)*$/.test(transitionDuration),
      )
      return [...names.filter((name) => name !== 'none'), ...moving.map(() => 'transition')]
    })
  const moved = async (reducedMotion: 'reduce' | 'no-preference') => {
    await page.emulateMedia({ reducedMotion })
    const found: string[] = []
    for (const key of ['?', 'n', 'Control+k']) {
      await page.keyboard.press(key)
      await expect(dialog).toBeVisible()
      found.push(...(await onScreen()))
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
    }
    await open(page, '/x')
    return [...found, ...(await onScreen())]
  }
  expect(await moved('reduce')).toEqual([])
  expect(await moved('no-preference')).toContain('appear')
})

/**
 * What can be pressed or typed into and is cut off by the window or by something that does not
 * scroll, and whether the page itself is wider than the window.
 */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []
    const usable = 'a[href], button, input, textarea, select, [tabindex="0"], [role="option"]'
    const hidden = [...document.querySelectorAll<HTMLElement>(usable)].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect()
      const { clip, opacity, visibility } = getComputedStyle(element)
      const isNone = width <= 1 || height <= 1 || clip !== 'auto' || opacity === '0'
      if (isNone || visibility === 'hidden' || element.closest('[aria-hidden=true]')) return false
      for (let around = element.parentElement; around; around = around.parentElement) {
        const { overflowX, opacity: shown } = getComputedStyle(around)
        if (shown === '0' || overflowX === 'auto' || overflowX === 'scroll') return false
        if (overflowX === 'visible') continue
        const box = around.getBoundingClientRect()
        if (box.width <= 1) return false
        if (right > box.right + 1 || left < box.left - 1) return true
      }
      return right > window.innerWidth + 1 || left < -1
    })
    return [
      ...wide,
      ...hidden.map((one) => one.getAttribute('aria-label') ?? one.textContent.slice(0, 40)),
    ]
  })
}

test('at 200 % everything is still there, and nothing scrolls sideways', async ({
  shell,
  chrome,
}) => {
  await withDemo(shell, chrome, async (app) => {
    const { page } = app
    const views = page.getByRole('navigation', { name: 'Views' })
    await expect(rows(page).first()).toBeVisible()
    // What 1280 × 800 is when everything is twice as large.
    await page.setViewportSize({ width: 640, height: 400 })
    const look = async (what: string) =>
      expect.soft(await cutOff(page), `${what} at 640 × 400`).toEqual([])
    await look('list')
    await open(page, 'Stripe')
    await look('delivery')
    await detail(page).getByRole('tab', { name: 'Body' }).click()
    await choose(detail(page), 'Show the body as', 'Hex')
    await look('body')
    await detail(page).getByRole('button', { name: 'Close' }).click()
    await expect(rows(page).first()).toBeVisible()
    for (const name of ['Overview', 'Verify', 'Schemes']) {
      await views.getByRole('button', { name }).click()
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
      await look(name)
    }
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await expect(heading(page, 'Settings')).toBeVisible()
    await look('settings')
    // As narrow as a phone: the sidebar comes when it is called, and goes with a choice.
    await page.setViewportSize({ width: 400, height: 720 })
    await expect(views).toBeHidden()
    await page.getByRole('button', { name: 'Show or hide the sidebar' }).click()
    await views.getByRole('button', { name: 'Overview' }).click()
    await expect(heading(page, 'Overview')).toBeVisible()
    await expect(views).toBeHidden()
    expect.soft(await cutOff(page), 'overview at 400 × 720').toEqual([])
  })
})

/** Counts what a screen reader is told and how far things move, from now on. */
async function watchCalm(
  page: Page,
): Promise<() => Promise<{ told: number[]; shifted: string[] }>> {
  const seen = await page.evaluateHandle(() => {
    const report = { told: [] as number[], shifted: [] as string[] }
    const news = document.querySelector('[data-testid=arrival-news]')
    if (!news) throw new Error('There is no live region.')
    new MutationObserver(() => report.told.push(performance.now())).observe(news, {
      childList: true,
      characterData: true,
      subtree: true,
    })
    new PerformanceObserver((entries) => {
      for (const entry of entries.getEntries()) {
        const sources: unknown = Reflect.get(entry, 'sources')
        const nodes: unknown[] = Array.isArray(sources) ? sources : []
        report.shifted.push(
          ...nodes.map((one) => {
            const node: unknown = Reflect.get(Object(one), 'node')
            return node instanceof Element ? node.outerHTML.slice(0, 120) : String(node)
          }),
        )
      }
    }).observe({ type: 'layout-shift' })
    return report
  })
  return async () => seen.jsonValue()
}

async function burst({ captureUrl }: App, count: number): Promise<void> {
  await deliverMany(Array.from({ length: count }, (_, index) => `${captureUrl}/burst/${index}`))
}

test('a burst of arrivals moves nothing and is told in a few words', async ({ app }) => {
  const { page, captureUrl } = app
  await deliver(`${captureUrl}/first`, '1')
  await expect(rows(page)).toHaveCount(1)
  // The wide counts of the sidebar stand before the burst begins.
  const report = await watchCalm(page)
  await burst(app, 200)
  await expect(list(page)).toHaveAttribute('aria-rowcount', '202')
  await expect(page.getByTestId('arrival-news')).toContainText(/\d+\+? new deliveries/)
  await burst(app, 100)
  await expect(page.getByTestId('arrival-news')).toHaveText('100 new deliveries')
  const { told, shifted } = await report()
  expect(told.length).toBeGreaterThan(0)
  for (const [index, at] of told.entries()) {
    if (index > 0) expect(at - (told[index - 1] ?? 0)).toBeGreaterThan(3_000)
  }
  expect(shifted).toEqual([])
})

test('a verdict is never said by its colour alone', async ({ shell, chrome }) => {
  await withDemo(shell, chrome, async ({ page }) => {
    await expect(rows(page).first()).toBeVisible()
    const marks = await rows(page).evaluateAll((all) =>
      all.map((row) => {
        const mark = row.querySelector('[role=gridcell]:last-child')
        return [mark?.querySelector('svg') !== null, /[a-z]/.test(mark?.textContent ?? '')]
      }),
    )
    expect(marks.length).toBeGreaterThan(10)
    expect(marks.flat()).not.toContain(false)
    await page.getByRole('navigation').getByRole('button', { name: 'Overview' }).click()
    const legend = page.getByRole('region', { name: 'Arrivals' })
    await expect(legend.getByText('invalid').first()).toBeVisible()
  })
})
