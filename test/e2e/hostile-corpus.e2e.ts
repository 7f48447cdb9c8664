/**
 * Every payload of test/hostile/corpus in every place that a sender can write to, in every view:
 * nothing runs, nothing opens or goes elsewhere, no policy is violated, nothing is asked of the
 * network, and no character that deceives reaches the screen as itself.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Placed, place, type Shape } from '#test/hostile/placed.ts'
import { type App, startApp } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { openDesktopShell } from './desktop-shell.ts'
import { expect, type ShellOption, test } from './fixtures.ts'
import { audit, hearEverything, installAudit } from './hostile-audit.ts'
import { installGuide, type Place, visit } from './hostile-places.ts'
import { launchChromium } from './launch-chromium.ts'
import { askedFor } from './net-log.ts'
import { detailTabs, list } from './screen.ts'

interface Shown {
  app: App
  placed: Placed
  /** Goes there and expects nothing to be wrong with what is shown. */
  look: (where: Place) => Promise<void>
  /** The same of what is shown already. */
  clean: (what: string) => Promise<void>
}

/** Runs on a program that holds the corpus, with everything listening; a browser of its own. */
async function withCorpus(
  shell: ShellOption['shell'],
  use: (shown: Shown) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-netlog-'))
  const log = path.join(folder, 'net-log.json')
  const browser =
    shell === 'browser' ? await launchChromium(undefined, [`--log-net-log=${log}`]) : null
  let placed: Placed | null = null
  const { app, stop, remove } = await startApp(async (dataDir, watch) => {
    placed = place(dataDir)
    return browser === null
      ? openDesktopShell(dataDir, watch)
      : openBrowserShell(browser, dataDir, watch)
  })
  const own = new URL(app.page.url())
  try {
    if (placed === null) throw new Error('Nothing was placed.')
    const { page } = app
    const heard = await hearEverything(app.shell.context, page)
    await page.setViewportSize({ width: 1280, height: 2_000 })
    await page.reload()
    await installAudit(page)
    await installGuide(page)
    const clean = async (what: string) => {
      expect.soft(await audit(page), what).toEqual([])
    }
    const look = async (where: Place) => {
      await visit(page, where)
      await clean(`${where.hash} ${where.tab ?? ''} ${where.view ?? ''}`)
    }
    await use({ app, placed, look, clean })
    expect(heard).toEqual([])
    expect(app.watch.problems()).toEqual([])
  } finally {
    await stop()
    await browser?.close()
    remove()
  }
  // The desktop's log stays empty even of what is asked for on purpose: there, what the page
  // requests is watched, and that Chromium resolves no name.
  if (browser !== null) {
    const foreign = askedFor(log).filter(
      (asked) => !asked.includes(own.host) && asked !== own.hostname,
    )
    expect(foreign, 'what the network stack was asked for').toEqual([])
  }
  rmSync(folder, { recursive: true })
}

const viewsOf: Readonly<Record<Shape, readonly string[]>> = {
  json: ['JSON', 'Tree', 'Text', 'Hex'],
  form: ['Form'],
  xml: ['XML'],
  parts: ['Parts'],
  text: ['Text'],
}

/** Nothing in the list beside a delivery: what is looked at is the delivery. */
const placeOf = (id: number) => `#/all/${id}?q=path%3A%2Fnone`

async function lookThroughList({ app: { page }, clean }: Shown): Promise<void> {
  for (let isEnd = false; !isEnd;) {
    isEnd = await list(page).evaluate((grid) => {
      const scroller = grid.querySelector('[role=rowgroup]')
      if (scroller === null) throw new Error('There is no list.')
      scroller.scrollTop += scroller.clientHeight
      return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1
    })
    await visit(page, { hash: '#/all/' })
    await clean('the list')
  }
}

test('the corpus in the list, in every tab of a delivery and every view of a body', async ({
  shell,
}) => {
  test.setTimeout(300_000)
  await withCorpus(shell, async (shown) => {
    const { placed, look, app } = shown
    expect(placed.rows.length).toBeGreaterThan(500)
    await look({ hash: '#/all/' })
    await lookThroughList(shown)
    for (const { id, shape, payloads } of placed.bundles) {
      const hash = placeOf(id)
      if (shape === 'json') {
        for (const tab of detailTabs) {
          await look({ hash, tab })
          if (tab !== 'Headers') continue
          const seen = app.page.locator('article [role=tabpanel] [role=row], article tbody tr')
          expect(await seen.count()).toBeGreaterThanOrEqual(payloads.length)
        }
      }
      for (const view of viewsOf[shape]) await look({ hash, tab: 'Body', view })
    }
  })
})

const plainPages = [
  'overview',
  'replays',
  'verify',
  'compose',
  'checks',
  'fixtures',
  'schemes',
  'settings',
]

test('the corpus on every other page and in comparisons', async ({ shell }) => {
  test.setTimeout(300_000)
  await withCorpus(shell, async ({ placed, look }) => {
    for (const name of plainPages) await look({ hash: `#/${name}/` })
    for (const shape of ['json', 'text'] as const) {
      const [a, b] = placed.bundles.filter((bundle) => bundle.shape === shape)
      await look({ hash: `#/compare~${a?.id}~${b?.id}/` })
    }
  })
})
