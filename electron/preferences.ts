import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const Values = z.object({
  /** Whether newer versions may be asked for over the network. */
  updates: z.boolean().default(false),
  /** Whether closing the window leaves Countersign recording; macOS has the habit that it does. */
  keepRunning: z.boolean().optional(),
  /** That it goes on recording was said once. */
  saidKeepsRunning: z.boolean().default(false),
})
type Values = z.infer<typeof Values>

export interface PreferenceValues extends Values {
  keepRunning: boolean
}

/** What the person chose of the desktop itself; kept beside the window's place. */
export class Preferences {
  readonly #file: string
  readonly #platform: NodeJS.Platform
  #values: Values

  /** @param file absolute; a broken one costs these choices and nothing else */
  constructor(file: string, platform: NodeJS.Platform) {
    this.#file = file
    this.#platform = platform
    this.#values = read(file)
  }

  get(): PreferenceValues {
    return {
      ...this.#values,
      keepRunning: this.#values.keepRunning ?? this.#platform === 'darwin',
    }
  }

  /** Throws what the file system refuses; then nothing changed. */
  set(change: Partial<PreferenceValues>): void {
    const next = { ...this.#values, ...change }
    const whole = `${this.#file}.new`
    writeFileSync(whole, JSON.stringify(next), { mode: 0o600 })
    renameSync(whole, this.#file)
    this.#values = next
  }
}

function read(file: string): Values {
  try {
    return Values.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Absent at the first start.
    return Values.parse({})
  }
}
