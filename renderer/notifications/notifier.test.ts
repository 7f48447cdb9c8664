import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { NotificationRule } from '#contract/settings.ts'
import type { Notice } from '#renderer/platform/notice.ts'
import { createNotifier, MOST_MATCHES, type Notifier } from './notifier.ts'

function row(id: number): DeliveryRow {
  return {
    id,
    receivedAtMs: id,
    endpointId: 1,
    endpointName: 'Stripe',
    method: 'POST',
    target: '/stripe',
    eventType: 'invoice.paid',
    messageId: null,
    bodyByteLength: 2,
    verdict: 'invalid',
    verdictAtReceipt: 'invalid',
    schemeId: 'stripe',
    skewSeconds: null,
    duplicate: null,
    statusAnswered: 200,
    problem: null,
    replayId: null,
    challenge: null,
    durationMs: null,
    pinned: false,
    hasNote: false,
    tags: [],
    attempts: null,
  }
}

let notifier: Notifier
let notices: Notice[]
let stored: number[]
let rules: NotificationRule[]
let questions: number
beforeEach(() => {
  vi.useFakeTimers()
  notices = []
  stored = [1, 2, 3]
  questions = 0
  rules = [{ name: 'Failures', query: 'is:failure', enabled: true }]
  notifier = createNotifier({
    rules: () => rules,
    newestId: async () => stored.at(-1) ?? 0,
    matchesSince: async (_, afterId) => {
      questions += 1
      const found = stored.filter((id) => id > afterId)
      return { rows: found.slice(0, MOST_MATCHES).map(row), hasMore: found.length > MOST_MATCHES }
    },
    notify: (notice) => notices.push(notice),
  })
})
afterEach(() => {
  notifier.stop()
  vi.useRealTimers()
})
async function arrive(...ids: number[]): Promise<void> {
  for (const id of ids) {
    stored.push(id)
    notifier.arrived()
    await vi.advanceTimersByTimeAsync(10)
  }
}

describe('notifications by rule', () => {
  it('tell one delivery as it is, and nothing of what was there before', async () => {
    await vi.advanceTimersByTimeAsync(0)
    await arrive(4)
    await vi.advanceTimersByTimeAsync(1000)
    expect(notices).toEqual([
      { title: 'Failures', body: 'Stripe · invoice.paid · invalid', deliveryId: 4 },
    ])
  })

  it('gather a burst, and keep quiet for a while', async () => {
    await vi.advanceTimersByTimeAsync(0)
    await arrive(4, 5, 6)
    await vi.advanceTimersByTimeAsync(1000)
    expect(notices.map(({ body }) => body)).toEqual(
      ['Stripe · invoice.paid · invalid'].map(
        (line) => `3 deliveries match “Failures”. The newest: ${line}`,
      ),
    )
    await arrive(7)
    await vi.advanceTimersByTimeAsync(1000)
    await arrive(8)
    await vi.advanceTimersByTimeAsync(1000)
    expect(notices).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(notices[1]).toMatchObject({
      body: expect.stringMatching(/^2 deliveries match/),
      deliveryId: 8,
    })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(notices).toHaveLength(2)
  })

  it('ask bounded questions of a flood', async () => {
    await vi.advanceTimersByTimeAsync(0)
    for (let id = 4; id < 2000; id += 1) {
      stored.push(id)
      notifier.arrived()
    }
    await vi.advanceTimersByTimeAsync(1000)
    expect(questions).toBe(1)
    expect(notices[0]?.body).toMatch(/^50 or more deliveries/)
  })

  it('leave rules alone that are off, and say nothing where nothing matches', async () => {
    rules = [{ name: 'Off', query: '', enabled: false }]
    await vi.advanceTimersByTimeAsync(0)
    await arrive(4)
    await vi.advanceTimersByTimeAsync(2000)
    expect(questions).toBe(0)
    expect(notices).toEqual([])
  })
})
