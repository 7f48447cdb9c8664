import { describe, expect, it } from 'vitest'
import { filterPieces } from './parse.ts'
import { NOW, problem, tree } from './parsed.fixture.ts'

const word = (text: string, prefix = false) => ({ kind: 'text', where: 'anywhere', text, prefix })

describe('structure', () => {
  it('finds everything with nothing', () => {
    expect(tree('')).toEqual({ kind: 'all', of: [] })
    expect(tree(' \n\t')).toEqual({ kind: 'all', of: [] })
  })

  it('binds what stands side by side tighter than OR', () => {
    expect(tree('a b OR c')).toEqual({
      kind: 'any',
      of: [{ kind: 'all', of: [word('a'), word('b')] }, word('c')],
    })
    expect(tree('a (b OR c)')).toEqual({
      kind: 'all',
      of: [word('a'), { kind: 'any', of: [word('b'), word('c')] }],
    })
  })

  it('takes AND for what it says, and or and and as words', () => {
    expect(tree('a AND b')).toEqual(tree('a b'))
    expect(tree('a or b')).toEqual({ kind: 'all', of: [word('a'), word('or'), word('b')] })
    expect(tree('"OR"')).toEqual(word('OR'))
  })

  it('negates terms and parentheses', () => {
    expect(tree('-verdict:valid')).toEqual({
      kind: 'not',
      of: { kind: 'verdict', verdict: 'valid' },
    })
    expect(tree('-(a OR b)')).toEqual({
      kind: 'not',
      of: { kind: 'any', of: [word('a'), word('b')] },
    })
    expect(tree('-"a b"')).toEqual({ kind: 'not', of: word('a b') })
    expect(tree('a-b')).toEqual(word('a-b'))
  })

  it('needs no spaces around parentheses that follow a sign', () => {
    expect(tree('(a)b')).toEqual({ kind: 'all', of: [word('a'), word('b')] })
    expect(tree('((a))')).toEqual(word('a'))
  })

  it.each([
    ['OR a', 'OR', 'stands between two conditions'],
    ['a OR', 'OR', 'stands between two conditions'],
    ['a OR OR b', 'OR', 'stands between two conditions'],
    ['a AND', 'AND', 'AND stands between'],
    ['AND a', 'AND', 'AND stands between'],
    ['(a', '(', 'Write )'],
    ['(', '(', 'Write )'],
    ['a)', ')', 'closes no parenthesis'],
    [')', ')', 'closes no parenthesis'],
    ['a () b', '()', 'Nothing stands'],
    ['foo(bar)', '(', 'Put a space'],
    ['- a', '-', 'directly before'],
    ['a -', '-', 'directly before'],
    ['--a', '-', 'One - negates'],
    ['NOT a', 'NOT', 'Write - directly'],
    ['a "b c', '"b c', 'has no end'],
    ['type:"a b', '"a b', 'has no end'],
    ['a"b"', '"b"', 'Quotes go around'],
    ['"a"b', 'b', 'ends with its quote'],
    ['“a b”', '“', 'straight quotes'],
  ])('points in %j at %j', (text, at, sentence) => {
    const [marked, said] = problem(text)
    expect(marked).toBe(at)
    expect(said).toContain(sentence)
  })

  it('ends nesting and length with a sentence', () => {
    expect(tree(`${'('.repeat(20)}a${')'.repeat(20)}`)).toEqual(word('a'))
    expect(problem(`${'('.repeat(21)}a${')'.repeat(21)}`)[1]).toContain('at most 20 deep')
    expect(problem('-('.repeat(900))[1]).toContain('at most 20 deep')
    expect(problem('x'.repeat(2_001))).toEqual([
      'x',
      'A filter has at most 2000 characters; this one has 2001.',
    ])
    expect(problem('x '.repeat(101))[1]).toContain('at most 100 conditions')
  })

  it('tells the pieces that must all hold, with their place', () => {
    const text = 'verdict:invalid  -(a OR b) "c d"'
    const pieces = filterPieces(text, NOW).map(({ from, to }) => text.slice(from, to))
    expect(pieces).toEqual(['verdict:invalid', '-(a OR b)', '"c d"'])
    expect(filterPieces('a OR b', NOW)).toHaveLength(1)
    expect(filterPieces('(', NOW)).toEqual([])
    expect(filterPieces('', NOW)).toEqual([])
  })
})

describe('words', () => {
  it('reads words, phrases and beginnings', () => {
    expect(tree('refund')).toEqual(word('refund'))
    expect(tree('refun*')).toEqual(word('refun', true))
    expect(tree('"a b"')).toEqual(word('a b'))
    expect(tree('"a b"*')).toEqual(word('a b', true))
    expect(tree('"say \\"x\\" \\\\ \\n"')).toEqual(word('say "x" \\ \\n'))
    expect(tree('body:"free text"')).toEqual({ ...word('free text'), where: 'body' })
    expect(tree('headers:cur*')).toEqual({ ...word('cur', true), where: 'headers' })
    expect(tree('url:x')).toEqual({ ...word('x'), where: 'url' })
  })

  it('takes what is plainly no key for words', () => {
    expect(tree('https://example.com/a')).toEqual(word('https://example.com/a'))
    expect(tree('12:30')).toEqual(word('12:30'))
    expect(tree('a.b:1')).toEqual(word('a.b:1'))
  })

  it.each([
    ['in*oice', '*', 'only at the end'],
    ['*', '*', 'by its words'],
    ['!!', '!!', 'by its words'],
    ['""', '""', 'by its words'],
    ['foo:bar', 'foo:', 'There is no key “foo:”'],
    ['verdct:invalid', 'verdct:', 'Write verdict: instead'],
    ['stauts:200', 'stauts:', 'Write status: instead'],
    ['meth:POST', 'meth:', 'Write method: instead'],
    ['content-type:json', 'content-type:', 'header:content-type='],
    ['localhost:4100', 'localhost:', '"localhost:4100"'],
    ['status>=400', 'status', 'status:>=400'],
    ['verdict:', 'verdict:', 'Behind verdict: belongs a verdict, such as verdict:invalid.'],
    ['a -type: b', 'type:', 'such as type:invoice.paid'],
  ])('points in %j at %j', (text, at, sentence) => {
    const [marked, said] = problem(text)
    expect(marked).toBe(at)
    expect(said).toContain(sentence)
  })
})
