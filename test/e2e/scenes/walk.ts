/**
 * Every screen of the demo in one theme and one size, for people to look at:
 *
 *   node test/e2e/scenes/walk.ts [light|dark] [WIDTHxHEIGHT] [part …]   (into test-results/walk)
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { withDemo } from '#test/e2e/demo-app.ts'
import { launchChromium } from '#test/e2e/launch-chromium.ts'
import * as walks from '#test/e2e/walk.ts'

const parts = {
  list: walks.walkList,
  filter: walks.walkFilter,
  detail: walks.walkDetail,
  dialogs: walks.walkDialogs,
  pages: walks.walkPages,
  settings: walks.walkSettings,
}

async function main([theme = 'light', size = '1280x800', ...wanted]: readonly string[]) {
  const folder = path.join(import.meta.dirname, '../../../test-results/walk', `${theme}-${size}`)
  mkdirSync(folder, { recursive: true })
  const [width = 1280, height = 800] = size.split('x').map(Number)
  const browser = await launchChromium()
  try {
    await withDemo(
      'browser',
      async () => browser,
      async (app) => {
        const colorScheme = theme === 'dark' ? 'dark' : 'light'
        await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        app.page.setDefaultTimeout(8_000)
        await app.page.setViewportSize({ width, height })
        for (const [name, part] of Object.entries(parts)) {
          if (wanted.length > 0 && !wanted.includes(name)) continue
          await part(app, async (what) => {
            const file = path.join(folder, `${what.replaceAll(/\W+/g, '-')}.png`)
            await app.page.screenshot({ path: file, animations: 'disabled' })
            console.log(path.relative(process.cwd(), file))
          })
        }
      },
    )
  } finally {
    await browser.close()
  }
}

await main(process.argv.slice(2))
