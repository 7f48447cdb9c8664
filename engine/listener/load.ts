/** Each request in work costs so much besides its headers; a header counts one. */
const EACH_REQUEST = 20
/** Of a head that is not whole yet: its bytes, four bits to the right, count like headers. */
const HEAD_BYTES_SHIFT = 4
/** About 2,000 requests that wait for the disk, or nine of the largest heads: some megabytes. */
const CROWDED = 60_000
const FLOODED = 3 * CROWDED

/** More than honest senders have. */
const MANY_HEADERS = 200
/** Requests of one connection that may be under way, and while much is: the second did not wait. */
const MOST_PIPELINED = 20
const FEW_PIPELINED = 2

export function weightOfRequest(headerCount: number): number {
  return EACH_REQUEST + headerCount
}

export function weightOfHeadPart(byteLength: number): number {
  return byteLength >> HEAD_BYTES_SHIFT
}

/**
 * What all connections together have in work: requests until they are stored, and heads until they
 * are whole. Bodies are counted by BodyMemory.
 */
export class Load {
  private held = 0

  get isCrowded(): boolean {
    return this.held > CROWDED
  }

  /** Far beyond: only an attack comes here. */
  get isFlooded(): boolean {
    return this.held > FLOODED
  }

  /**
   * So many requests of one connection are read before the first is answered; the answer to the last
   * of them ends it, and its sender sends what was not answered again (RFC 9112 §9.3.2).
   */
  get mostPipelined(): number {
    return this.isCrowded ? FEW_PIPELINED : MOST_PIPELINED
  }

  /** Their memory is many times what they cost their sender: during a flood they come again later. */
  refuses(headerCount: number): boolean {
    return this.isFlooded && headerCount > MANY_HEADERS
  }

  /** Such heads make us hold more than they cost their sender, as long as their bodies drip. */
  awaitsNoBodyOf(headerCount: number): boolean {
    return this.isCrowded && headerCount > MANY_HEADERS
  }

  change(weight: number): void {
    this.held += weight
  }
}
