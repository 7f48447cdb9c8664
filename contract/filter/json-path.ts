import type { JsonComparison, JsonStep } from './filter.ts'
import {
  closingQuote,
  found,
  quote,
  readWritten,
  wrong,
  type Read,
  type Stretch,
} from './reading.ts'

export interface JsonCondition {
  path: JsonStep[]
  comparison: JsonComparison | null
}

const operators = ['!=', '<=', '>=', '=', '<', '>'] as const
/** RFC 8259 section 6. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
/** What a key holds that needs no brackets around it. */
const bareKey = /[^\s.[\]=!<>()"*]+/y

/**
 * `$.data.amount>1000`, `$.items[*].sku="a b"`, `$["odd key"]`: a path as in RFC 9535 (names,
 * indexes and `*` only; `$.` may be left out), then possibly an operator and a value.
 */
export function readJson(stretch: Stretch): Read<JsonCondition> {
  const path: JsonStep[] = []
  let at = stretch.from
  if (stretch.source[at] === '$') at += 1
  else {
    const first = readKey({ ...stretch, from: at })
    if ('problem' in first) return first
    path.push(first.value.step)
    at = first.value.end
  }
  while (at < stretch.to && !operatorAt(stretch, at)) {
    const step = readStep({ ...stretch, from: at })
    if ('problem' in step) return step
    path.push(step.value.step)
    at = step.value.end
  }
  const comparison = readComparison({ ...stretch, from: at })
  return 'problem' in comparison ? comparison : found({ path, comparison: comparison.value })
}

interface Step {
  step: JsonStep
  end: number
}

const pathAdvice = 'A path is written such as $.data.items[0].id or $["odd key"].'

function readStep(stretch: Stretch): Read<Step> {
  const { source, from } = stretch
  if (source[from] === '.') return readKey({ ...stretch, from: from + 1 })
  if (source[from] !== '[') {
    return wrong(stretch, `Neither a dot nor an operator (=, !=, <, <=, >, >=). ${pathAdvice}`)
  }
  return source[from + 1] === '"' ? readQuotedKey(stretch) : readIndex(stretch)
}

function readKey(stretch: Stretch): Read<Step> {
  const { source, from, to } = stretch
  if (source[from] === '*' && from < to) return found({ step: 'every', end: from + 1 })
  bareKey.lastIndex = from
  const key = bareKey.exec(source)?.[0].slice(0, to - from) ?? ''
  if (key !== '') return found({ step: { key }, end: from + key.length })
  const at = from >= to ? { from: from - 1, to } : { from, to: from + 1 }
  return wrong(at, `A key belongs here. ${pathAdvice}`)
}

function readQuotedKey({ source, from, to }: Stretch): Read<Step> {
  const end = closingQuote(source.slice(0, to), from + 1)
  if (end === null)
    return wrong({ from: from + 1, to }, 'This quote has no end. Write "] behind it.')
  if (end + 1 >= to || source[end + 1] !== ']') {
    return wrong({ from, to: end + 1 }, 'This bracket has no end. Write ] behind the quote.')
  }
  const key = source.slice(from + 2, end).replace(/\\(["\\])/g, '$1')
  return found({ step: { key }, end: end + 2 })
}

function readIndex({ source, from, to }: Stretch): Read<Step> {
  const match = /^\[(\*|\d{1,9})\]/.exec(source.slice(from, Math.min(to, from + 12)))
  if (!match) {
    const sentence = 'In brackets stands a place ([0]), a key in quotes (["odd key"]) or [*].'
    return wrong({ from, to }, sentence)
  }
  const step: JsonStep = match[1] === '*' ? 'every' : { index: Number(match[1]) }
  return found({ step, end: from + match[0].length })
}

function operatorAt({ source }: Stretch, at: number): JsonComparison['operator'] | undefined {
  return operators.find((each) => source.startsWith(each, at))
}

function readComparison(stretch: Stretch): Read<JsonComparison | null> {
  if (stretch.from === stretch.to) return found(null)
  const operator = operatorAt(stretch, stretch.from) ?? '='
  const value = { ...stretch, from: stretch.from + operator.length }
  if (value.from === value.to) {
    return wrong(stretch, `A value belongs behind ${operator}; "" is the empty text.`)
  }
  const written = readWritten(value)
  if ('problem' in written) return written
  const { text, quoted, starBehind } = written.value
  if (starBehind) return wrong(value, 'Write the * before the closing quote.')
  if (operator !== '=' && operator !== '!=' && (quoted || !jsonNumber.test(text))) {
    return wrong(
      value,
      `Only numbers are smaller or larger, such as ${operator}1000; else use = or !=.`,
    )
  }
  return found({ operator, value: text, quoted })
}

export function writeJson({ path, comparison }: JsonCondition): string {
  const steps = path.map((step) => {
    if (step === 'every') return '[*]'
    if ('index' in step) return `[${step.index}]`
    return /^[^\s.[\]=!<>()"*“”„]+$/.test(step.key) ? `.${step.key}` : `[${quote(step.key)}]`
  })
  return `$${steps.join('')}${comparison === null ? '' : writeComparison(comparison)}`
}

function writeComparison({ operator, value, quoted }: JsonComparison): string {
  return `${operator}${quoted ? quote(value) : value}`
}
