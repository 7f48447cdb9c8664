/** A field of a form, in its order. */
export interface FormPair {
  name: string
  value: string
  /** Another field before it has this name. */
  repeated: boolean
  /** Percent signs that stand for no character; they are shown as they came. */
  broken: boolean
}

export interface Form {
  pairs: FormPair[]
  total: number
}

/** The fields of `application/x-www-form-urlencoded` text, as URLSearchParams reads them; at most so many. */
export function formPairs(text: string, most: number): Form {
  const written = text.split('&').filter((pair) => pair !== '')
  const seen = new Set<string>()
  const pairs = written.slice(0, most).map((pair) => {
    const equals = pair.indexOf('=')
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals))
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1))
    const repeated = seen.has(name.text)
    seen.add(name.text)
    return { name: name.text, value: value.text, repeated, broken: name.broken || value.broken }
  })
  return { pairs, total: written.length }
}

function decoded(written: string): { text: string; broken: boolean } {
  const text = written.replaceAll('+', ' ').replace(/[\r\n]+$/, '')
  try {
    return { text: decodeURIComponent(text), broken: false }
  } catch {
    return { text, broken: true }
  }
}

/** Whether a text is a form: fields with their names, and nothing that a form has to escape. */
export function looksLikeForm(start: string): boolean {
  return /^[\w.~%+*[\]-]+=[^\s<>{}"&=]*(?:&[\w.~%+*[\]-]+=[^\s<>{}"&=]*)*\s*$/.test(start)
}
