import { chromium, type Browser, type BrowserType } from '@playwright/test'
import { findChromium } from './find-chromium.ts'

/** Nothing of Chromium's own may look for the network, and no name but loopback's resolves. */
const CHROMIUM_SWITCHES = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** Headless; Playwright adds `--no-sandbox`, which root and many containers need. */
export function launchChromium(
  type: BrowserType = chromium,
  switches: readonly string[] = [],
): Promise<Browser> {
  const executablePath = process.env['COUNTERSIGN_E2E_CHROMIUM'] ?? findChromium()
  if (executablePath === null) throw new Error('Run the suite with node test/e2e/run.ts browser.')
  return type.launch({ executablePath, args: [...CHROMIUM_SWITCHES, ...switches] })
}
