import type { HygieneFinding } from '#contract/hygiene.ts'
import { cardNumber } from './card-numbers.ts'
import { findSecrets, inOrder, isLongEnough, withSecretsMasked } from './find-secrets.ts'
import { type JsonVisitor, type PathSteps, walkJson } from './json-walk.ts'
import type { Match } from './match.ts'
import { findNamedSecrets, namedSecret } from './named-secrets.ts'
import { jsonPath, lineCounter, nearestKey } from './places.ts'
import { jwkFinding, privateMember } from './private-keys.ts'

/** The most findings that one payload gives. */
const MOST_FINDINGS = 50
/** JSON in a string of JSON is common (SNS, log shippers); deeper is not. */
const MOST_INNER = 2
const MOST_INNER_TEXTS = 1_000
/** What `{"a":…}` with anything worth finding has at least. */
const SHORTEST_INNER = 16
/** A key is looked at for what it is called and for a secret in it; longer ones are cut for that. */
const LONGEST_KEY = 1_000

type Said = Pick<Match, 'code' | 'sentence' | 'preview'>

/** Collects the findings of one payload; each part of it is looked at once. */
export class Inspector {
  readonly findings: HygieneFinding[] = []
  readonly #atMs: number
  #innerLeft = MOST_INNER_TEXTS

  constructor(atMs: number) {
    this.#atMs = atMs
  }

  full(): boolean {
    return this.findings.length >= MOST_FINDINGS
  }

  add({ code, sentence, preview }: Said, path: string): void {
    if (!this.full()) this.findings.push({ code, path, sentence, preview })
  }

  /** Walks JSON; what follows where it stops being JSON is looked at as text. */
  json(text: string, place: string | null, inner: number): void {
    const prefix = place === null ? '' : `${place} › `
    const stopped = walkJson(text, this.#visitor(prefix, inner))
    if (stopped < text.length) this.text(text, place, stopped)
  }

  /** The value of a form field. */
  field(name: string, value: string): void {
    this.#named(name, value, () => this.shownKey(name))
  }

  /** Text, of which `place` is the name; without one each finding names its line. */
  text(text: string, place: string | null, from = 0): void {
    const rest = from === 0 ? text : text.slice(from)
    const left = MOST_FINDINGS - this.findings.length
    if (left <= 0) return
    const named = findNamedSecrets(rest, left)
    const secrets = findSecrets(rest, null, this.#atMs, left)
    // What is known by its form says more than what is known by its name.
    const others = named.filter(
      ({ index, end }) => !secrets.some((one) => one.index < end && index < one.end),
    )
    const lineOf = lineCounter(text)
    for (const match of inOrder([...secrets, ...others])) {
      this.add(match, place ?? `line ${lineOf(from + match.index)}`)
    }
  }

  /** A name as it may be shown: without the secret that somebody made a key of. */
  shownKey(key: string): string {
    return withSecretsMasked(key.slice(0, LONGEST_KEY), this.#atMs)
  }

  /** A value under its name; `path` is only made where there is something to say. */
  #named(name: string, value: string, path: () => string, inner = 0): void {
    if (this.#isInnerJson(value, inner)) return this.json(value, path(), inner + 1)
    const found = findSecrets(value, name, this.#atMs, MOST_FINDINGS - this.findings.length)
    for (const match of found) this.add(match, path())
    if (found.length > 0) return
    const secret = namedSecret(name, value)
    if (secret) this.add(secret, path())
  }

  #isInnerJson(value: string, inner: number): boolean {
    if (inner >= MOST_INNER || value.length < SHORTEST_INNER || this.#innerLeft <= 0) return false
    if (!/^\s{0,16}[{[]/.test(value)) return false
    this.#innerLeft -= 1
    return true
  }

  #visitor(prefix: string, inner: number): JsonVisitor {
    const keys: JwkMembers[] = []
    const pathOf = (steps: PathSteps) => prefix + jsonPath(steps, (key) => this.shownKey(key))
    return {
      done: () => this.full(),
      key: (key, steps) => {
        if (!isLongEnough(key)) return
        const [match] = findSecrets(key.slice(0, LONGEST_KEY), null, this.#atMs, 1)
        if (match) this.add(match, pathOf(steps))
      },
      string: (text, steps) => {
        noteJwkMember(keys, steps, text)
        this.#named(nearestKey(steps) ?? '', text, () => pathOf(steps), inner)
      },
      number: (source, steps) => {
        // A fraction or an exponent is an amount.
        if (!/^\d{13,19}$/.test(source)) return
        const card = cardNumber(source, nearestKey(steps))
        if (card) this.add(card, pathOf(steps))
      },
      closeObject: (steps) => {
        const kty = closeJwk(keys, steps.length)
        if (kty) this.add(jwkFinding(kty.kty), pathOf([...steps, kty.member]))
      },
    }
  }
}

/** What the open object of a depth says of being a JSON Web Key. */
interface JwkMembers {
  kty?: string
  members: string[]
}

function noteJwkMember(keys: JwkMembers[], steps: PathSteps, text: string): void {
  const key = steps[steps.length - 1]
  if (key !== 'kty' && key !== 'd' && key !== 'k') return
  const at = (keys[steps.length - 1] ??= { members: [] })
  if (key === 'kty') at.kty = text
  // The shortest private value in use has 32 bytes; `k` may be shorter.
  else if (text.length >= 16) at.members.push(key)
}

/** Closes the object whose members stand at `depth`; its private member where it is a private key. */
function closeJwk(keys: JwkMembers[], depth: number): { kty: string; member: string } | null {
  const closed = keys[depth]
  keys.length = Math.min(keys.length, depth)
  if (closed?.kty === undefined) return null
  const member = privateMember(closed.kty)
  return member !== null && closed.members.includes(member) ? { kty: closed.kty, member } : null
}
