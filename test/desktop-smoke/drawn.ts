import { readFileSync } from 'node:fs'

/** A window that has drawn has text, icons and edges: a blank one has two or three colours. */
const FEWEST_COLOURS = 50
const PATIENCE_MS = 20_000
const COLOUR_ENTRY_BYTES = 12

/** Names the file that Xvfb keeps its screen in; see `packaged.ts`. */
export const SCREEN_VARIABLE = 'COUNTERSIGN_SMOKE_SCREEN'

/** Looks at the virtual display from outside until the window has drawn; on a real one it cannot. */
export async function expectDrawn(): Promise<void> {
  const file = process.env[SCREEN_VARIABLE]
  if (file === undefined) {
    console.log('The window is not looked at: this display is no Xvfb of ours.')
    return
  }
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (coloursOn(readFileSync(file)) >= FEWEST_COLOURS) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('The window stayed blank.')
}

/** How many colours a screen in X window dump format shows (XWDFile.h: 25 big-endian words). */
function coloursOn(dump: Buffer): number {
  const word = (index: number) => dump.readUInt32BE(index * 4)
  const bytesPerPixel = word(11) / 8
  const start = word(0) + word(19) * COLOUR_ENTRY_BYTES
  const seen = new Set<number>()
  for (let at = start; at + bytesPerPixel <= dump.length; at += bytesPerPixel) {
    seen.add(dump.readUIntLE(at, Math.min(bytesPerPixel, 3)))
  }
  return seen.size
}
