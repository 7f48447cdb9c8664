import type { BrowserWindow } from 'electron'
import type { ZoomChange } from './page-messages.ts'
import { zoomed } from './window-state.ts'

/** How large the window's page is drawn; holds over reloads, and is kept with the window's place. */
export class WindowZoom {
  readonly #window: BrowserWindow
  #level: number

  constructor(window: BrowserWindow, level: number) {
    this.#window = window
    this.#level = level
    const { webContents } = window
    // Ctrl with the wheel.
    webContents.on('zoom-changed', (_event, direction) => this.change(direction))
    // A page starts at the actual size: set before it paints, and again on a page after a crash.
    webContents.on('dom-ready', () => this.#apply())
  }

  /** Chromium's zoom level: 0 is the actual size. */
  get level(): number {
    return this.#level
  }

  change(change: ZoomChange): void {
    this.#level = zoomed(this.#level, change)
    this.#apply()
  }

  #apply(): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.setZoomLevel(this.#level)
  }
}
