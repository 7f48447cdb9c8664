import { FILTERS } from './filters.ts'
import { GENERATED_NAMES } from './generated-names.ts'
import { REQUEST_NAMES } from './request-names.ts'
import {
  type ExpressionText,
  splitTemplate,
  type TemplateProblem,
  type Token,
} from './split-template.ts'
import type { ValueName } from './value-names.ts'

/** A text with values in it, ready to be rendered any number of times. */
export interface Template {
  parts: readonly TemplatePart[]
}

export type TemplatePart =
  | { text: string }
  | {
      name: string
      values: readonly string[]
      filters: readonly { name: string; value: string }[]
    }

/** So many values in one template: each may have to read the whole body. */
const MOST_EXPRESSIONS = 200
const MOST_FILTERS = 5

/** Every name that a template may use, by name. */
export const TEMPLATE_NAMES: Readonly<Record<string, ValueName>> = {
  ...REQUEST_NAMES,
  ...GENERATED_NAMES,
}

/**
 * Reads a template: text in which `{{…}}` stands for a value.
 *
 * - `{{NAME}}`, `{{NAME ARGUMENT …}}`: a value of TEMPLATE_NAMES; arguments stand between blanks,
 *   and one with blanks, `|`, `}}` or nothing in it between quotation marks, with `\"` and `\\`.
 * - `{{NAME|FILTER}}`, `{{NAME|FILTER ARGUMENT|FILTER}}`: filters of FILTERS, one after another.
 * - `{{"TEXT"}}`: the text itself, so `{{"{{"}}` writes `{{`. Outside of `{{…}}` everything else is
 *   plain text, `}}` as well.
 *
 * `request: false`: there is no request (composing), and its values are a problem. Never throws.
 */
export function parseTemplate(
  text: string,
  { request = true }: { request?: boolean } = {},
): Template | TemplateProblem {
  const pieces = splitTemplate(text)
  if ('problem' in pieces) return pieces
  const parts: TemplatePart[] = []
  let expressions = 0
  for (const piece of pieces.pieces) {
    if (typeof piece === 'string') {
      parts.push({ text: piece })
      continue
    }
    expressions += 1
    if (expressions > MOST_EXPRESSIONS) {
      return { problem: `A template has at most ${MOST_EXPRESSIONS} values.`, at: piece.at }
    }
    const part = readExpression(piece, request)
    if ('problem' in part) return part
    parts.push(part)
  }
  return { parts }
}

function readExpression(
  { at, groups }: ExpressionText,
  request: boolean,
): TemplatePart | TemplateProblem {
  const [[first, ...rest] = [], ...filterTexts] = groups
  if (!first) return { problem: 'Between {{ and }} stands the name of a value.', at }
  if (filterTexts.length > MOST_FILTERS) {
    return { problem: `A value takes at most ${MOST_FILTERS} filters.`, at }
  }
  const filters = []
  for (const group of filterTexts) {
    const filter = readFilter(group, at)
    if ('problem' in filter) return filter
    filters.push(filter)
  }
  if (first.quoted) {
    const [extra] = rest
    if (extra) return { problem: 'A quoted text takes no arguments.', at: extra.at }
    return filters.length === 0
      ? { text: first.text }
      : { name: 'pick', values: [first.text], filters }
  }
  const problem = nameProblem(first, rest, request)
  return problem ?? { name: first.text, values: rest.map(({ text }) => text), filters }
}

function nameProblem(
  first: Token,
  rest: readonly Token[],
  request: boolean,
): TemplateProblem | null {
  const { text: name, at } = first
  const known = Object.hasOwn(TEMPLATE_NAMES, name) ? TEMPLATE_NAMES[name] : undefined
  if (!known) return { problem: `There is no value “${name}”.`, at }
  if (known.of === 'request' && !request) {
    return { problem: `“${name}” is of a request, and there is none here.`, at }
  }
  const [least, most] = known.takes
  if (rest.length < least) return { problem: `“${name}” needs more: {{${known.usage}}}.`, at }
  const extra = rest[most]
  if (extra)
    return { problem: `“${name}” takes no “${extra.text}”: {{${known.usage}}}.`, at: extra.at }
  const wrong = known.check?.(rest.map(({ text }) => text)) ?? null
  return wrong === null ? null : { problem: wrong, at: rest[0]?.at ?? at }
}

function readFilter(
  [first, ...rest]: readonly Token[],
  at: number,
): { name: string; value: string } | TemplateProblem {
  if (!first) return { problem: 'After | stands the name of a filter.', at }
  const known =
    !first.quoted && Object.hasOwn(FILTERS, first.text) ? FILTERS[first.text] : undefined
  if (!known) return { problem: `There is no filter “${first.text}”.`, at: first.at }
  if (rest.length < known.takes) {
    return { problem: `“${first.text}” needs more: |${known.usage}.`, at: first.at }
  }
  const extra = rest[known.takes]
  if (extra) return { problem: `“${first.text}” takes no “${extra.text}”.`, at: extra.at }
  return { name: first.text, value: rest[0]?.text ?? '' }
}
