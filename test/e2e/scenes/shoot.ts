import path from 'node:path'
import type { Page } from '@playwright/test'

export const folder = path.join(import.meta.dirname, '../../../test-results/screens')
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
const themes = ['light', 'dark'] as const

/** A picture in every theme and size. */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of sizes) {
      await page.setViewportSize(size)
      const file = path.join(folder, `${name}-${colorScheme}-${size.width}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      console.log(path.relative(process.cwd(), file))
    }
  }
}
