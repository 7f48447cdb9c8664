import { isAppUrl } from './origin.ts'

/** What is looked at of an IpcMainEvent. */
export interface ReceivedEvent {
  readonly sender: unknown
  /** `null`: the frame is gone. */
  readonly senderFrame: { readonly url: string } | null
}

/** What is looked at of a BrowserWindow. */
export interface ListeningWindow {
  isDestroyed(): boolean
  readonly webContents: { readonly mainFrame: unknown }
}

/**
 * Whether a message comes from the main frame of `window` while it shows our own page. Frames
 * that are gone, inside another frame, or elsewhere are not listened to.
 */
export function isTrustedSender(event: ReceivedEvent, window: ListeningWindow | null): boolean {
  if (window === null || window.isDestroyed()) return false
  const frame = event.senderFrame
  return (
    frame !== null &&
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    isAppUrl(frame.url)
  )
}
