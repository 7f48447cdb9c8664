import { fieldsOf, type RawHeader } from '#contract/http.ts'
import type { ReplayedDelivery } from './build.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/**
 * What of the request that goes out differs from the captured one, for a person to see: `method`,
 * `target`, `body`, `header:NAME` (another value, other repeats or another case), `header:NAME
 * added`, `header:NAME removed`, and `header order` where the same lines stand in another order.
 */
export function changedParts(captured: ReplayedDelivery, request: OutgoingRequest): string[] {
  const changed: string[] = []
  if (captured.method !== request.method) changed.push('method')
  if (captured.target !== request.target) changed.push('target')
  changed.push(...changedHeaders(captured.rawHeaders, request.rawHeaders))
  if (!sameBytes(captured.body, request.body)) changed.push('body')
  return changed
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || Buffer.compare(one, other) === 0
}

function changedHeaders(before: readonly RawHeader[], after: readonly RawHeader[]): string[] {
  const old = byName(before)
  const fresh = byName(after)
  const changed: string[] = []
  for (const [name, lines] of fresh) {
    const earlier = old.get(name)
    const shown = lines[0]?.[0] ?? name
    if (!earlier) changed.push(`header:${shown} added`)
    else if (!sameLines(earlier, lines)) changed.push(`header:${shown}`)
  }
  for (const [name, lines] of old) {
    if (!fresh.has(name)) changed.push(`header:${lines[0]?.[0] ?? name} removed`)
  }
  if (changed.length > 0 || sameLines(before, after)) return changed
  return ['header order']
}

function byName(rawHeaders: readonly RawHeader[]): Map<string, RawHeader[]> {
  const names = new Map<string, RawHeader[]>()
  for (const header of fieldsOf(rawHeaders)) {
    const name = header[0].toLowerCase()
    const lines = names.get(name)
    if (lines) lines.push(header)
    else names.set(name, [header])
  }
  return names
}

function sameLines(one: readonly RawHeader[], other: readonly RawHeader[]): boolean {
  if (one.length !== other.length) return false
  return one.every(([name, value], index) => {
    const [otherName, otherValue] = other[index] ?? []
    return name === otherName && value === otherValue
  })
}
