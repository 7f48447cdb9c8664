import { parseCookie, parseSetCookie } from 'cookie'
import { formatDuration } from '#renderer/words/format.ts'
import type { Insight, InsightRow } from './insight.ts'
import { momentWords } from './moment.ts'

/** The cookies of a `Cookie` header in their order, repeated names too (RFC 6265, section 4.2). */
export function cookieInsights(value: string): Insight[] {
  const rows = value.split(';').flatMap((pair): InsightRow[] =>
    Object.entries(parseCookie(pair)).map(([name, text]) => ({
      name,
      value: text ?? '',
      note: null,
    })),
  )
  return rows.length > 0 ? [{ title: rows.length === 1 ? 'Cookie' : 'Cookies', rows }] : []
}

/** The cookie that a `Set-Cookie` header sets, and for what (RFC 6265, section 4.1). */
export function setCookieInsights(text: string, receivedAtMs: number): Insight[] {
  const { name, value, expires, maxAge, ...more } = parseSetCookie(text)
  if (name === '') return []
  const rows: InsightRow[] = [{ name, value: value ?? '', note: null }]
  if (expires) {
    rows.push({
      name: 'expires',
      value: expires.toUTCString(),
      note: momentWords(expires.getTime(), receivedAtMs),
    })
  }
  if (maxAge !== undefined) {
    rows.push({ name: 'max-age', value: String(maxAge), note: formatDuration(maxAge * 1000) })
  }
  for (const [attribute, setting] of Object.entries(more)) {
    rows.push({ name: attribute, value: setting === true ? 'yes' : String(setting), note: null })
  }
  return [{ title: 'Sets a cookie', rows }]
}
