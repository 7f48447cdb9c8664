import { expect, it } from 'vitest'
import { parseFilter } from '#contract/filter/parse.ts'
import { filterKeys } from '#contract/filter/terms.ts'
import { describeFilter } from './describe.ts'

const NOW = new Date(2026, 10, 22, 12, 30).getTime()

function words(text: string): string {
  const parsed = parseFilter(text, NOW)
  if (!parsed.ok) throw new Error(parsed.problem.sentence)
  return describeFilter(parsed.filter, NOW)
}

it.each([
  ['', 'all deliveries'],
  ['endpoint:stripe', 'deliveries to stripe'],
  [
    'endpoint:stripe verdict:invalid size:>10kb',
    'deliveries to stripe that are invalid and larger than 10 kB',
  ],
  ['-endpoint:stripe', 'deliveries that did not come to stripe'],
  ['endpoint:catch-all', 'deliveries that came to no endpoint'],
  ['verdict:invalid OR verdict:stale', 'deliveries that are invalid or stale'],
  ['-(verdict:invalid OR is:duplicate)', 'deliveries that are not invalid and are no duplicates'],
  [
    'refund (type:a.* OR -is:pinned) -body:"x y"',
    'deliveries that contain “refund”, (are of type a.* or are not pinned) and do not contain “x y” in the body',
  ],
  ['refun*', 'deliveries that contain “refun…”'],
  ['status:>=400', 'deliveries that were answered with at least 400'],
  ['status:4xx', 'deliveries that were answered with between 400 and 499'],
  ['status:200', 'deliveries that were answered with 200'],
  ['size:<=1kb', 'deliveries that are at most 1.0 kB in size'],
  ['skew:>60', 'deliveries that have a skew of more than 1 min'],
  ['skew:<-60', 'deliveries that have a skew of less than −1 min'],
  ['duration:>500ms', 'deliveries that took longer than 500 ms'],
  ['-duration:>500ms', 'deliveries that did not take longer than 500 ms'],
  ['after:2h', 'deliveries that came since 10:30 today'],
  ['-after:yesterday', 'deliveries that came before the beginning of yesterday'],
  ['before:2026-11-01', 'deliveries that came before 2026-11-01'],
  ['header:x-foo=ba*', 'deliveries that have a header x-foo with “ba*”'],
  ['json:$.a>5', 'deliveries that have $.a > 5'],
  ['-verdict:no-secret', 'deliveries that have a secret'],
])('says %j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

it('has words for every example, and others for its contrary', () => {
  for (const { examples } of filterKeys) {
    for (const example of examples) {
      expect(words(`(${example})`)).toMatch(/^deliveries (to|that) \S+/)
      expect(words(`-(${example})`)).not.toBe(words(example))
    }
  }
})
