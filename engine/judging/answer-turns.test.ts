import { describe, expect, it } from 'vitest'
import { createAnswerTurns } from './answer-turns.ts'

describe('createAnswerTurns', () => {
  it('counts messages apart, and everything together', () => {
    const turns = createAnswerTurns()
    expect(turns.delivered('a')).toEqual({ counter: 1, attempt: 1 })
    expect(turns.delivered('b')).toEqual({ counter: 2, attempt: 1 })
    expect(turns.delivered('a')).toEqual({ counter: 3, attempt: 2 })
    expect([turns.takeTurn('a'), turns.takeTurn('a'), turns.takeTurn('b')]).toEqual([0, 1, 0])
    expect([turns.takeTurn(null), turns.takeTurn(null)]).toEqual([0, 1])
  })

  it('takes back what was not stored, and nothing else', () => {
    const turns = createAnswerTurns()
    turns.delivered('a')
    turns.takeTurn('a')
    turns.takeTurn(null)
    turns.committed()
    for (const message of ['a', 'b', 'a']) {
      turns.delivered(message)
      turns.takeTurn(message)
      turns.takeTurn(null)
    }
    turns.rolledBack()
    expect(turns.delivered('a')).toEqual({ counter: 2, attempt: 2 })
    expect(turns.delivered('b')).toEqual({ counter: 3, attempt: 1 })
    expect([turns.takeTurn('a'), turns.takeTurn('b'), turns.takeTurn(null)]).toEqual([1, 0, 1])
  })

  it('forgets the messages that came longest ago', () => {
    const turns = createAnswerTurns(2)
    for (const message of ['a', 'b', 'a', 'c']) turns.takeTurn(message)
    expect(turns.takeTurn('a')).toBe(2)
    expect(turns.takeTurn('b')).toBe(0)
  })
})
