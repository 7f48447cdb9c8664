/** What the desktop tells its page of itself; in the browser shell there is none. */
export interface AppState {
  /** `null`: this copy cannot be started at login; `startAtLoginSentence` says why. */
  readonly startAtLogin: boolean | null
  readonly startAtLoginSentence: string | null
  /** Whether closing the window leaves Countersign recording. */
  readonly keepRunning: boolean
  readonly updates: UpdateState
}

/**
 * `idle`: nothing newer is known. `found`: there is a newer one; its notes are read before anything
 * is fetched. `ready`: fetched and checked. `waiting`: it is installed as soon as no deliveries
 * arrive. `failed`: `sentence` says what.
 */
export type UpdatePhase =
  'idle' | 'checking' | 'found' | 'downloading' | 'ready' | 'waiting' | 'installing' | 'failed'

export interface UpdateState {
  /** Nothing is asked for over the network until the person allows it. */
  readonly allowed: boolean
  /** Whether this copy replaces itself, is replaced by hand, or knows of no updates. */
  readonly way: 'itself' | 'by-hand' | 'none'
  readonly phase: UpdatePhase
  readonly version: string | null
  /** Of the version that was found; plain text. */
  readonly notes: string | null
  readonly percent: number | null
  readonly sentence: string | null
  /** Where versions can be fetched by hand. */
  readonly page: string | null
}

/** What a person does about updates, a step at a time. */
export type UpdateStep = 'check' | 'download' | 'install' | 'later'
