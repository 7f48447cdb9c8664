import { basename } from 'node:path'
import type { ApiClient } from '#contract/client.ts'
import { importOpenedFile } from './opened-files.ts'

/** How the import of an opened file ended, for the page to say. */
export interface ImportOutcome {
  name: string
  added: number
  alreadyHere: number
  problem: string | null
}

export interface FileOpenerOptions {
  /** `null`: there is no engine yet. */
  client: () => ApiClient | null
  onImported: (outcome: ImportOutcome) => void
}

/** Imports files that the OS hands over, one after another, as soon as there is an engine. */
export class FileOpener {
  readonly #options: FileOpenerOptions
  readonly #waiting: string[] = []
  #busy = false

  constructor(options: FileOpenerOptions) {
    this.#options = options
  }

  open(files: readonly string[]): void {
    this.#waiting.push(...files)
    void this.#work()
  }

  engineIsThere(): void {
    void this.#work()
  }

  async #work(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const client = this.#options.client()
      const file = client === null ? undefined : this.#waiting.shift()
      if (client === null || file === undefined) break
      this.#options.onImported(await outcomeOf(client, file))
    }
    this.#busy = false
  }
}

async function outcomeOf(client: ApiClient, file: string): Promise<ImportOutcome> {
  const name = basename(file)
  try {
    const { added, alreadyHere, problem } = await importOpenedFile(client, file)
    return { name, added, alreadyHere, problem }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { name, added: 0, alreadyHere: 0, problem }
  }
}
