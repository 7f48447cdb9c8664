import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { ZoomChange } from './page-messages.ts'

const Rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
})
export type Rectangle = z.infer<typeof Rectangle>

/** Chromium's zoom levels: 0 is the actual size, each step of 1 is a factor of 1.2. */
const LEAST_ZOOM = -3
const MOST_ZOOM = 5
const ZOOM_STEP = 0.5

const WindowState = z.object({
  bounds: Rectangle,
  maximised: z.boolean(),
  zoomLevel: z.number().min(LEAST_ZOOM).max(MOST_ZOOM).default(0),
})
export type WindowState = z.infer<typeof WindowState>

/** How much of a window must lie on a display for a person to find and drag it, in pixels. */
const GRIP_PX = 80

/** The zoom level one step on, within what can still be read and used. */
export function zoomed(level: number, change: ZoomChange): number {
  if (change === 'reset') return 0
  const next = level + (change === 'in' ? ZOOM_STEP : -ZOOM_STEP)
  return Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, next))
}

/** Reads where the window was; `null`: unknown or unreadable, then the default place is used. */
export function readWindowState(file: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Absent at the first start; a broken file costs a window position and nothing else.
    return null
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
}

/**
 * Whether the top edge of the window, by which it is dragged, still lies on one of the displays:
 * one of them may have been unplugged since.
 */
export function isReachable(bounds: Rectangle, displays: readonly Rectangle[]): boolean {
  return displays.some((display) => {
    const left = Math.max(bounds.x, display.x)
    const right = Math.min(bounds.x + bounds.width, display.x + display.width)
    const topIsInside =
      bounds.y >= display.y && bounds.y + GRIP_PX / 2 <= display.y + display.height
    return right - left >= GRIP_PX && topIsInside
  })
}
