import type { FilterNode } from '#contract/filter/filter.ts'
import { catchAll } from '#contract/filter/terms.ts'
import { termWords, type Predicate } from './term-words.ts'

/**
 * What a filter finds, in words: "deliveries to stripe that are invalid and larger than 10 kB".
 * `nowMs` decides what is said to be today.
 */
export function describeFilter(filter: FilterNode, nowMs: number): string {
  const node = pushed(filter, false, nowMs)
  const parts = node.kind === 'all' ? node.of : [node]
  if (parts.length === 0) return 'all deliveries'
  const to = parts.find((part) => part.kind === 'term' && part.to !== null)
  const rest = parts.filter((part) => part !== to)
  const subject = to?.kind === 'term' ? `deliveries to ${to.to}` : 'deliveries'
  if (rest.length === 0) return subject
  const whole: Pushed = rest.length === 1 && rest[0] ? rest[0] : { kind: 'all', of: rest }
  return `${subject} that ${words(whole)}`
}

/** Without negations: they have come down to the terms (De Morgan). */
type Pushed =
  { kind: 'all' | 'any'; of: Pushed[] } | { kind: 'term'; predicate: Predicate; to: string | null }

function pushed(node: FilterNode, negated: boolean, nowMs: number): Pushed {
  if (node.kind === 'not') return pushed(node.of, !negated, nowMs)
  if (node.kind === 'all' || node.kind === 'any') {
    const kind = (node.kind === 'all') === negated ? 'any' : 'all'
    return { kind, of: node.of.map((each) => pushed(each, negated, nowMs)) }
  }
  const { yes, no } = termWords(node, nowMs)
  const named = node.kind === 'endpoint' && !negated && node.pattern.toLowerCase() !== catchAll
  return { kind: 'term', predicate: negated ? no : yes, to: named ? node.pattern : null }
}

function words(part: Pushed): string {
  if (part.kind === 'term') return sentence(part.predicate)
  return listed(part.of, part.kind === 'all' ? 'and' : 'or')
}

function listed(parts: readonly Pushed[], join: 'and' | 'or'): string {
  let verb = ''
  const said = parts.map((part) => {
    if (part.kind !== 'term') {
      verb = ''
      return `(${words(part)})`
    }
    const { predicate } = part
    const shared = predicate.verb === verb
    verb = predicate.verb
    return shared ? predicate.rest : sentence(predicate)
  })
  const last = said.pop() ?? ''
  return said.length === 0 ? last : `${said.join(', ')} ${join} ${last}`
}

function sentence({ verb, rest }: Predicate): string {
  return `${verb} ${rest}`
}
