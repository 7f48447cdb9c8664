import type { BrowserContext, ElectronApplication, Page } from '@playwright/test'

/** One run of the program with its page. */
export interface Shell {
  context: BrowserContext
  page: Page
  /** The browser shell's doors; `null` in the desktop. */
  web: WebDoors | null
  /** `null` in the browser. */
  electron: ElectronApplication | null
  /** Ends it as a person would, and waits until it has ended. */
  close(): Promise<void>
}

export interface WebDoors {
  /** Such as `http://127.0.0.1:4200`. */
  origin: string
  /** The one-time link that the page was opened with. */
  usedLink: string
  /** The process that listens and serves the page. */
  pid: number
  api: { url: string; token: string }
}
