import type { Retention } from '#contract/settings.ts'
import { formatCount } from '#renderer/words/format.ts'

const MB = 1_000_000
const GB = 1000 * MB
const MOST_DAYS = 36_500

/** A limit as it was typed: a value, `null` for none, or the sentence that says what is wrong. */
export type ReadLimit = { value: number | null } | string

/** `10000`, `10,000`; nothing is no limit. */
export function readCount(text: string): ReadLimit {
  if (text.trim() === '') return { value: null }
  const digits = text.replace(/[\s,_']/g, '')
  const count = /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN
  return count >= 1 ? { value: count } : 'A whole number from 1, or nothing for no limit.'
}

/** `30`, `0.5`; nothing is no limit. */
export function readDays(text: string): ReadLimit {
  if (text.trim() === '') return { value: null }
  const days = /^\s*\d{1,5}(?:\.\d{1,2})?\s*$/.test(text) ? Number(text) : Number.NaN
  return days >= 0.01 && days <= MOST_DAYS
    ? { value: days }
    : 'A number of days from 0.01, or nothing for no limit.'
}

/** `500 MB`, `2 GB`, `1.5gb`; a number alone is of megabytes; nothing is no limit. */
export function readBytes(text: string): ReadLimit {
  if (text.trim() === '') return { value: null }
  const [, number, unit = 'mb'] =
    /^\s*(\d{1,6}(?:\.\d{1,3})?)\s*(mb|gb)?\s*$/i.exec(text.replace(/,/g, '')) ?? []
  const bytes = Math.round(Number(number ?? Number.NaN) * (unit.toLowerCase() === 'gb' ? GB : MB))
  return bytes >= MB ? { value: bytes } : 'Such as 500 MB or 2 GB, or nothing for no limit.'
}

export function writeBytes(bytes: number | null): string {
  if (bytes === null) return ''
  return bytes >= GB
    ? `${Number((bytes / GB).toFixed(3))} GB`
    : `${Number((bytes / MB).toFixed(3))} MB`
}

/** What a stricter limit takes away now, in words; `null`: nothing, as far as is known. */
export function whatGoes(
  change: Partial<Retention>,
  stored: { deliveries: number; bytes: number },
): string | null {
  const { maxCount, maxBytes, maxAgeDays } = change
  if (maxCount != null && stored.deliveries > maxCount) {
    const over = stored.deliveries - maxCount
    return `About ${formatCount(over)} of ${formatCount(stored.deliveries)} deliveries are over this limit and go, oldest first.`
  }
  if (maxBytes != null && stored.bytes > maxBytes) {
    const share = 1 - maxBytes / stored.bytes
    return `About ${formatCount(Math.ceil(share * stored.deliveries))} of ${formatCount(stored.deliveries)} deliveries go, oldest first, until the rest is within ${writeBytes(maxBytes)}.`
  }
  if (maxAgeDays != null && stored.deliveries > 0) {
    return `Deliveries older than ${maxAgeDays === 1 ? 'a day' : `${maxAgeDays} days`} go.`
  }
  return null
}
