/** Goes from place to place inside the page, which is quicker than pressing what leads there. */
import type { Page } from '@playwright/test'

/** Lays the guide into the page; `hostileGuide(place)` then resolves once the place stands still. */
export async function installGuide(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const until = async (what: string, holds: () => boolean) => {
      for (const end = performance.now() + 20_000; !holds(); await frame()) {
        if (performance.now() > end) throw new Error(`${location.hash}: ${what}`)
      }
    }
    /** Words that stand where something is still to come; `Pause` in renderer/body. */
    const waiting = () => document.querySelector('p[role=status].p-4.text-ink-3') !== null
    const settled = async () => {
      let before = -1
      let alike = 0
      await until('does not come to rest', () => {
        const now = document.getElementsByTagName('*').length
        alike = now === before && !waiting() ? alike + 1 : 0
        before = now
        return alike >= 3
      })
    }
    const named = (selector: string, text: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].find(
        ({ textContent }) => textContent.replace(', has something', '').trim() === text,
      )
    const visit = async (place: { hash: string; tab?: string; view?: string }) => {
      if (location.hash !== place.hash) location.hash = place.hash
      const id = /\/(\d+)(?:\?|$)/.exec(place.hash)?.[1]
      const article = `article[aria-label="Delivery ${id}"]`
      if (id !== undefined) {
        await until('no delivery', () => document.querySelector(article) !== null)
      }
      const { tab, view } = place
      if (tab !== undefined) {
        const find = () => named(`${article} [role=tab]`, tab)
        await until(`no tab ${tab}`, () => find() !== undefined)
        if (find()?.getAttribute('aria-selected') !== 'true') find()?.click()
        await until(`not at ${tab}`, () => find()?.getAttribute('aria-selected') === 'true')
      }
      if (view !== undefined) {
        const group = `${article} [role=tabpanel] [role=radiogroup] label`
        await until(`no view ${view}`, () => named(group, view) !== undefined)
        named(group, view)?.click()
        const isChosen = () => named(group, view)?.querySelector('input')?.checked === true
        await until(`not as ${view}`, isChosen)
      }
      await settled()
    }
    Object.assign(window, { hostileGuide: visit })
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
