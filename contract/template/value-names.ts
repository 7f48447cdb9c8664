import type { TemplateValues } from './values.ts'

/** A value as text; `json` when that text is JSON already, which the filter `json` leaves alone. */
export type Value = string | { json: string }

/** A name that a template may use. */
export interface ValueName {
  /** As it is written, such as `query NAME`. */
  usage: string
  says: string
  /** `request`: only where a request is at hand. */
  of: 'request' | 'generated'
  /** How many arguments it takes. */
  takes: readonly [number, number]
  /** One sentence about arguments that are not right. */
  check?: (values: readonly string[]) => string | null
  value: (values: readonly string[], from: TemplateValues) => Value
}
