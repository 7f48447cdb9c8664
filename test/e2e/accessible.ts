import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { App } from './app.ts'
import type { ShellOption } from './fixtures.ts'

/** Looks at what is on the screen: whole in the light theme, its colours again in the dark one. */
export async function expectAccessible(
  { page }: App,
  shell: ShellOption['shell'],
  what: string,
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const axe = new AxeBuilder({ page }).setLegacyMode(shell === 'desktop')
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ html, any }) => [html, any[0]?.message]),
      }))
    expect.soft(grave, `${what}, ${colorScheme}`).toEqual([])
  }
}
