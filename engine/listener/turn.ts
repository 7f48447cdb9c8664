/**
 * A place in the order in which one connection of HTTP/1 brought its requests: they are handed on in
 * that order, though a large body takes a while to be on the disk.
 */
export class Turn {
  private before: Turn | null
  private handedOn = false
  private next: (() => void) | null = null

  /** @param before whose turn is before this one; `null`: it is the first */
  constructor(before: Turn | null) {
    this.before = before
  }

  /** Acts, at once unless something before it was not handed on. To be called once. */
  take(act: () => void): void {
    const { before } = this
    if (before === null || before.handedOn) this.handOn(act)
    else before.next = () => this.handOn(act)
  }

  private handOn(act: () => void): void {
    this.before = null
    act()
    this.handedOn = true
    this.next?.()
  }
}

/** Those of one connection. */
export class Turns {
  private last: Turn | null = null

  next(): Turn {
    this.last = new Turn(this.last)
    return this.last
  }
}
