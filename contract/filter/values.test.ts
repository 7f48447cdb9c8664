import { describe, expect, it } from 'vitest'
import { NOW, problem, tree } from './parsed.fixture.ts'

const range = (from: number | null, to: number | null, fromOpen = false, toOpen = false) => ({
  from,
  fromOpen,
  to,
  toOpen,
})

describe('values', () => {
  it('reads patterns as they are written', () => {
    expect(tree('endpoint:"My shop"')).toEqual({ kind: 'endpoint', pattern: 'My shop' })
    expect(tree('type:invoice.*')).toEqual({ kind: 'type', pattern: 'invoice.*' })
    expect(tree('METHOD:post')).toEqual({ kind: 'method', pattern: 'post' })
    expect(tree('path:/x/*')).toEqual({ kind: 'path', pattern: '/x/*' })
    expect(tree('tag:"a b"*')).toEqual({ kind: 'tag', pattern: 'a b*' })
    expect(tree('scheme:stripe')).toEqual({ kind: 'scheme', pattern: 'stripe' })
    expect(tree('id:msg_2X')).toEqual({ kind: 'id', text: 'msg_2X' })
    expect(tree('note:"ask Ada"')).toEqual({ kind: 'note', text: 'ask Ada' })
  })

  it('knows verdicts and states', () => {
    expect(tree('verdict:No-Secret')).toEqual({ kind: 'verdict', verdict: 'no-secret' })
    expect(tree('is:duplicate')).toEqual({ kind: 'is', state: 'duplicate' })
    expect(problem('verdict:invalit')).toEqual([
      'invalit',
      'There is no verdict “invalit”. Write invalid.',
    ])
    expect(problem('is:invalid')[1]).toBe('invalid is a verdict: write verdict:invalid.')
    expect(problem('is:zzzz')[1]).toContain('Write one of failure, duplicate,')
  })

  it.each([
    ['status:200', 'status', range(200, 200)],
    ['status:=200', 'status', range(200, 200)],
    ['status:>=400', 'status', range(400, null)],
    ['status:4xx', 'status', range(400, 499)],
    ['status:200..299', 'status', range(200, 299)],
    ['status:..299', 'status', range(null, 299)],
    ['status:500..', 'status', range(500, null)],
    ['size:>10kb', 'size', range(10_000, null, true)],
    ['size:<1KiB', 'size', range(null, 1024, false, true)],
    ['size:1.1kb', 'size', range(1100, 1100)],
    ['size:1mb..2mb', 'size', range(1_000_000, 2_000_000)],
    ['duration:>500ms', 'duration', range(500, null, true)],
    ['duration:<=1.5s', 'duration', range(null, 1500)],
    ['duration:>2min', 'duration', range(120_000, null, true)],
  ])('reads %s', (text, kind, expected) => {
    expect(tree(text)).toEqual({ kind, range: expected })
  })

  it('compares skew by magnitude unless a sign is written', () => {
    expect(tree('skew:>60')).toEqual({ kind: 'skew', range: range(60, null, true), signed: false })
    expect(tree('skew:<-60')).toEqual({
      kind: 'skew',
      range: range(null, -60, false, true),
      signed: true,
    })
    expect(tree('skew:>+5min')).toEqual({
      kind: 'skew',
      range: range(300, null, true),
      signed: true,
    })
    expect(tree('skew:-60..60')).toEqual({ kind: 'skew', range: range(-60, 60), signed: true })
  })

  it.each([
    ['status:abc', 'abc', 'Here belongs a status, such as >=400'],
    ['status:>', '>', 'Here belongs a status'],
    ['status:6xx', 'xx', 'has no unit'],
    ['status:-1', '-1', 'without a sign'],
    ['size:>10kp', 'kp', 'Write kb'],
    ['size:>10parsec', 'parsec', 'Write one of b, kb'],
    ['size:"1kb"', '"1kb"', 'without quotes'],
    ['size:2..1', '2..1', 'smaller number comes first'],
    ['size:..', '..', 'on one side'],
    ['size:9999999999999999gb', '9999999999999999gb', 'too large'],
    ['duration:1s..x', 'x', 'Here belongs a length of time'],
    ['header:', 'header:', 'belongs a header'],
    ['header:a:b', ':b', 'possibly = and its value'],
    ['header:x-*', '*', 'possibly = and its value'],
    ['header:x=', 'x=', 'without it, x finds'],
    ['endpoint:""', '""', 'nothing in these quotes'],
  ])('points in %j at %j', (text, at, sentence) => {
    const [marked, said] = problem(text)
    expect(marked).toBe(at)
    expect(said).toContain(sentence)
  })

  it('reads headers', () => {
    expect(tree('header:X-Foo')).toEqual({ kind: 'header', name: 'x-foo', pattern: null })
    expect(tree('header:x-foo=ba*')).toEqual({ kind: 'header', name: 'x-foo', pattern: 'ba*' })
    expect(tree('header:x-foo="a b"')).toEqual({ kind: 'header', name: 'x-foo', pattern: 'a b' })
    expect(tree('header:x-foo=""')).toEqual({ kind: 'header', name: 'x-foo', pattern: '' })
  })
})

