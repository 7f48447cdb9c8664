import type { WholeBody } from '#engine/signatures/whole-body.ts'
import type { BodyGuess } from './types.ts'

const FEW_PARAMETERS = 5
const PAIRS = /^[^=&\s{["<]+=[^&\s]*(?:&[^=&\s]*=?[^&\s]*)*$/

/** A form (application/x-www-form-urlencoded) written another way; a JSON body put into one. */
export function* formGuesses(whole: WholeBody): Generator<BodyGuess> {
  const { text } = whole
  if (text === null || text === '') return
  if (!PAIRS.test(text)) {
    if (whole.json) {
      yield made(
        'as payload=, the JSON as its value',
        0.4,
        () => `payload=${encodeURIComponent(text)}`,
      )
      yield made('as payload=, the JSON as its value, blanks as +', 0.4, () =>
        new URLSearchParams({ payload: text }).toString(),
      )
    }
    return
  }
  yield* rewritten(text)
  const pairs = text.split('&')
  yield* reordered(pairs)
  const payload = new URLSearchParams(text).get('payload')
  if (payload !== null) yield made('as the JSON of payload alone', 0.3, () => payload)
}

const made = (detail: string, weight: number, make: () => string | null): BodyGuess => ({
  ...{ code: 'body-form', detail, done: `With the form written ${detail}`, weight },
  bytes: () => {
    const written = attempt(make)
    return written === null ? null : Buffer.from(written)
  },
})

function* rewritten(text: string): Generator<BodyGuess> {
  const writers: [string, number, (value: string) => string][] = [
    ['with blanks as +', 0.9, (value) => value.replace(/%20/g, '+')],
    ['with blanks as %20', 0.9, (value) => value.replace(/\+/g, '%20')],
    ['as URLSearchParams writes it', 0.8, (value) => new URLSearchParams(value).toString()],
    ['as encodeURIComponent writes it', 0.7, (value) => eachPart(value, encodeURIComponent)],
    [
      'as PHP writes it',
      0.5,
      (value) => eachPart(value, (part) => plus(rfc3986(part).replace(/~/g, '%7E'))),
    ],
    ['as Python writes it', 0.5, (value) => eachPart(value, (part) => plus(rfc3986(part)))],
    ['as RFC 3986 has it', 0.4, (value) => eachPart(value, rfc3986)],
    ['with lower-case escapes', 0.5, (value) => escapesIn(value, (hex) => hex.toLowerCase())],
    ['with upper-case escapes', 0.5, (value) => escapesIn(value, (hex) => hex.toUpperCase())],
    ['with nothing escaped', 0.2, (value) => eachPart(value, (part) => part)],
  ]
  for (const [detail, weight, write] of writers) yield made(detail, weight, () => write(text))
  for (const [detail, weight, write] of writers.slice(2)) {
    yield made(`${detail}, in order of name`, weight * 0.4, () => sorted(write(text).split('&')))
  }
}

function* reordered(pairs: readonly string[]): Generator<BodyGuess> {
  if (pairs.length < 2) return
  yield made('in order of name', 0.8, () => sorted(pairs))
  yield made('in the reverse order', 0.5, () => [...pairs].reverse().join('&'))
  if (pairs.length > FEW_PARAMETERS) return
  for (const order of permutations(pairs)) {
    yield made('in another order', 0.2, () => order.join('&'))
  }
}

function sorted(pairs: readonly string[]): string {
  return [...pairs].sort((one, other) => (one < other ? -1 : 1)).join('&')
}

const plus = (text: string) => text.replace(/%20/g, '+')
const rfc3986 = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** Every name and value decoded as a form has it, and written anew. */
function eachPart(text: string, write: (part: string) => string): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=')
      const parts = at === -1 ? [pair] : [pair.slice(0, at), pair.slice(at + 1)]
      return parts.map((part) => write(decodeURIComponent(part.replace(/\+/g, ' ')))).join('=')
    })
    .join('&')
}

function escapesIn(text: string, write: (hex: string) => string): string {
  return text.replace(/%[0-9a-fA-F]{2}/g, write)
}

export function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length <= 1) {
    yield [...items]
    return
  }
  for (let index = 0; index < items.length; index++) {
    const first = items[index]
    if (first === undefined) continue
    const rest = items.filter((_, at) => at !== index)
    for (const others of permutations(rest)) yield [first, ...others]
  }
}

/** decodeURIComponent throws for what is no escape; then the form cannot be written anew. */
function attempt(make: () => string | null): string | null {
  try {
    return make()
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
