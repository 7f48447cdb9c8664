import type { ContentPart } from '#contract/verification.ts'

/** A part of the signed content with its place in it. */
export interface Region {
  part: ContentPart
  /** What it is called in the picture and its legend, from 1; `null`: fixed text of the scheme. */
  number: number | null
  /** Where it begins and ends (exclusive), in bytes; after a secret nobody knows. */
  offset: number | null
  end: number | null
}

/** Numbers the parts and adds up where they stand. */
export function regionsOf(parts: readonly ContentPart[]): Region[] {
  let offset: number | null = 0
  let number = 0
  return parts.map((part) => {
    const begins = offset
    offset = part.kind === 'secret' || offset === null ? null : offset + part.byteLength
    if (part.kind !== 'literal') number += 1
    return { part, number: part.kind === 'literal' ? null : number, offset: begins, end: offset }
  })
}

/** What a region is called: its label, or what the fixed text between two values is. */
export function regionName({ kind, label, preview }: ContentPart): string {
  if (kind !== 'literal') return label
  return /^[^\p{L}\p{N}]{1,3}$/u.test(preview) ? 'separator' : 'fixed text'
}

const fixedOrigins: Partial<Record<ContentPart['kind'], string>> = {
  literal: 'from the scheme',
  method: 'from the request line',
  secret: 'from the stored secret',
}

/** Where its bytes came from: `from Stripe-Signature`, `from the body`. */
export function originOf({ kind, from }: ContentPart): string {
  const fixed = fixedOrigins[kind]
  if (fixed !== undefined) return fixed
  if (kind === 'url') return from === 'path' ? 'from the path' : 'from the URL that was called'
  if (kind === 'body' || from === null) return kind === 'body' ? 'from the body' : ''
  const within: Partial<Record<ContentPart['kind'], string>> = {
    json: ' in the body',
    form: ' in the form',
    query: ' in the query',
    field: ' in the signature header',
    setting: ', a setting',
  }
  return `from ${from}${within[kind] ?? ''}`
}

/** `bytes 0–9`; empty for what has no bytes or no known place. */
export function rangeWords({ offset, end }: Region): string {
  if (offset === null || end === null || end === offset) return ''
  return end - offset === 1 ? `byte ${offset}` : `bytes ${offset}–${end - 1}`
}
