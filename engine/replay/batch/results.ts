/** One request of a bulk replay, as it is told in a table. */
export interface ResultRow {
  replayId: number
  deliveryId: number
  /** ISO 8601, UTC. */
  startedAt: string
  method: string
  target: string
  url: string
  resigned: boolean
  messageId: string | null
  status: number | null
  error: string | null
  dnsMs: number | null
  connectMs: number | null
  tlsMs: number | null
  firstByteMs: number | null
  totalMs: number | null
  answerByteLength: number | null
  arrivedAsDeliveryId: number | null
}

const COLUMNS = [
  'replayId',
  'deliveryId',
  'startedAt',
  'method',
  'target',
  'url',
  'resigned',
  'messageId',
  'status',
  'error',
  'dnsMs',
  'connectMs',
  'tlsMs',
  'firstByteMs',
  'totalMs',
  'answerByteLength',
  'arrivedAsDeliveryId',
] as const satisfies readonly (keyof ResultRow)[]

/** CSV as RFC 4180 has it: lines end with CRLF. `header`: the names of the columns come first. */
export function resultsCsv(rows: readonly ResultRow[], header: boolean): string {
  const lines = rows.map((row) => COLUMNS.map((column) => csvField(row[column])).join(','))
  return [...(header ? [COLUMNS.join(',')] : []), ...lines].map((line) => `${line}\r\n`).join('')
}

/** One JSON object a line. */
export function resultsNdjson(rows: readonly ResultRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}

/**
 * What a spreadsheet would take for a formula is written as text, with an apostrophe in front:
 * a target, an id or an answer may say what its sender likes.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvField(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
