import { isUtf8 } from 'node:buffer'
import type { DifferencePiece } from '#contract/diagnosis.ts'

const MOST_DIFFERENCES = 12
const CONTEXT = 24
/** How far apart what came and what was signed are looked for again after a difference. */
const WINDOW = 160
/** So many equal characters end a difference. */
const SYNC = 6
const MOST_CHARACTERS = 400

/**
 * What came beside what was signed, in order, up to the first differences. As text where both are
 * UTF-8, else byte for byte as latin1.
 */
export function bodyDifference(came: Uint8Array, signed: Uint8Array): DifferencePiece[] {
  const encoding = isUtf8(came) && isUtf8(signed) ? 'utf8' : 'latin1'
  return new Differ(textOf(came, encoding), textOf(signed, encoding), encoding).run()
}

function textOf(bytes: Uint8Array, encoding: 'utf8' | 'latin1'): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding)
}

class Differ {
  readonly #came: string
  readonly #signed: string
  readonly #encoding: 'utf8' | 'latin1'
  readonly #pieces: DifferencePiece[] = []
  #left = 0
  #right = 0

  constructor(came: string, signed: string, encoding: 'utf8' | 'latin1') {
    this.#came = came
    this.#signed = signed
    this.#encoding = encoding
  }

  run(): DifferencePiece[] {
    let differences = 0
    while (this.#left < this.#came.length || this.#right < this.#signed.length) {
      this.#same(differences === 0)
      if (this.#left >= this.#came.length && this.#right >= this.#signed.length) break
      if (differences++ === MOST_DIFFERENCES) {
        this.#put('skipped', this.#came.slice(this.#left))
        break
      }
      this.#differing()
    }
    return this.#pieces
  }

  #put(kind: DifferencePiece['kind'], text: string): void {
    if (text === '') return
    const byteLength = Buffer.byteLength(text, this.#encoding)
    const shown = kind === 'skipped' ? '' : text.slice(0, MOST_CHARACTERS)
    this.#pieces.push({ kind, text: shown, byteLength })
  }

  /** Equal text: its two ends, what is between them skipped. */
  #same(isFirst: boolean): void {
    const start = this.#left
    while (
      this.#left < this.#came.length &&
      this.#right < this.#signed.length &&
      this.#came.charCodeAt(this.#left) === this.#signed.charCodeAt(this.#right)
    ) {
      this.#left++
      this.#right++
    }
    const text = this.#came.slice(start, this.#left)
    if (text.length <= 2 * CONTEXT + 8) return this.#put('same', text)
    if (!isFirst) this.#put('same', text.slice(0, CONTEXT))
    this.#put('skipped', text.slice(isFirst ? 0 : CONTEXT, -CONTEXT))
    const isLast = this.#left >= this.#came.length && this.#right >= this.#signed.length
    if (isLast) this.#put('skipped', text.slice(-CONTEXT))
    else this.#put('same', text.slice(-CONTEXT))
  }

  #differing(): void {
    const [left, right] = this.#nextSync()
    this.#put('came', this.#came.slice(this.#left, this.#left + left))
    this.#put('signed', this.#signed.slice(this.#right, this.#right + right))
    this.#left += left
    this.#right += right
  }

  /** The nearest place at which both go on alike; the rest of both when there is none near. */
  #nextSync(): [number, number] {
    const leftRest = this.#came.length - this.#left
    const rightRest = this.#signed.length - this.#right
    for (let sum = 1; sum <= WINDOW; sum++) {
      for (let left = 0; left <= sum; left++) {
        const right = sum - left
        if (left > leftRest || right > rightRest) continue
        if (this.#alikeFrom(this.#left + left, this.#right + right)) return [left, right]
      }
    }
    return [leftRest, rightRest]
  }

  #alikeFrom(left: number, right: number): boolean {
    const ends = left === this.#came.length && right === this.#signed.length
    if (ends) return true
    const length = Math.min(SYNC, this.#came.length - left, this.#signed.length - right)
    if (length === 0) return false
    for (let index = 0; index < length; index++) {
      if (this.#came.charCodeAt(left + index) !== this.#signed.charCodeAt(right + index))
        return false
    }
    return true
  }
}
