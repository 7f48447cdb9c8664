import type { KnownFailure, ProgramData } from './program-data.ts'

/** What the output of a program has told so far. */
export interface OutputReading {
  add(line: string): void
  /** The public URL; `null`: not told yet. */
  readonly url: string | null
  /** It said that senders get through. */
  readonly isConnected: boolean
  /** What it failed of, where that is known. */
  readonly failure: KnownFailure | null
  /** The last lines that are worth reading. */
  lastWords(): string[]
}

const KEPT_LINES = 12
const SHOWN_CHARACTERS = 400
const CREDENTIAL = /((?:auth)?token\W{1,4}|password\W{1,4}|secret\W{1,4})[\w.~+/=-]{6,}/gi

/**
 * Reads the output of a tunnel program line by line.
 * @param knownUrl where the public URL is known beforehand, and the program tells none
 */
export function readOutput(program: ProgramData, knownUrl: string | null): OutputReading {
  const kept: string[] = []
  let url: string | null = null
  let isConnected = false
  let failure: KnownFailure | null = null
  let counts = program.urlAfter === undefined
  const connected = knownUrl === null ? program.connected : program.connectedForKnownUrl
  return {
    add(line) {
      counts ||= program.urlAfter?.test(line) ?? false
      if (counts && knownUrl === null) url ??= urlIn(line, program.url)
      isConnected ||= connected?.test(line) ?? url !== null
      if (isConnected && knownUrl !== null) url ??= knownUrl
      failure = program.failures.find((each) => each.line.test(line)) ?? failure
      if (line.trim() === '' || program.noise?.test(line)) return
      kept.push(line.replace(CREDENTIAL, '$1…').slice(0, SHOWN_CHARACTERS))
      if (kept.length > KEPT_LINES) kept.shift()
    },
    get url() {
      return url
    },
    get isConnected() {
      return isConnected
    },
    get failure() {
      return failure
    },
    lastWords: () => [...kept],
  }
}

function urlIn(line: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = pattern.exec(line)?.[1]
    if (found === undefined) continue
    const url = found.replace(/[/.,;]+$/, '')
    if (isPlainUrl(url)) return url
  }
  return null
}

/** Nothing but scheme, host and port: it is shown, copied and signed. */
function isPlainUrl(text: string): boolean {
  return /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i.test(text)
}
