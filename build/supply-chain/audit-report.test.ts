import { describe, expect, it } from 'vitest'
import { readAudit } from './audit-report.ts'

const shipped = new Set(['node_modules/zod', 'node_modules/a/node_modules/ws'])
const advisory = { title: 'Bad thing', severity: 'high', url: 'https://example.test/1' }

function report(vulnerabilities: Record<string, unknown>): string {
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} })
}

describe('the answer of npm audit', () => {
  it('without findings is an answer', () => {
    expect(readAudit(report({}), shipped)).toEqual({ answered: true, findings: [] })
  })

  it('tells what is shipped from what is not, the worst first', () => {
    const printed = report({
      axios: { severity: 'low', via: ['follow'], nodes: ['node_modules/axios'] },
      ws: {
        severity: 'high',
        via: [advisory],
        nodes: ['node_modules/ws', 'node_modules/a/node_modules/ws'],
      },
    })
    expect(readAudit(printed, shipped)).toEqual({
      answered: true,
      findings: [
        { name: 'ws', severity: 'high', because: ['Bad thing'], shipped: true },
        { name: 'axios', severity: 'low', because: ['through follow'], shipped: false },
      ],
    })
  })

  it.each([
    ['', 'npm printed no JSON: '],
    ['npm error network', 'npm printed no JSON: npm error network'],
    ['{}', 'another report format'],
    [
      JSON.stringify({ message: 'request to https://mirror.test/x failed\nmore', method: 'POST' }),
      'request to the registry failed',
    ],
    [
      JSON.stringify({ error: { code: 'ENOAUDIT', summary: 'no such endpoint' } }),
      'no such endpoint',
    ],
  ])('%j is no report: nothing was checked', (printed, why) => {
    expect(readAudit(printed, shipped)).toEqual({ answered: false, why })
  })
})
