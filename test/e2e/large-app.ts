import type { Browser, CDPSession, Page } from '@playwright/test'
import { type App, startApp } from './app.ts'
import { openBrowserShell } from './browser-shell.ts'
import { openDesktopShell } from './desktop-shell.ts'
import type { ShellOption } from './fixtures.ts'
import { seed } from './seed.ts'

/** Runs a test on a program that has stored so many deliveries already. */
export async function withSeeded(
  count: number,
  shell: ShellOption['shell'],
  chrome: () => Promise<Browser>,
  use: (app: App) => Promise<void>,
): Promise<void> {
  const { app, stop, remove } = await startApp(async (dataDir, watch) => {
    seed(dataDir, count)
    return shell === 'desktop'
      ? openDesktopShell(dataDir, watch)
      : openBrowserShell(await chrome(), dataDir, watch)
  })
  try {
    await use(app)
  } finally {
    await stop()
    remove()
  }
}

/** Milliseconds from pressing the pointer to the first row that has cells; asked for before. */
export function untilFirstRow(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let pressedAtMs = Number.NaN
        document.addEventListener('pointerdown', () => (pressedAtMs = performance.now()), true)
        const look = new MutationObserver(() => {
          if (Number.isNaN(pressedAtMs)) return
          if (document.querySelector('[id^="delivery-"][role=row]') === null) return
          look.disconnect()
          resolve(performance.now() - pressedAtMs)
        })
        look.observe(document.body, { childList: true, subtree: true })
      }),
  )
}

/**
 * Drags the scrollbar from end to end and back, or lets it rest (`share` 0); the gaps between
 * frames meanwhile, sorted.
 */
export function dragEndToEnd(page: Page, frames: number, share = 1): Promise<number[]> {
  return page.evaluate(
    ({ steps, part }) =>
      new Promise<number[]>((resolve, reject) => {
        const scroller = document.querySelector('#delivery-grid [role=rowgroup]')
        if (!scroller) return reject(new Error('There is no list.'))
        const most = scroller.scrollHeight - scroller.clientHeight
        const gaps: number[] = []
        let before = performance.now()
        let step = 0
        const frame = () => {
          const now = performance.now()
          gaps.push(now - before)
          before = now
          step += 1
          const way = Math.abs(1 - Math.abs(1 - (2 * step) / steps))
          if (part > 0) scroller.scrollTop = way * most * part
          if (step < steps) requestAnimationFrame(frame)
          else resolve(gaps.sort((a, b) => a - b))
        }
        requestAnimationFrame(frame)
      }),
    { steps: frames, part: share },
  )
}

/** Bytes of JavaScript objects after the garbage is gone. */
export async function heapBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}

/** Of sorted figures the one that so many in a hundred do not exceed. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}

/** Gathers input latencies and layout shifts as the browser itself measures them, from now on. */
export async function watchInput(page: Page): Promise<() => Promise<InputReport>> {
  await page.evaluate(() => {
    const held: InputReport = { latenciesMs: [], shifts: 0 }
    Object.assign(window, { inputReport: held })
    // TypeScript's DOM does not know the threshold yet: https://w3c.github.io/event-timing/
    const events = { type: 'event', durationThreshold: 16 }
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) held.latenciesMs.push(duration)
    }).observe(events)
    const rows = document.querySelector('#delivery-grid')
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources: unknown = Reflect.get(entry, 'sources')
        const nodes = Array.isArray(sources) ? sources.map((one) => Reflect.get(one, 'node')) : []
        held.shifts += nodes.filter((node) => node instanceof Node && rows?.contains(node)).length
      }
    }).observe({ type: 'layout-shift' })
  })
  return () =>
    page.evaluate(() => {
      const held: unknown = Reflect.get(window, 'inputReport')
      return JSON.parse(JSON.stringify(held))
    })
}

export interface InputReport {
  latenciesMs: number[]
  /** How often something in the list stood elsewhere than in the frame before. */
  shifts: number
}
