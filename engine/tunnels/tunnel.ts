import type { TunnelState } from '#contract/tunnel.ts'
import { type GuardedChild, guardedChild } from './guarded-child.ts'
import { readOutput } from './output-reading.ts'
import type { ProgramData } from './program-data.ts'
import type { Target } from './target.ts'

/** Without a public URL for so long, it has failed. */
const OPENS_WITHIN_MS = 30_000
/** With one, it counts as open although it has not said that senders get through. */
const TRUSTED_AFTER_MS = 10_000

export interface TunnelOptions {
  program: ProgramData
  file: string
  target: Target
  env: Readonly<Record<string, string>>
  platform: NodeJS.Platform
  onChange(): void
  opensWithinMs?: number
}

/** One run of a tunnel program. It is never started again by itself. */
export class Tunnel {
  readonly target: Target
  private readonly options: TunnelOptions
  private readonly child: GuardedChild
  private readonly output: ReturnType<typeof readOutput>
  private readonly sinceMs = Date.now()
  private current: TunnelState
  private readonly timers: NodeJS.Timeout[] = []
  private stopping = false
  private named = false

  constructor(options: TunnelOptions) {
    const { program, file, target, env, platform } = options
    this.options = options
    this.target = target
    this.current = { state: 'starting', program: program.id, sinceMs: this.sinceMs }
    this.output = readOutput(program, target.knownUrl)
    this.child = guardedChild({
      ...{ file, args: target.arguments, env, platform },
      onLine: (line) => this.heard(line),
    })
    const { opensWithinMs = OPENS_WITHIN_MS } = options
    this.timers.push(setTimeout(() => this.tooLate(opensWithinMs), opensWithinMs))
    void this.child.ended.then(({ code, problem }) => this.endedByItself(code, problem))
  }

  get state(): TunnelState {
    return this.current
  }

  /** Resolves when its program has ended. */
  async gone(): Promise<void> {
    await this.child.ended
  }

  /** Ends it. `why`: a sentence where the person did not ask for it, and it has failed. */
  async end(why: string | null): Promise<void> {
    this.stopping = true
    this.clear()
    this.become(why === null ? { state: 'off' } : this.failed(why, null))
    await this.child.end()
  }

  private heard(line: string): void {
    const { output, current } = this
    output.add(line)
    if (current.state !== 'starting' || this.stopping) return
    const { failure, url } = output
    if (failure?.final) {
      this.fail(`${this.options.program.name} could not open a tunnel.`, failure.remedy)
    } else if (url !== null && output.isConnected) this.open(url)
    else if (url !== null && !this.named) {
      this.named = true
      this.clear()
      this.timers.push(setTimeout(() => this.open(url), TRUSTED_AFTER_MS))
    }
  }

  private open(url: string): void {
    const { pid } = this.child
    if (this.current.state !== 'starting' || this.stopping) return
    this.clear()
    const { id } = this.options.program
    this.become({ state: 'open', program: id, sinceMs: this.sinceMs, url, pid: pid ?? 0 })
  }

  private tooLate(ms: number): void {
    const { name } = this.options.program
    const remedy = this.output.failure?.remedy ?? null
    this.fail(`${name} told no public URL within ${Math.round(ms / 1000)} s and was ended.`, remedy)
  }

  private endedByItself(code: number | null, problem: string | null): void {
    this.clear()
    if (this.stopping) return
    const { name } = this.options.program
    const how = problem ?? (code === null ? 'it says nothing' : `exit code ${code}`)
    const what =
      this.current.state === 'open'
        ? `The tunnel by ${name} ended`
        : `${name} could not open a tunnel`
    this.stopping = true
    this.become(this.failed(`${what} (${how}).`, this.output.failure?.remedy ?? null))
  }

  private fail(sentence: string, remedy: string | null): void {
    this.stopping = true
    this.clear()
    this.become(this.failed(sentence, remedy))
    void this.child.end()
  }

  private failed(sentence: string, remedy: string | null): TunnelState {
    const program = this.options.program.id
    const lastWords = this.output.lastWords()
    return { state: 'failed', program, atMs: Date.now(), sentence, remedy, lastWords }
  }

  private become(state: TunnelState): void {
    this.current = state
    this.options.onChange()
  }

  private clear(): void {
    for (const timer of this.timers.splice(0)) clearTimeout(timer)
  }
}
