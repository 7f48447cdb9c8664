const MOST = 100

/**
 * Sentences about what could not be carried over: equal ones once with a count, in the order in
 * which they first came, at most 100 different ones.
 */
export class Warnings {
  readonly #counts = new Map<string, number>()
  #further = 0

  add(sentence: string): void {
    const count = this.#counts.get(sentence)
    if (count !== undefined) this.#counts.set(sentence, count + 1)
    else if (this.#counts.size < MOST - 1) this.#counts.set(sentence, 1)
    else this.#further++
  }

  addAll(sentences: Iterable<string>): void {
    for (const sentence of sentences) this.add(sentence)
  }

  /** As they are told: `Sentence. (12 times)`. */
  list(): string[] {
    const told = [...this.#counts].map(([sentence, count]) =>
      count === 1 ? sentence : `${sentence} (${count.toLocaleString('en-US')} times)`,
    )
    if (this.#further === 0) return told
    const more = this.#further === 1 ? 'One more warning' : `${this.#further} more warnings`
    return [...told, `${more} of other kinds.`]
  }
}
