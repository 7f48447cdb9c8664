import type { RawHeader } from '#contract/http.ts'
import type { Scheme } from '#contract/scheme.ts'

/** Whatever can be written as JSON; a text that begins with `=` is written without its quotes. */
export type Json = Scheme['sample']['body']

/**
 * An event as data. Texts are templates (contract/template); what is absent is as in the scheme's
 * sample. In `body` a text such as `={{now}}` becomes the bare value; a body that is a text itself
 * (a form) stands as it is.
 */
export interface ProviderEvent {
  name: string
  method?: string
  /** Appended to the path, such as `?action=execute`. */
  target?: string
  /** Over the headers of the scheme's sample, by name. */
  headers?: readonly RawHeader[]
  body: Json
  /** The provider sends it without a signature. */
  unsigned?: true
}

/** By the id of the scheme. */
export type ProviderEvents = Readonly<Record<string, readonly ProviderEvent[]>>

/** A body as the template of a text: indented, as it is to be read and edited. */
export function bodyTemplate(body: Json): string {
  if (typeof body === 'string') return body
  if (body === null) return ''
  const text = JSON.stringify(body, null, 2)
  return text.replace(/"=((?:[^"\\]|\\.)*)"/g, (_, bare: string) => bare.replaceAll('\\"', '"'))
}
