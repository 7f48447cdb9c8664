import type { BrowserContext, Page } from '@playwright/test'

/** Collects what must never happen in a page; a test fails when anything is left in it. */
export interface PageWatch {
  /** Sentences, in the order in which it happened, without what was allowed. */
  problems(): string[]
  /** For tests that cause an error on purpose: what matches is no problem, before and after. */
  allow(pattern: RegExp): void
  /** Watches a context and every page in it; the policy's violations from the next load on. */
  follow(context: BrowserContext, ownOrigin: string): Promise<void>
  /** Whether what a page shows was watched from its first request on. */
  sawFromTheStart(page: Page): Promise<boolean>
}

const VIOLATION = 'countersign-e2e-violation:'

/** Runs in the page before anything of it does. */
function reportViolations(mark: string): void {
  Reflect.set(window, mark, true)
  document.addEventListener('securitypolicyviolation', (event) => {
    const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event
    console.error(
      `${mark} ${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber} ${sample}`,
    )
  })
}

/** Only the app's own origin, and what never leaves the page. */
function staysHere(text: string, ownOrigin: string): boolean {
  const url = new URL(text)
  if (['data:', 'blob:', 'about:', 'devtools:'].includes(url.protocol)) return true
  const own = new URL(ownOrigin)
  const sameHost = url.host === own.host
  return sameHost && (url.protocol === own.protocol || url.protocol === 'ws:')
}

export function watchPages(): PageWatch {
  const seen: string[] = []
  const allowed: RegExp[] = []
  const watchSockets = (page: Page, ownOrigin: string) => {
    page.on('websocket', (socket) => {
      if (!staysHere(socket.url(), ownOrigin)) seen.push(`left the app: ${socket.url()}`)
    })
  }
  return {
    problems: () => seen.filter((text) => !allowed.some((pattern) => pattern.test(text))),
    allow: (pattern) => void allowed.push(pattern),
    follow: async (context, ownOrigin) => {
      context.on('console', (message) => {
        if (message.type() !== 'error') return
        seen.push(`console error: ${message.text()} (${message.location().url})`)
      })
      context.on('weberror', (error) => {
        seen.push(`page error: ${error.error().stack ?? String(error.error())}`)
      })
      context.on('request', (request) => {
        if (!staysHere(request.url(), ownOrigin)) seen.push(`left the app: ${request.url()}`)
      })
      for (const page of context.pages()) watchSockets(page, ownOrigin)
      context.on('page', (page) => watchSockets(page, ownOrigin))
      await context.addInitScript(reportViolations, VIOLATION)
    },
    sawFromTheStart: (page) =>
      page.evaluate((mark) => Reflect.get(window, mark) === true, VIOLATION),
  }
}
