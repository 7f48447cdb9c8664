import type { ListPosition } from '#contract/delivery.ts'
import type { Budget } from './budget.ts'
import { END, type IdStream } from './id-stream.ts'
import { RunStream } from './runs.ts'

/** Rows one after another in the order of a view, or against it. */
export interface Walk {
  /** Goes to the next row; `time`: the budget is spent, `position` tells how far it came. */
  next(budget: Budget): 'row' | 'end' | 'time'
  /** Where it stands: at a row, or at what was looked at last. */
  position(): ListPosition
  /** Where it is cheap: goes to the `count`th of the rows that come; `null`: there are fewer. */
  jump?: (count: number) => ListPosition | null
}

export interface TimeSpan {
  /** The id behind which it begins (exclusive), and the one in front of which it ends. */
  start: number | null
  end: number | null
}

/** In order of arrival: the order that ids are given in. */
export class TimeWalk implements Walk {
  readonly jump?: (count: number) => ListPosition | null
  readonly #stream: IdStream
  readonly #sign: 1 | -1
  readonly #end: number
  /** The first place that was not looked at. */
  #from: number

  constructor(stream: IdStream, descending: boolean, { start, end }: TimeSpan) {
    this.#stream = stream
    this.#sign = descending ? -1 : 1
    this.#from = this.#sign * (start ?? (descending ? Number.MAX_SAFE_INTEGER : 0)) + 1
    this.#end = end === null ? END : this.#sign * end
    if (stream instanceof RunStream) this.jump = (count) => this.#jump(stream, count)
  }

  next(budget: Budget): 'row' | 'end' | 'time' {
    do {
      const place = this.#stream.seek(this.#from)
      if (place >= this.#end) return 'end'
      if (this.#stream.hit) {
        this.#from = place + 1
        return 'row'
      }
      this.#from = place
    } while (!budget.spent())
    return 'time'
  }

  position(): ListPosition {
    return { id: this.#sign * (this.#from - 1), value: null }
  }

  #jump(stream: RunStream, count: number): ListPosition | null {
    const place = stream.nth(this.#from, count)
    if (place >= this.#end) return null
    this.#from = place + 1
    return this.position()
  }
}
