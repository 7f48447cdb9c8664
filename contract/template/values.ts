import type { RawHeader } from '#contract/http.ts'
import type { Random } from './random.ts'

/** The request that a template may speak of. Both texts are made only when they are asked for. */
export interface TemplateRequest {
  method: string
  /** The request target as sent, query included. */
  target: string
  rawHeaders: readonly RawHeader[]
  /** The body as UTF-8. */
  body: () => string
  messageId: string | null
  eventType: string | null
  verdict: string
  /** What the sender signed as its time, unix seconds. */
  timestamp: number | null
  /** 1 for the first delivery of this message. */
  attempt: number
}

/** What a template is rendered with. */
export interface TemplateValues {
  /** `null`: there is none (composing); such values are then empty. */
  request: TemplateRequest | null
  random: Random
  nowMs: number
  /** What `{{counter}}` says. */
  counter: number
}
