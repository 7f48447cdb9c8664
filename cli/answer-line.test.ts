import { expect, it } from 'vitest'
import { answerLine } from './answer-line.ts'

const answer = {
  status: 200,
  rawHeaders: [],
  bodyText: null,
  by: 'default' as const,
  fault: null,
  delayMs: 0,
  replayId: null,
}

it.each([
  [{ answer: null, durationMs: null }, null, 'Not answered.'],
  [{ answer, durationMs: 3000 }, 3, 'Answered 200, by default in 3000 ms.'],
  [
    { answer: { ...answer, status: 504, by: 'forward' as const }, durationMs: 3001 },
    3,
    'Answered 504, as its target said in 3001 ms. Too late: the provider waits 3 s.',
  ],
  [
    { answer: { ...answer, by: 'canned' as const, delayMs: 250 }, durationMs: 260 },
    null,
    'Answered 200, as written at its endpoint in 260 ms, 250 ms of it held back.',
  ],
  [
    { answer: { ...answer, by: 'failure' as const, fault: 'hang' as const }, durationMs: null },
    5,
    'Not answered, but let hang, a failure by chance.',
  ],
])('%#', (delivery, deadline, line) => expect(answerLine(delivery, deadline)).toBe(line))
