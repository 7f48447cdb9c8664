import { offerRestart } from './boxes.ts'
import type { Diagnostics } from './diagnostics.ts'

/** What is offered when the engine or the page stopped, and the report that is left of it. */
export class Recovery {
  readonly #diagnostics: Diagnostics

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics
  }

  engineStopped(code: number): void {
    this.#diagnostics.report('engine', `exit code ${code}`)
  }

  async engineFailed(sentence: string, retry: () => void): Promise<void> {
    console.error(sentence)
    await offerRestart({
      message: 'The engine is not running',
      detail: sentence,
      again: 'Try Again',
      report: this.#diagnostics.newestReport,
      onAgain: retry,
    })
  }

  /** @param comesBack it is loaded again by itself */
  async pageStopped(reason: string, comesBack: boolean, reload: () => void): Promise<void> {
    const report = this.#diagnostics.report('window', reason)
    if (comesBack) return
    await offerRestart({
      message: 'The window stopped four times within a minute',
      detail: 'Recording goes on; only the page is gone.',
      again: 'Load It Again',
      report,
      onAgain: reload,
    })
  }
}
