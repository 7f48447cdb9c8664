import { describe, expect, it } from 'vitest'
import type { Hygiene } from '#contract/hygiene.ts'
import { hygieneLines } from './hygiene-lines.ts'

const nothing: Hygiene = {
  findings: [],
  plainHttp: null,
  inspectedByteLength: 2,
  truncated: false,
  problem: null,
}

describe('hygieneLines', () => {
  it('says nothing where there is nothing', () => {
    expect(hygieneLines(nothing)).toEqual([])
    expect(hygieneLines({ ...nothing, truncated: true })).toEqual([])
  })

  it('has a line per finding and lets nothing act on the terminal', () => {
    const path = '$["\u001b[31m"]'
    const finding = { code: 'token', path, sentence: 'A token.', preview: 'ghp_aaaa…' } as const
    const lines = hygieneLines({
      ...nothing,
      findings: [finding],
      plainHttp: 'It came over plain http.',
      truncated: true,
    })
    expect(lines).toContain('  $["\\x1b[31m"]  ghp_aaaa…  A token.')
    expect(lines).toContain('Notice: It came over plain http.')
    expect(lines.join('\n')).toContain('Only the first MiB')
  })
})
