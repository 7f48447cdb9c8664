import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { App } from './app.ts'
import type { ShellOption } from './fixtures.ts'

/** A divider between two panes belongs to neither, a tip to no landmark. */
const betweenLandmarks = /^<div (?:role="separator"|data-overlay-container)/

/** Looks at what is on the screen: whole in the light theme, its colours again in the dark one. */
export async function expectAccessible(
  { page }: App,
  _shell: ShellOption['shell'],
  what: string,
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    // Without the second page and the list of what is well it takes half the time.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
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
