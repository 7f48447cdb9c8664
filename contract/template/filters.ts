import type { Value } from './value-names.ts'

/** What can be done with a value before it is written. */
export interface Filter {
  usage: string
  says: string
  takes: number
  apply: (value: Value, argument: string) => Value
}

export const FILTERS: Readonly<Record<string, Filter>> = {
  json: {
    usage: 'json',
    says: 'As JSON: a text with quotation marks, escaped; a value of the JSON body as it is.',
    takes: 0,
    apply: (value) => (typeof value === 'string' ? { json: JSON.stringify(value) } : value),
  },
  default: {
    usage: 'default TEXT',
    says: 'Another text where there is none.',
    takes: 1,
    apply: (value, text) => (value === '' ? text : value),
  },
  url: {
    usage: 'url',
    says: 'Percent-encoded, for a URL.',
    takes: 0,
    // What is no Unicode cannot be encoded (RFC 3629): U+FFFD stands for it.
    apply: (value) => encodeURIComponent(textOf(value).replace(/\p{Surrogate}/gu, '\uFFFD')),
  },
  upper: {
    usage: 'upper',
    says: 'In capitals.',
    takes: 0,
    apply: (value) => textOf(value).toUpperCase(),
  },
  lower: {
    usage: 'lower',
    says: 'In small letters.',
    takes: 0,
    apply: (value) => textOf(value).toLowerCase(),
  },
}

export function textOf(value: Value): string {
  return typeof value === 'string' ? value : value.json
}