describe('JSON', () => {
  it('reads paths and comparisons', () => {
    expect(tree('json:$.data.amount>1000')).toEqual({
      kind: 'json',
      path: [{ key: 'data' }, { key: 'amount' }],
      comparison: { operator: '>', value: '1000', quoted: false },
    })
    expect(tree('json:$.items[*].sku="a b"')).toEqual({
      kind: 'json',
      path: [{ key: 'items' }, 'every', { key: 'sku' }],
      comparison: { operator: '=', value: 'a b', quoted: true },
    })
    expect(tree('json:$["odd \\"key"][0].*')).toEqual({
      kind: 'json',
      path: [{ key: 'odd "key' }, { index: 0 }, 'every'],
      comparison: null,
    })
    expect(tree('json:livemode!=false')).toEqual({
      kind: 'json',
      path: [{ key: 'livemode' }],
      comparison: { operator: '!=', value: 'false', quoted: false },
    })
    expect(tree('json:$.n=12345678901234567890.10')).toMatchObject({
      comparison: { value: '12345678901234567890.10' },
    })
    expect(tree('json:$')).toEqual({ kind: 'json', path: [], comparison: null })
  })

  it.each([
    ['json:$.', '.', 'A key belongs here'],
    ['json:$..a', '.', 'A key belongs here'],
    ['json:$a', 'a', 'Neither a dot'],
    ['json:$.a[b]', '[b]', 'In brackets stands'],
    ['json:$["a"', '["a"', 'Write ] behind'],
    ['json:$.a>', '>', 'A value belongs behind >'],
    ['json:$.a>"5"', '"5"', 'Only numbers'],
    ['json:$.a<b', 'b', 'Only numbers'],
    ['json:$.a!', '!', 'Neither a dot'],
  ])('points in %j at %j', (text, at, sentence) => {
    const [marked, said] = problem(text)
    expect(marked).toBe(at)
    expect(said).toContain(sentence)
  })
})

function after(text: string): number | null {
  const node = tree(`after:${text}`)
  if (node.kind !== 'time') throw new Error(node.kind)
  return node.range.from
}

function local(...parts: [number, number, number, number?, number?, number?, number?]): number {
  return new Date(...parts).getTime()
}

describe('times', () => {
  it('counts back from now', () => {
    expect(after('2h')).toBe(NOW - 7_200_000)
    expect(after('30min')).toBe(NOW - 1_800_000)
    expect(after('1.5d')).toBe(NOW - 129_600_000)
    expect(after('now')).toBe(NOW)
    expect(after('today')).toBe(local(2026, 10, 22))
    expect(after('Yesterday')).toBe(local(2026, 10, 21))
    expect(after('9:05')).toBe(local(2026, 10, 22, 9, 5))
  })

  it('reads dates in the local zone, and in a zone that is written', () => {
    expect(after('2026-11-01')).toBe(local(2026, 10, 1))
    expect(after('"2026-11-01 14:00"')).toBe(local(2026, 10, 1, 14))
    expect(after('2026-11-01T14:00:05.5')).toBe(local(2026, 10, 1, 14, 0, 5, 500))
    expect(after('2026-11-01T14:00Z')).toBe(Date.UTC(2026, 10, 1, 14))
    expect(after('2026-11-01T14:00:00+01:30')).toBe(Date.UTC(2026, 10, 1, 12, 30))
    expect(after('"2026-11-01 14:00 -0100"')).toBe(Date.UTC(2026, 10, 1, 15))
  })

  it('takes the moment itself into after, and leaves it out of before', () => {
    expect(tree('before:2026-11-01')).toEqual({
      kind: 'time',
      range: range(null, local(2026, 10, 1), false, true),
    })
    expect(tree('after:2026-11-01')).toEqual({
      kind: 'time',
      range: range(local(2026, 10, 1), null),
    })
  })

  it.each([
    ['after:2026-02-30', '2026-02-30', 'in the calendar'],
    ['after:2026-13-01', '2026-13-01', 'in the calendar'],
    ['after:"2026-11-01 25:00"', '"2026-11-01 25:00"', 'in the calendar'],
    ['after:tomorrow', 'tomorrow', 'is no moment'],
    ['after:2', '2', 'is no moment'],
    ['before:2y', '2y', 'is no moment'],
  ])('points in %j at %j', (text, at, sentence) => {
    const [marked, said] = problem(text)
    expect(marked).toBe(at)
    expect(said).toContain(sentence)
  })
})
