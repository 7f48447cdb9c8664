import { FILTERS, textOf } from './filters.ts'
import { type Template, TEMPLATE_NAMES, type TemplatePart } from './parse-template.ts'
import type { Value } from './value-names.ts'
import type { TemplateValues } from './values.ts'

/** The longest text that a template makes, in UTF-16 units. */
export const RENDERED_LIMIT = 4_000_000

/**
 * The text of a template with its values. Values that the request does not have are empty. `null`:
 * it would be longer than RENDERED_LIMIT. The same seed, time and counter make the same text.
 */
export function renderTemplate({ parts }: Template, values: TemplateValues): string | null {
  const [only] = parts
  if (parts.length === 1 && only && 'text' in only) return only.text
  let text = ''
  const known = new Map<string, Value>()
  for (const part of parts) {
    const piece = 'text' in part ? part.text : expressionText(part, values, known)
    if (text.length + piece.length > RENDERED_LIMIT) return null
    text += piece
  }
  return text
}

/** What the request says is looked up once; what is made up is made anew each time. */
function expressionText(
  part: Exclude<TemplatePart, { text: string }>,
  values: TemplateValues,
  known: Map<string, Value>,
): string {
  const name = TEMPLATE_NAMES[part.name]
  if (!name) return ''
  const key = `${part.name} ${part.values.join(' ')}`
  let value = name.of === 'request' ? known.get(key) : undefined
  if (value === undefined) {
    value = name.value(part.values, values)
    known.set(key, value)
  }
  for (const filter of part.filters) {
    value = FILTERS[filter.name]?.apply(value, filter.value) ?? value
  }
  return textOf(value)
}
