import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { App } from './app.ts'
import type { ShellOption } from './fixtures.ts'

/** A divider between two panes belongs to neither, a tip to no landmark. */
const betweenLandmarks = /^<div (?:role="separator"|data-overlay-container)/

const looked = new WeakSet<Page>()

/**
 * What is new on the screen. The window as a whole is looked at first; after that, what stands in
 * a dialog or in the detail pane alone, where nothing else floats.
 */
async function newPart(page: Page): Promise<string | null> {
  const dialog = '[role=dialog]'
  if ((await page.locator(dialog).count()) === 1) return dialog
  const isWhole = !looked.has(page)
  looked.add(page)
  const pane = '[data-pane=detail]'
  const floats = await page.locator('[role=menu], [role=listbox], [role=toolbar]').count()
  const hasPane = (await page.locator(pane).count()) === 1
  return isWhole || floats > 0 || !hasPane ? null : pane
}

/** Half a megabyte that every look would send and compile anew: a page keeps what it was given. */
async function axeOf(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => 'axe' in window)
  const builder = isThere ? new AxeBuilder({ page, axeSource: ';' }) : new AxeBuilder({ page })
  // Without the second page and the list of what is well it takes half the time.
  return builder.options({ resultTypes: ['violations'] }).setLegacyMode()
}

/**
 * Looks at what is on the screen: all rules in the light theme, its colours again in the dark.
 * Nothing in the desktop: the same page draws the same there, and the browser looks at it.
 */
export async function expectAccessible(
  { page }: App,
  shell: ShellOption['shell'],
  what: string,
): Promise<void> {
  if (shell === 'desktop') return
  const part = await newPart(page)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // What is being worked out anew is drawn paler for that moment.
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
    const axe = await axeOf(page)
    if (part !== null) axe.include(part)
    // Rows are alike: a few of them say what all would, in a fraction of the time.
    axe.exclude('[id^="delivery-"][role=row]:nth-of-type(n+7)')
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    const found = violations
      .map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes
          .filter(({ html }) => id !== 'region' || !betweenLandmarks.test(html))
          .map(({ html, any }) => [html, any[0]?.message]),
      }))
      .filter(({ nodes }) => nodes.length > 0)
    expect.soft(found, `${what}, ${colorScheme}`).toEqual([])
  }
}
