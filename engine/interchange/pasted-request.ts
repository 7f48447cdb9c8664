import type { PastedRequest } from '#contract/verify-page.ts'
import { parseCurl } from './curl.ts'
import { looksLikeHar, parseHarText } from './har-entry.ts'
import type { Parsed, ParseProblem } from './parsed-request.ts'
import { parseRawHttp } from './raw-http.ts'

/** What was pasted, with notices in words about whatever was assumed or left out. */
export interface PastedWithNotices extends PastedRequest {
  notices: string[]
}

/**
 * Reads text that a person pasted: a cURL command when it starts with `curl`, a HAR or an entry of
 * one when it is JSON, else a raw HTTP request or headers and body. Text becomes UTF-8 bytes. Never throws.
 */
export function parsePasted(text: string): PastedWithNotices | ParseProblem {
  const isCurl = /^\s*(?:[$>%] ?)?curl(?:\.exe)?(?:\s|$)/i.test(text)
  const parsed = isCurl ? parseCurl(text) : parseOther(text)
  if ('problem' in parsed) return parsed
  const { method, target, rawHeaders, body } = parsed.request
  return {
    method,
    target,
    rawHeaders,
    bodyBase64: Buffer.from(body).toString('base64'),
    notices: parsed.notices,
  }
}

function parseOther(text: string): Parsed | ParseProblem {
  return looksLikeHar(text) ? parseHarText(text) : parseRawHttp(Buffer.from(text, 'utf8'))
}
