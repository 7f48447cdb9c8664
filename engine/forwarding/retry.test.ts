import { expect, it } from 'vitest'
import type { SendOutcome } from '#engine/replay/send.ts'
import { findScheme } from '#engine/signatures/catalogue.ts'
import { gapsOf, standingAfter } from './retry.ts'

const timings = { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 2, totalMs: 3 }
const answered = (status: number): SendOutcome => ({
  answer: {
    status,
    statusMessage: '',
    rawHeaders: [],
    bodyBytes: new Uint8Array(),
    bodyByteLength: 0,
    truncated: false,
  },
  timings,
})
const silent: SendOutcome = { error: 'Nothing listens.', code: 'X', partialAnswer: null, timings }

const state = (status: number) => standingAfter(answered(status), 1, [5], 0).state

const standing = (attempts: number) => standingAfter(silent, attempts, [5, 0.5], 1_000)

it('waits as long as the schedule says after each attempt, and then fails', () => {
  expect(standing(1)).toEqual({ state: 'waiting', nextAtMs: 6_000, detail: 'Nothing listens.' })
  expect(standing(2)).toMatchObject({ state: 'waiting', nextAtMs: 1_500 })
  expect(standing(3)).toEqual({ state: 'failed', nextAtMs: null, detail: 'Nothing listens.' })
})

it('takes 408, 429, 5xx and what ends no request for failures, a loop for the last one', () => {
  expect([101, 408, 429, 500, 599].map(state)).toEqual(Array(5).fill('waiting'))
  expect([200, 204, 302, 400, 404, 410].map(state)).toEqual(Array(6).fill('done'))
  expect(state(508)).toBe('failed')
})

it('has the schedule of the provider where that is asked for and documented', () => {
  const svix = findScheme('svix')
  expect(gapsOf({ kind: 'provider' }, svix)).toEqual([5, 300, 1800, 7200, 18000, 36000, 36000])
  expect(gapsOf({ kind: 'provider' }, findScheme('github'))).toEqual([])
  expect(gapsOf({ kind: 'provider' }, null)).toEqual([])
  expect(gapsOf({ kind: 'none' }, svix)).toEqual([])
  expect(gapsOf({ kind: 'schedule', gapsSeconds: [1] }, svix)).toEqual([1])
})
