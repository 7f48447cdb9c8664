/** One signature of `Signature-Input` (RFC 9421, section 4.1): its label, components, parameters. */
export interface SignatureInput {
  label: string
  /** Names in order, no two alike. */
  components: readonly string[]
  /** What stands after the parenthesis, the texts without their quotes. */
  values: ReadonlyMap<string, string>
  /** From the parenthesis on, as sent: what `@signature-params` says. */
  parameters: string
}

/** Keys, strings and bare items of structured fields (RFC 8941, section 3). */
const KEY = String.raw`[a-z*][a-z0-9_.*-]*`
const STRING = String.raw`"(?:[^"\\\x00-\x1f\x7f-\uffff]|\\["\\])*"`
const ITEM = String.raw`(?:${STRING}|:[A-Za-z0-9+/=]*:|\?[01]|-?\d{1,15}(?:\.\d{1,3})?|[A-Za-z*][\w:/!#$%&'*+.^|~-]*)`
const labelStart = new RegExp(`(${KEY})=`, 'y')
const component = new RegExp(` *(${STRING})`, 'y')
const parameter = new RegExp(`; *(${KEY})(?:=(${ITEM}))?`, 'y')
const closing = / *\)/y
const comma = /[ \t]*,[ \t]*/y
const signature = new RegExp(`(${KEY})=:([A-Za-z0-9+/=]*):(?:; *${KEY}(?:=${ITEM})?)*`, 'y')

/** Takes at `at` what the expression matches; `null`: it does not. */
function take(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}

/**
 * All signatures that `Signature-Input` describes, in order. `null`: it cannot be read, names a
 * component twice, or wants one with parameters, which nothing here makes: then a signature must not
 * be taken for right (RFC 9421, section 3.2).
 */
export function parseSignatureInputs(received: string): SignatureInput[] | null {
  const text = received.trim()
  const inputs: SignatureInput[] = []
  for (let at = 0; ;) {
    const label = take(labelStart, text, at)
    if (!label || text[at + label[0].length] !== '(') return null
    const start = at + label[0].length
    const components = new Set<string>()
    at = start + 1
    for (let found = take(component, text, at); found; found = take(component, text, at)) {
      const name = (found[1] ?? '').slice(1, -1)
      if (components.has(name)) return null
      components.add(name)
      at += found[0].length
    }
    const end = take(closing, text, at)
    if (!end) return null
    at += end[0].length
    const values = new Map<string, string>()
    for (let found = take(parameter, text, at); found; found = take(parameter, text, at)) {
      values.set(found[1] ?? '', (found[2] ?? '').replace(/^"(.*)"$/s, '$1'))
      at += found[0].length
    }
    const parameters = text.slice(start, at)
    inputs.push({ label: label[1] ?? '', components: [...components], values, parameters })
    if (at === text.length) return inputs
    const next = take(comma, text, at)
    if (!next) return null
    at += next[0].length
  }
}

/** The signatures of the `Signature` header by label, in base64; `null`: it cannot be read. */
export function parseSignatures(received: string): ReadonlyMap<string, string> | null {
  const text = received.trim()
  const found = new Map<string, string>()
  for (let at = 0; ;) {
    const one = take(signature, text, at)
    if (!one) return null
    found.set(one[1] ?? '', one[2] ?? '')
    at += one[0].length
    if (at === text.length) return found
    const next = take(comma, text, at)
    if (!next) return null
    at += next[0].length
  }
}
