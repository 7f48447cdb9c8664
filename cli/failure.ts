/** A command that did not do what it was asked; the message says what to do next. */
export class CommandFailure extends Error {
  override name = 'CommandFailure'
  /** 1: it went wrong. 2: it was called wrongly. */
  readonly exitCode: 1 | 2
  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

export function usageFailure(message: string): CommandFailure {
  return new CommandFailure(2, message)
}

export function runtimeFailure(message: string, cause?: unknown): CommandFailure {
  return new CommandFailure(1, message, { cause })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
