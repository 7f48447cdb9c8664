import { escapeTerminal } from './escape.ts'

const EVERY_MS = 200

/** One line on standard error that is written over as things go on; nothing where nobody looks. */
export interface Progress {
  show(text: string): void
  end(): void
}

export function terminalProgress(): Progress {
  const { stderr } = process
  let shownAtMs = 0
  let shown = false
  return {
    show(text) {
      if (!stderr.isTTY || Date.now() - shownAtMs < EVERY_MS) return
      shownAtMs = Date.now()
      shown = true
      stderr.write(`\r\u001b[K${escapeTerminal(text)}`)
    },
    end() {
      if (shown) stderr.write('\r\u001b[K')
      shown = false
    },
  }
}

/** `12.3 MB`. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`
}
