/**
 * Streams of delivery ids that are in order and can be sought in. A *place* is an id with the sign
 * of the direction, so that places always rise: `id` upwards, `-id` downwards (newest first).
 */

/** Behind every place: the stream has ended. */
export const END = Number.POSITIVE_INFINITY

export interface IdStream {
  /**
   * The place of the next hit at `from` or behind it. One call does a bounded amount of work: when
   * that did not suffice, `hit` is false and the answer, always behind `from`, says only that
   * nothing is in front of it. `from` never falls from one call to the next.
   */
  seek(from: number): number
  /** Whether the last answer is a hit. */
  hit: boolean
}

/** The most rounds of a combination in one seek. */
const ROUNDS = 64

/** What is in any of them. */
export class Union implements IdStream {
  hit = false
  readonly #streams: readonly IdStream[]
  readonly #places: number[]

  constructor(streams: readonly IdStream[]) {
    this.#streams = streams
    this.#places = streams.map(() => -END)
  }

  seek(from: number): number {
    let first = END
    let hit = false
    for (const [index, stream] of this.#streams.entries()) {
      let place = this.#places[index] ?? END
      if (place < from || (place === from && !stream.hit)) {
        place = stream.seek(from)
        this.#places[index] = place
      }
      if (place < first) {
        first = place
        hit = stream.hit
      } else if (place === first && stream.hit) hit = true
    }
    this.hit = hit && first < END
    return first
  }
}

/** What is in all of them. */
export class Intersection implements IdStream {
  hit = false
  readonly #streams: readonly IdStream[]

  constructor(streams: readonly IdStream[]) {
    this.#streams = streams
  }

  seek(from: number): number {
    let place = from
    for (let round = 0; round < ROUNDS; round += 1) {
      let agreed = true
      for (const stream of this.#streams) {
        const next = stream.seek(place)
        if (next === END) return this.#answer(END, false)
        if (next > place || !stream.hit) agreed = false
        place = next
        if (!stream.hit) return this.#answer(place, false)
      }
      if (agreed) return this.#answer(place, true)
    }
    return this.#answer(place, false)
  }

  #answer(place: number, hit: boolean): number {
    this.hit = hit
    return place
  }
}

/** What is in the first and not in the second. */
export class Difference implements IdStream {
  hit = false
  readonly #stream: IdStream
  readonly #without: IdStream

  constructor(stream: IdStream, without: IdStream) {
    this.#stream = stream
    this.#without = without
  }

  seek(from: number): number {
    let place = from
    for (let round = 0; round < ROUNDS; round += 1) {
      place = this.#stream.seek(place)
      this.hit = false
      if (!this.#stream.hit) return place
      // Also without a hit: nothing is in front of where it stands.
      if (this.#without.seek(place) > place) {
        this.hit = true
        return place
      }
      place += 1
    }
    this.hit = false
    return place
  }
}

/** Hits of a stream for which something else holds as well. */
export class Filtered implements IdStream {
  hit = false
  readonly #stream: IdStream
  readonly #holds: (id: number) => boolean
  readonly #rounds: number
  #last = -END

  /** `rounds`: how often it may ask in one seek; 1 where asking costs much. */
  constructor(stream: IdStream, holds: (id: number) => boolean, rounds = ROUNDS) {
    this.#stream = stream
    this.#holds = holds
    this.#rounds = rounds
  }

  seek(from: number): number {
    if (this.hit && from <= this.#last) return this.#last
    this.hit = false
    let place = from
    for (let round = 0; round < this.#rounds; round += 1) {
      place = this.#stream.seek(place)
      if (!this.#stream.hit) return place
      if (this.#holds(Math.abs(place))) {
        this.hit = true
        this.#last = place
        return place
      }
      place += 1
    }
    return place
  }
}

/** Only what stands between two places; both belong to it. */
export class Between implements IdStream {
  hit = false
  readonly #stream: IdStream
  readonly #first: number
  readonly #last: number

  constructor(stream: IdStream, first: number, last: number) {
    this.#stream = stream
    this.#first = first
    this.#last = last
  }

  seek(from: number): number {
    const place = from > this.#last ? END : this.#stream.seek(Math.max(from, this.#first))
    this.hit = place <= this.#last && this.#stream.hit
    return place > this.#last ? END : place
  }
}

/** Ids that are known, as rising places. */
export class Known implements IdStream {
  hit = false
  readonly #places: ArrayLike<number>
  #at = 0

  constructor(places: ArrayLike<number>) {
    this.#places = places
  }

  seek(from: number): number {
    this.#at = firstFrom(this.#places, from, this.#at)
    const place = this.#places[this.#at]
    this.hit = place !== undefined
    return place ?? END
  }
}

/** The index of the first place at `from` or behind it, looked for from `start`. */
export function firstFrom(places: ArrayLike<number>, from: number, start: number): number {
  let step = 1
  let low = start
  while (low + step < places.length && (places[low + step] ?? END) < from) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, places.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? END) < from) low = middle + 1
    else high = middle
  }
  return low
}
