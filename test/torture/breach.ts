/** What was promised does not hold: the torture ends here, and its data directory is kept. */
export class Breach extends Error {
  override readonly name = 'Breach'
  /** What to look at: ids, names, states. */
  readonly found: unknown
  constructor(sentence: string, found: unknown) {
    super(sentence)
    this.found = found
  }
}

/** @throws Breach when there is anything in `wrong`; the first few are told */
export function expectNone(sentence: string, wrong: readonly unknown[]): void {
  if (wrong.length > 0) throw new Breach(`${sentence} (${wrong.length})`, wrong.slice(0, 5))
}
