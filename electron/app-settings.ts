import type { AppState, UpdateStep } from '#contract/app-state.ts'
import type { AppChange } from './page-messages.ts'
import type { Preferences } from './preferences.ts'
import type { StartAtLogin } from './start-at-login.ts'
import type { Updates } from './updates/updates.ts'

export interface AppSettingsOptions {
  preferences: Preferences
  login: StartAtLogin
  updates: Pick<Updates, 'allow' | 'state' | 'step'>
  /** Tells the page. */
  onChange: (state: AppState) => void
  onProblem: (sentence: string) => void
}

/** What the desktop is set to, for its page to show and to change. */
export class AppSettings {
  readonly #options: AppSettingsOptions

  constructor(options: AppSettingsOptions) {
    this.#options = options
  }

  state(): AppState {
    const { preferences, login, updates } = this.#options
    return {
      startAtLogin: login.get(),
      startAtLoginSentence: login.sentence,
      keepRunning: preferences.get().keepRunning,
      updates: updates.state(),
    }
  }

  /** What cannot be kept is said, and the page hears how it is. */
  change({ startAtLogin, keepRunning, updates }: AppChange): void {
    const { preferences, login } = this.#options
    try {
      if (startAtLogin !== undefined) login.set(startAtLogin)
      if (keepRunning !== undefined) preferences.set({ keepRunning })
      if (updates !== undefined) {
        preferences.set({ updates })
        this.#options.updates.allow(updates)
      }
    } catch (error) {
      this.#options.onProblem(error instanceof Error ? error.message : String(error))
    }
    this.tell()
  }

  step(step: UpdateStep): void {
    void this.#options.updates.step(step)
  }

  tell(): void {
    this.#options.onChange(this.state())
  }
}
