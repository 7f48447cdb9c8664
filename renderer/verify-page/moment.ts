/** The moment as of which a pasted request is judged. */
export type Moment =
  { kind: 'now' } | { kind: 'timestamp' } | { kind: 'custom'; unixSeconds: number }

/** Reads what was chosen; `null` when the custom text is neither unix seconds nor an ISO date. */
export function momentOf(kind: Moment['kind'], custom: string): Moment | null {
  if (kind !== 'custom') return { kind }
  const text = custom.trim()
  if (/^\d{1,12}(?:\.\d{1,3})?$/.test(text)) return { kind, unixSeconds: Number(text) }
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : { kind, unixSeconds: ms / 1000 }
}
