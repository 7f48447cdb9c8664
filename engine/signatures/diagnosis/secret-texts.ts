import type { Scheme } from '#contract/scheme.ts'
import type { Change } from './types.ts'

/** A text that the secret may have been meant to be. */
export interface SecretText {
  text: string
  changes: readonly Change[]
}

/** The secret as it is, cleaned of what was pasted around it, and each with other prefixes. */
export function secretTexts(scheme: Scheme, text: string): SecretText[] {
  const asStored: SecretText = { text, changes: [] }
  const clean = cleaned(text)
  return [asStored, ...clean].flatMap((each) => [each, ...prefixed(scheme, each)])
}

const BLANKS = /^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g
const ASSIGNMENT = /^(?:(?:export|set|setx)\s+|\$env:)?[A-Za-z_][A-Za-z0-9_.]*\s*(?:=|:\s)\s*/
const QUOTES = /^(["'`“‘«])([^]*)(["'`”’»])$/

/** Each step of taking away what surrounds a secret, one after another, then what adds a newline. */
function cleaned(text: string): SecretText[] {
  const found: SecretText[] = []
  const done: string[] = []
  let at = text
  for (let round = 0; round < 3; round++) {
    const before = at
    at = step(at, at.replace(BLANKS, ''), 'blanks or newlines around it', done, found)
    // Base64 ends in `=` and has none elsewhere: it is no assignment.
    if (/=[^=]/.test(at) || /:\s/.test(at)) {
      at = step(at, at.replace(ASSIGNMENT, ''), 'the assignment before it', done, found)
    }
    at = step(at, at.replace(/[;,]$/, ''), 'the mark after it', done, found)
    at = step(at, at.replace(QUOTES, '$2'), 'the quotes around it', done, found)
    if (at === before) break
  }
  const inner = at.startsWith('-----') ? at.replace(/\\n/g, '\n') : at.replace(/\s+/g, '')
  step(
    at,
    inner,
    at.startsWith('-----') ? 'the escaped line ends in it' : 'the blanks in it',
    done,
    found,
  )
  for (const [end, name] of [
    ['\n', 'newline'],
    ['\r\n', 'CRLF'],
  ] as const) {
    found.push({ text: text + end, changes: [added(name)] })
  }
  return found
}

function step(
  before: string,
  after: string,
  what: string,
  done: string[],
  found: SecretText[],
): string {
  if (after === before || after === '') return before
  done.push(what)
  const all = done.join(' and ')
  const change: Change = {
    ...{ code: 'secret-whitespace', what: 'secret', from: 'as stored', to: `without ${all}` },
    detail: `The stored secret has more than the secret itself: ${all}.`,
    done: `With ${all} removed from the secret`,
    weight: 1,
  }
  found.push({ text: after, changes: [change] })
  return after
}

function added(name: string): Change {
  return {
    ...{ code: 'secret-whitespace', what: 'secret', from: 'as stored', to: `with a final ${name}` },
    detail: `The sender’s secret ends with a ${name}.`,
    done: `With a final ${name} added to the secret`,
    weight: 0.3,
  }
}

const KNOWN_PREFIXES = ['whsec_']

function prefixed(scheme: Scheme, { text, changes }: SecretText): SecretText[] {
  if (changes.some(({ weight }) => weight < 1) || text.startsWith('-----')) return []
  const found: SecretText[] = []
  const own = scheme.secretPrefix
  for (const pattern of [/^[A-Za-z][A-Za-z0-9]*[_-]/, /^[A-Za-z0-9_]*_(?=[^_]+$)/]) {
    const prefix = pattern.exec(text)?.[0]
    if (prefix === undefined || prefix.length > 24 || prefix.length === text.length) continue
    found.push({ text: text.slice(prefix.length), changes: [...changes, dropped(prefix)] })
  }
  for (const prefix of new Set([...(own ? [own] : []), ...KNOWN_PREFIXES])) {
    if (text.startsWith(prefix)) continue
    found.push({ text: prefix + text, changes: [...changes, put(prefix)] })
  }
  return found
}

function dropped(prefix: string): Change {
  return {
    ...{ code: 'secret-prefix', what: 'secret', from: `with ${prefix}`, to: `without ${prefix}` },
    detail: `The sender signs without the ${prefix} at the start of the secret.`,
    done: `With ${prefix} dropped from the secret`,
    weight: 0.8,
  }
}

function put(prefix: string): Change {
  return {
    ...{ code: 'secret-prefix', what: 'secret', from: `without ${prefix}`, to: `with ${prefix}` },
    detail: `The sender signs with ${prefix} at the start of the secret; the stored one lacks it.`,
    done: `With ${prefix} put before the secret`,
    weight: 0.7,
  }
}
