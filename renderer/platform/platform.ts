/** What the desktop preload puts on the page. */
export interface DesktopBridge {
  readonly shell: 'desktop'
  readonly platform: string
  /** Asks for a port to the engine; it comes back as a `countersign:port` message. */
  requestPort(): void
  openExternal(url: string): unknown
  copyText?(text: string): Promise<void>
  saveFile?(name: string, contents: Blob): Promise<unknown> | undefined
}

declare global {
  interface Window {
    countersign?: DesktopBridge
  }
}

/** What the host can do; features ask this and never which shell they run in. */
export interface Platform {
  /** The engine belongs to this window and is restarted with it in view. */
  readonly ownsEngine: boolean
  readonly isMac: boolean
  /** Opens a documentation link outside the app. */
  openLink(url: string): void
  /** Lets the person keep some bytes as a file. */
  saveFile(name: string, contents: Blob): Promise<void>
  copyText(text: string): Promise<void>
}

async function saveByDownload(name: string, contents: Blob): Promise<void> {
  const url = URL.createObjectURL(contents)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  URL.revokeObjectURL(url)
}

function browserPlatform(): Platform {
  return {
    ownsEngine: false,
    isMac: navigator.userAgent.includes('Mac OS'),
    openLink: (url) => {
      window.open(url, '_blank', 'noopener,noreferrer')
    },
    saveFile: saveByDownload,
    copyText: (text) => navigator.clipboard.writeText(text),
  }
}

function desktopPlatform(bridge: DesktopBridge): Platform {
  const browser = browserPlatform()
  return {
    ...browser,
    ownsEngine: true,
    isMac: bridge.platform === 'darwin',
    // The desktop page has no clipboard permission of its own.
    copyText: (text) => bridge.copyText?.(text) ?? browser.copyText(text),
    openLink: (url) => {
      bridge.openExternal(url)
    },
    saveFile: async (name, contents) => {
      if (bridge.saveFile) await bridge.saveFile(name, contents)
      else await saveByDownload(name, contents)
    },
  }
}

export const platform: Platform = window.countersign
  ? desktopPlatform(window.countersign)
  : browserPlatform()
