import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { isAppUrl } from './origin.ts'

/**
 * Whether a message comes from the main frame of `window` while it shows our own page. Frames
 * that are gone, inside another frame, or elsewhere are not listened to.
 */
export function isTrustedSender(
  event: IpcMainEvent | IpcMainInvokeEvent,
  window: BrowserWindow | null,
): boolean {
  if (window === null || window.isDestroyed()) return false
  const frame = event.senderFrame
  return (
    frame !== null &&
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    isAppUrl(frame.url)
  )
}
