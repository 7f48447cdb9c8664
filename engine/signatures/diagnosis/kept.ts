/** What a generator yields, made when first asked for and kept for the next time. */
export class Kept<Item> implements Iterable<Item> {
  readonly #made: Item[] = []
  readonly #source: Iterator<Item>

  constructor(source: Iterable<Item>) {
    this.#source = source[Symbol.iterator]()
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (let index = 0; ; index++) {
      if (index === this.#made.length) {
        const next = this.#source.next()
        if (next.done) return
        this.#made.push(next.value)
      }
      const item = this.#made[index]
      if (item !== undefined) yield item
    }
  }
}
