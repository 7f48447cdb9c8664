import { app, clipboard } from 'electron'
import type { ApiClient } from '#contract/client.ts'
import { readLog } from '#engine/logs/read-log.ts'
import { logsFolder } from '#engine/logs/rotating-file.ts'
import { type Crash, writeCrashReport } from './crash-report.ts'
import { type Running, shellFacts } from './facts.ts'
import { packageType } from './updates/open-updates.ts'

const LINES = 100

export interface DiagnosticsOptions {
  dataDir: string
  client: () => ApiClient | null
}

/** What helps somebody to help: for the clipboard, or in a file after a crash. */
export class Diagnostics {
  readonly running: Running
  readonly #options: DiagnosticsOptions
  #newest: string | null = null

  constructor(options: DiagnosticsOptions) {
    this.#options = options
    this.running = {
      version: app.getVersion(),
      versions: process.versions,
      platform: process.platform,
      arch: process.arch,
      isPackaged: app.isPackaged,
      kind: process.env['APPIMAGE'] === undefined ? packageType() : 'AppImage',
    }
  }

  /** The report of the last crash since the start. */
  get newestReport(): string | null {
    return this.#newest
  }

  /** @returns the file; `null`: it could not be written, which is said */
  report(what: Crash['what'], reason: string): string | null {
    const { dataDir } = this.#options
    try {
      const lines = readLog(logsFolder(dataDir), LINES, 'info')
      const facts = shellFacts(this.running)
      this.#newest = writeCrashReport(dataDir, { what, reason, facts, lines })
      console.error(`A report lies at ${this.#newest}. It stays on this computer.`)
      return this.#newest
    } catch (error) {
      console.error('The report of a crash could not be written:', error)
      return null
    }
  }

  /** No bodies, no secrets: facts, problems and the newest lines of the log. */
  async copy(): Promise<void> {
    const text = [...shellFacts(this.running), '', await this.#engineText()].join('\n')
    await clipboard.writeText(text)
  }

  async #engineText(): Promise<string> {
    try {
      const client = this.#options.client()
      if (client !== null) return (await client.logs.diagnostics()).text
    } catch (error) {
      console.error('The engine could not be asked:', error)
    }
    const lines = readLog(logsFolder(this.#options.dataDir), LINES, 'info')
    return ['The engine does not answer.', ...lines.map((line) => JSON.stringify(line))].join('\n')
  }
}
