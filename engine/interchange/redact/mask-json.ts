import type { JsonStep } from '#contract/filter/filter.ts'
import type { MaskPath } from './mask-paths.ts'

/** What stands where a text was masked. */
export const REDACTED = 'redacted'

export interface MaskedText {
  text: string
  /** Texts and numbers that were there, so that copies elsewhere can be found. */
  values: string[]
  /** Paths that found something. */
  found: Set<MaskPath>
}

/**
 * Masks every value at one of the paths of a JSON text (RFC 8259) and leaves all other bytes as they
 * are. Of equal names all are masked, whichever a parser takes. A text becomes "redacted", a number
 * 0, true false, an object {} and an array []. `null`: this is no JSON, or nested too deep to tell.
 */
export function maskJson(text: string, paths: readonly MaskPath[]): MaskedText | null {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''))
    return new JsonMasking(text, paths).run()
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

/** Where the values at these paths stand in a JSON text; `null`: it is none. */
export function jsonSpans(
  text: string,
  paths: readonly MaskPath[],
): { from: number; to: number }[] | null {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''))
    const masking = new JsonMasking(text, paths)
    masking.run()
    return masking.spans
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

/** A path, and how many of its steps lead to where we are. */
interface Ongoing {
  path: MaskPath
  done: number
}

/** Walks a text that is known to be JSON, copying what is kept. */
class JsonMasking {
  readonly #text: string
  readonly #paths: readonly MaskPath[]
  readonly #pieces: string[] = []
  readonly spans: { from: number; to: number }[] = []
  readonly #masked: Omit<MaskedText, 'text'> = { values: [], found: new Set() }
  #at: number
  #kept = 0

  constructor(text: string, paths: readonly MaskPath[]) {
    this.#text = text
    this.#paths = paths
    this.#at = text.startsWith('\uFEFF') ? 1 : 0
  }

  run(): MaskedText {
    this.#value(this.#paths.map((path) => ({ path, done: 0 })))
    const text = this.#pieces.join('') + this.#text.slice(this.#kept)
    return { text, ...this.#masked }
  }

  #value(ongoing: readonly Ongoing[]): void {
    this.#blanks()
    const whole = ongoing.find(({ path, done }) => done === path.steps.length)
    if (whole) {
      for (const { path, done } of ongoing)
        if (done === path.steps.length) this.#masked.found.add(path)
      this.#mask()
      return
    }
    const first = this.#text[this.#at]
    if (first === '{') this.#object(ongoing)
    else if (first === '[') this.#array(ongoing)
    else this.#scalar()
  }

  #object(ongoing: readonly Ongoing[]): void {
    this.#at++
    for (;;) {
      this.#blanks()
      if (this.#takes('}')) return
      this.#takes(',')
      this.#blanks()
      const name: unknown = JSON.parse(this.#scalar())
      this.#blanks()
      this.#takes(':')
      this.#value(
        stepped(ongoing, (step) => step === 'every' || ('key' in step && step.key === name)),
      )
    }
  }

  #array(ongoing: readonly Ongoing[]): void {
    this.#at++
    for (let index = 0; ; index++) {
      this.#blanks()
      if (this.#takes(']')) return
      this.#takes(',')
      this.#value(
        stepped(ongoing, (step) => step === 'every' || ('index' in step && step.index === index)),
      )
    }
  }

  /** Steps over a text, number or word, and gives it as it stands. */
  #scalar(): string {
    const start = this.#at
    if (this.#text[start] === '"') {
      this.#at++
      while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1
      this.#at++
    } else {
      while (/[^\s,\]}:]/.test(this.#text[this.#at] ?? ' ')) this.#at++
    }
    return this.#text.slice(start, this.#at)
  }

  #mask(): void {
    const start = this.#at
    this.#pieces.push(this.#text.slice(this.#kept, start), this.#placeholder())
    this.#kept = this.#at
    this.spans.push({ from: start, to: this.#at })
  }

  #placeholder(): string {
    const first = this.#text[this.#at]
    if (first === '{' || first === '[') {
      const start = this.#at
      this.#container()
      this.#remember(JSON.parse(this.#text.slice(start, this.#at)))
      return first === '{' ? '{}' : '[]'
    }
    const value: unknown = JSON.parse(this.#scalar())
    this.#remember(value)
    if (typeof value === 'string') return JSON.stringify(REDACTED)
    if (typeof value === 'number') return '0'
    return value === null ? 'null' : 'false'
  }

  #container(): void {
    let depth = 0
    do {
      const character = this.#text[this.#at]
      if (character === '"') {
        this.#scalar()
        continue
      }
      if (character === '{' || character === '[') depth++
      if (character === '}' || character === ']') depth--
      this.#at++
    } while (depth > 0)
  }

  #remember(value: unknown): void {
    if (typeof value === 'string' || typeof value === 'number') {
      this.#masked.values.push(String(value))
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, each] of Object.entries(value)) {
        if (!Array.isArray(value)) this.#masked.values.push(name)
        this.#remember(each)
      }
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }
}

function stepped(
  ongoing: readonly Ongoing[],
  leads: (step: JsonStep) => boolean,
): readonly Ongoing[] {
  if (ongoing.length === 0) return ongoing
  return ongoing.flatMap(({ path, done }) => {
    const step = path.steps[done]
    return step !== undefined && leads(step) ? [{ path, done: done + 1 }] : []
  })
}
