import type { DeliveryRow } from '#contract/delivery.ts'
import { escapeTerminal } from './escape.ts'
import { verdictMark } from './verdict-mark.ts'

/** The shape of a delivery in `--json` output; see docs of `countersign listen`. */
export function deliveryEvent(row: DeliveryRow) {
  return {
    event: 'delivery',
    id: row.id,
    receivedAtMs: row.receivedAtMs,
    endpoint: row.endpointName,
    method: row.method,
    path: row.target.split('?', 1)[0] ?? row.target,
    bodyByteLength: row.bodyByteLength,
    messageId: row.messageId,
    eventType: row.eventType,
    skewSeconds: row.skewSeconds,
    duplicate: row.duplicate?.kind ?? null,
    verdict: row.verdict,
    scheme: row.schemeId,
    problem: row.problem,
    replayId: row.replayId,
    challenge: row.challenge,
  } as const
}

/** One aligned line for people; everything that a sender wrote is escaped. */
export function deliveryLine(row: DeliveryRow, colours: boolean): string {
  const columns = [
    String(row.id).padStart(5),
    clock(row.receivedAtMs),
    verdictMark(row.verdict, colours, true),
    fit(escapeTerminal(row.endpointName ?? 'catch-all'), 14),
    fit(escapeTerminal(row.method), 6),
    fit(escapeTerminal(row.target), 28),
    byteSize(row.bodyByteLength).padStart(8),
    escapeTerminal(row.eventType ?? ''),
    extras(row),
  ]
  return columns.join('  ').trimEnd()
}

function extras(row: DeliveryRow): string {
  const parts: string[] = []
  if (row.duplicate) parts.push(`${row.duplicate.kind} of ${row.duplicate.originalId}`)
  if (row.replayId !== null) parts.push('replay')
  if (row.challenge !== null) parts.push(`challenge ${escapeTerminal(row.challenge)}`)
  if (row.problem !== null) parts.push(row.problem)
  return parts.join(', ')
}

/** At least that wide, at most that wide plus the ellipsis that says something is missing. */
function fit(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : text + ' '.repeat(width - characters.length)
}

function clock(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8)
}

/** Decimal units, as in the app: `0 B`, `999 B`, `1.2 kB`, `25.0 MB`. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1_000_000).toFixed(1)} MB`
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`
}
