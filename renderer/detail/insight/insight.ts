import type { RawHeader } from '#contract/http.ts'
import { textOfBytes } from '#renderer/body/text-of-bytes.ts'
import { cookieInsights, setCookieInsights } from './cookies.ts'
import { jwtInsights } from './jwt.ts'
import { momentOf, momentWords } from './moment.ts'

export interface InsightRow {
  name: string
  value: string
  /** The same in words, such as a date. */
  note: string | null
}

/** What a header value says once it is taken apart. */
export interface Insight {
  /** Empty where the rows say it all. */
  title: string
  rows: InsightRow[]
}

/** Longer values are not looked into. */
const LONGEST = 64 * 1024

/** What there is to tell of a header beyond its value: tokens, moments, cookies, parameters. */
export function insightsOf([name, value]: RawHeader, receivedAtMs: number): Insight[] {
  if (value.length > LONGEST) return []
  const header = name.toLowerCase()
  if (header === 'cookie') return cookieInsights(value)
  if (header === 'set-cookie') return setCookieInsights(value, receivedAtMs)
  const tokens = jwtInsights(value, receivedAtMs)
  if (tokens.length > 0) return tokens
  const basic = basicInsight(value)
  if (basic) return [basic]
  const moment = momentOf(value)
  if (moment !== null) {
    // The value stands there already.
    const rows = [{ name: 'Moment', value: '', note: momentWords(moment, receivedAtMs) }]
    return [{ title: '', rows }]
  }
  return parameterInsights(value, receivedAtMs)
}

/** `Basic` credentials (RFC 7617): name and password. */
function basicInsight(value: string): Insight | null {
  const encoded = /^basic\s+([\w+/=-]+)$/i.exec(value.trim())?.[1]
  if (encoded === undefined) return null
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    const { text } = textOfBytes(bytes, true)
    const colon = text.indexOf(':')
    if (colon < 0) return null
    const rows = [
      { name: 'user', value: text.slice(0, colon), note: null },
      { name: 'password', value: text.slice(colon + 1), note: null },
    ]
    return { title: 'Basic credentials', rows }
  } catch {
    // Not base64: then there is nothing to take apart.
    return null
  }
}

/** Values such as `t=1492774577,v1=5257a8…`: each parameter, and what of it is a moment. */
function parameterInsights(value: string, receivedAtMs: number): Insight[] {
  const pairs = value.split(/[,;]/).map((part) => /^\s*([\w-]{1,40})=(.*)$/.exec(part))
  if (pairs.length < 2 || pairs.some((pair) => pair === null)) return []
  const rows = pairs.map((pair): InsightRow => {
    const text = (pair?.[2] ?? '').trim()
    const moment = momentOf(text)
    const note = moment === null ? null : momentWords(moment, receivedAtMs)
    return { name: pair?.[1] ?? '', value: text, note }
  })
  return [{ title: 'Parameters', rows }]
}
