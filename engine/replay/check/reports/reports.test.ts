import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CheckReport, type CheckResult } from '#contract/check.ts'
import { html } from './html.ts'
import { xml } from './junit.ts'
import { countsText, holds } from './outcomes.ts'
import { reportFile } from './report-file.ts'

/** Any code units, halves of surrogate pairs with them; most are ASCII. */
const anyText = array(
  integer({ min: 0, max: 0xffff }).map((code) => (code % 3 ? code % 128 : code)),
).map((codes) => String.fromCharCode(...codes))

const evil = '<script>alert(1)</script>"\'&\u202e]]>\u0000'

const hung = {
  label: 'Hung',
  method: 'POST',
  target: '/',
  rawHeaders: [],
  bodyText: '',
  bodyByteLength: 0,
  answer: null,
  error: `It did not answer ${evil}`,
  totalMs: 2_000,
}

function resultOf(outcome: CheckResult['outcome'], id: string): CheckResult {
  return {
    id,
    group: 'rejects',
    title: 'A body with `one` byte changed is refused',
    why: 'Because.',
    fix: 'Use `timingSafeEqual`.',
    outcome,
    expected: 'It answers 4xx.',
    found: `Answered 200 ${evil}`,
    exchanges: [
      {
        label: evil,
        method: 'POST',
        target: '/hooks?a=<b>',
        rawHeaders: [['X-Evil', evil]],
        bodyText: evil,
        bodyByteLength: 5_000,
        answer: {
          status: 200,
          rawHeaders: [['Set-Cookie', evil]],
          bodyText: evil.repeat(50),
          bodyByteLength: 2_000_000,
        },
        error: null,
        totalMs: 1.234,
      },
      hung,
    ],
  }
}

function reportOf(...outcomes: CheckResult['outcome'][]): CheckReport {
  return {
    id: 7,
    startedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    endedAtMs: Date.UTC(2026, 0, 2, 3, 4, 9),
    state: 'done',
    url: 'http://localhost:3000/hooks?x=<y>',
    schemeId: 'stripe',
    schemeName: 'Stripe',
    version: '1.2.3',
    total: outcomes.length,
    results: outcomes.map((outcome, at) => resultOf(outcome, `rejects.case-${at}`)),
    problem: null,
  }
}

const all = reportOf('passed', 'failed', 'sdk-choice', 'unsure', 'skipped')

describe('the page', () => {
  const { text, name, mediaType } = reportFile(all, 'html')

  test('has a name and a kind', () => {
    expect({ name, mediaType }).toEqual({ name: 'endpoint-check-7.html', mediaType: 'text/html' })
  })

  test('runs and loads nothing, whatever came over the network', () => {
    expect(text).not.toMatch(/<(?:script|img|link|iframe|object|embed|form)\b/i)
    expect(text).not.toMatch(/<[^>]*\s(?:src|href|on\w+)\s*=/i)
    expect(text).not.toMatch(/url\(|@import/)
    expect(text).toContain("default-src 'none'; style-src 'unsafe-inline'")
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain('\u202e')
    expect(text).not.toContain('\u0000')
  })

  test('says what was found, never by colour alone, and opens what failed', () => {
    expect(text).toContain('<h1>One expectation fails</h1>')
    expect(text).toContain('1 failed, 1 the SDK’s choice, 1 unsure, 1 passed, 1 skipped')
    expect(text).toMatch(/<details class="failed" id="rejects.case-1" open>\n<summary>.*✕.*failed/)
    expect(text).toMatch(/<details class="passed" id="rejects.case-0">/)
    expect(text).toContain('Use <code>timingSafeEqual</code>.')
    expect(text).toContain('2,000,000 bytes in all')
  })

  test('text stands as it is, or as what it says', () => {
    assert(
      property(anyText, (any) => {
        return !/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(html(any))
      }),
    )
  })
})

describe('JUnit', () => {
  const { text } = reportFile(all, 'junit')

  test('counts, and fails for what failed alone', () => {
    expect(text).toContain('tests="5" failures="1" errors="0" skipped="3"')
    expect(text.match(/<failure /g)).toHaveLength(1)
    expect(text.match(/<skipped /g)).toHaveLength(3)
    expect(text.match(/<testcase /g)).toHaveLength(5)
    expect(text).toContain('timestamp="2026-01-02T03:04:05.000Z"')
  })

  test('is well formed, whatever came over the network', () => {
    const tags = [...text.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)]
    const open: string[] = []
    const closed = tags.flatMap(([, close, name = '', end]) => {
      if (!close && !end) open.push(name)
      return close ? [[open.pop(), name]] : []
    })
    expect(closed.length).toBeGreaterThan(5)
    expect(closed.filter(([opened, name]) => opened !== name)).toEqual([])
    expect(open).toEqual([])
    assert(
      property(anyText, (any) => {
        const written = xml(any)
        const allowed = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u
        return allowed.test(written) && !/[<>"']/.test(written)
      }),
    )
  })
})

test('JSON is the report of the contract', () => {
  const { text, mediaType } = reportFile(all, 'json')
  expect(mediaType).toBe('application/json')
  expect(CheckReport.parse(JSON.parse(text))).toEqual(all)
})

test('what the SDK decides and what is unsure does not count against a handler', () => {
  expect(holds(reportOf('passed', 'sdk-choice', 'unsure', 'skipped'))).toBe(true)
  expect(holds(reportOf('passed', 'failed'))).toBe(false)
  expect(holds({ ...reportOf('passed'), state: 'cancelled' })).toBe(false)
  expect(holds({ ...reportOf('passed'), problem: 'It no longer answers.' })).toBe(false)
  expect(countsText(reportOf())).toBe('nothing was asked')
})
