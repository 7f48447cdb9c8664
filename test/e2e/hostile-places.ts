/** Goes from place to place inside the page, which is quicker than pressing what leads there. */
import type { Page } from '@playwright/test'

/** Lays the guide into the page; `hostileGuide(place)` then resolves once the place stands still. */
export async function installGuide(page: Page): Promise<void> {
  await page.evaluate(() => {
    const patienceMs = 20_000
    const until = async (what: string, holds: () => boolean) => {
      const end = performance.now() + patienceMs
      while (!holds()) {
        if (performance.now() > end) throw new Error(`${location.hash}: ${what}`)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    }
    /** Words that stand where something is still to come; `Pause` in renderer/body. */
    const pause = 'p[role=status].p-4.text-ink-3'
    const settled = async () => {
      let before = -1
      let alike = 0
      await until('does not come to rest', () => {
        const now = document.getElementsByTagName('*').length
        const isWaiting = document.querySelector(pause) !== null
        alike = now === before && !isWaiting ? alike + 1 : 0
        before = now
        return alike >= 3
      })
    }
    const guide = async (place: { hash: string; tab?: string; view?: string }) => {
      if (location.hash !== place.hash) location.hash = place.hash
      const id = /\/(\d+)(?:\?|$)/.exec(place.hash)?.[1]
      const article = `article[aria-label="Delivery ${id}"]`
      const named = (selector: string, text: string) =>
        [...document.querySelectorAll<HTMLElement>(`${article} ${selector}`)].find(
          ({ textContent }) => textContent.replace(', has something', '').trim() === text,
        )
      if (id !== undefined) {
        await until('no delivery', () => document.querySelector(article) !== null)
      }
      const { tab, view } = place
      if (tab !== undefined) {
        const find = () => named('[role=tab]', tab)
        await until(`no tab ${tab}`, () => find() !== undefined)
        if (find()?.getAttribute('aria-selected') !== 'true') find()?.click()
        await until(`not at ${tab}`, () => find()?.getAttribute('aria-selected') === 'true')
      }
      if (view !== undefined) {
        const group = '[role=tabpanel] [role=radiogroup] label'
        await until(`no view ${view}`, () => named(group, view) !== undefined)
        named(group, view)?.click()
        const isChosen = () => named(group, view)?.querySelector('input')?.checked === true
        await until(`not as ${view}`, isChosen)
      }
      await settled()
    }
    Object.assign(window, { hostileGuide: guide })
  })
}

export interface Place {
  hash: string
  /** A tab of the delivery there. */
  tab?: string
  /** A view of its body. */
  view?: string
}

export async function visit(page: Page, place: Place): Promise<void> {
  await page.evaluate(async (to) => {
    const guide: unknown = Reflect.get(window, 'hostileGuide')
    if (typeof guide !== 'function') throw new Error('The guide is not installed.')
    await guide(to)
  }, place)
}
