import { describe, expect, it } from 'vitest'
import type { CheckReport, CheckResult } from '#contract/check.ts'
import { groupsInOrder, resultsOf, summarySentence } from './outcome-words.ts'

function result(outcome: CheckResult['outcome'], id = 'rejects.a'): CheckResult {
  const texts = { title: '', why: '', fix: '', expected: '', found: '' }
  return { id, group: 'rejects', ...texts, outcome, exchanges: [] }
}

function report(change: Partial<CheckReport>): CheckReport {
  return {
    ...{ id: 1, startedAtMs: 0, endedAtMs: 1, state: 'done', url: 'http://h', schemeId: 'svix' },
    ...{ schemeName: 'Svix', version: '1', total: 9, results: [], problem: null },
    ...change,
  }
}

describe('summarySentence', () => {
  it('says in one sentence how it went', () => {
    const passed = result('passed')
    expect(summarySentence(report({ results: [passed, result('skipped')] }))).toBe(
      'All 1 case hold.',
    )
    const mixed = [passed, result('failed'), result('unsure'), result('sdk-choice')]
    expect(summarySentence(report({ results: mixed }))).toBe(
      '1 of 4 cases failed (1 unsure, 1 the SDK’s choice).',
    )
    expect(summarySentence(report({ state: 'running', results: [passed] }))).toBe(
      '1 of 9 asked, none failed so far.',
    )
    expect(summarySentence(report({ state: 'cancelled', results: mixed }))).toMatch(/^Cancelled/)
    expect(summarySentence(report({ state: 'failed', problem: 'No.' }))).toBe('No.')
  })
})

describe('resultsOf', () => {
  it('has what failed first, and keeps the order otherwise', () => {
    const results = [result('passed', 'a'), result('passed', 'b'), result('failed', 'c')]
    expect(resultsOf(report({ results }), 'rejects').map(({ id }) => id)).toEqual(['c', 'a', 'b'])
    expect(resultsOf(report({ results }), 'accepts')).toEqual([])
    expect(groupsInOrder(report({ results }))).toEqual(['rejects', 'accepts', 'behaves'])
    expect(groupsInOrder(report({ results, state: 'running' }))[0]).toBe('accepts')
  })
})
