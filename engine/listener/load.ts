/** Each request in work costs so much besides its headers; a header counts one. */
const EACH_REQUEST = 20
/** Of a head that is not whole yet: its bytes, four bits to the right, count like headers. */
const HEAD_BYTES_SHIFT = 4
/** About 600 requests that wait for the disk: some megabytes. */
const CROWDED = 20_000
const FLOODED = 10 * CROWDED
const ROOM_AGAIN = CROWDED / 2

/** More than honest senders have: where much is in work, nobody waits for the bodies of such heads. */
const MANY_HEADERS = 200

export function hasManyHeaders({ rawHeaders }: { rawHeaders: readonly unknown[] }): boolean {
  return rawHeaders.length > MANY_HEADERS
}

export function weightOfRequest(headerCount: number): number {
  return EACH_REQUEST + headerCount
}

export function weightOfHeadPart(byteLength: number): number {
  return byteLength >> HEAD_BYTES_SHIFT
}

/**
 * What all connections together have in work: requests until they are stored, and heads until they
 * are whole. Bodies are counted by BodyMemory. Where it is much, reading waits.
 */
export class Load {
  private held = 0
  private waiting = new Set<() => void>()

  /** Who has requests waiting already sends no more of them for now. */
  get isCrowded(): boolean {
    return this.held > CROWDED
  }

  /** Far beyond: only an attack comes here. */
  get isFlooded(): boolean {
    return this.held > FLOODED
  }

  take(weight: number): void {
    this.held += weight
  }

  give(weight: number): void {
    this.held -= weight
    if (this.held > ROOM_AGAIN || this.waiting.size === 0) return
    const all = this.waiting
    this.waiting = new Set()
    for (const wake of all) wake()
  }

  /** Calls back once, when there is room again. */
  whenLess(wake: () => void): void {
    this.waiting.add(wake)
  }

  forget(wake: () => void): void {
    this.waiting.delete(wake)
  }
}
