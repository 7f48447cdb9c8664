import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Duplicate } from '#contract/delivery.ts'
import {
  digestOf,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from './new-delivery.fixture.ts'
import { openStore } from './open-store.ts'

interface Arrival {
  scope: string
  messageId: string | null
  bodyText: string
  signature: string
  verdict: 'valid' | 'stale' | 'invalid' | 'no-secret'
  replay: boolean
  /** Hours since the arrival before. */
  gapHours: number
  /** Then an earlier delivery (this many back) is judged right. */
  judgeBack: number | null
}

interface Seen extends Arrival {
  id: number
  atMs: number
  right: boolean
}

const arrivals = fc.array(
  fc.record<Arrival>({
    scope: fc.constantFrom('/b?q=1', '/b', '/b', '/a'),
    messageId: fc.constantFrom('m1', null, null),
    bodyText: fc.constantFrom('x', 'x', 'x', 'y', ''),
    signature: fc.constantFrom('s1', 's2'),
    verdict: fc.constantFrom('valid', 'stale', 'invalid', 'no-secret'),
    replay: fc.nat(5).map((one) => one === 0),
    gapHours: fc.constantFrom(0, 0, 1, 20, 40, 80),
    judgeBack: fc.option(fc.nat(6), { freq: 5 }),
  }),
  { maxLength: 25 },
)

const WINDOW_MS = 72 * 3_600_000
const isRight = (verdict: string) => verdict === 'valid' || verdict === 'stale'
const pathOf = (target: string) => target.split('?')[0]

/** The rules of docs and design, by looking through everything that came before. */
function expected(now: Seen, before: readonly Seen[]): Duplicate | null {
  if (now.replay) return null
  const group = before.filter(
    (one) =>
      !one.replay &&
      pathOf(one.scope) === pathOf(now.scope) &&
      one.messageId === now.messageId &&
      (now.messageId !== null || one.bodyText === now.bodyText),
  )
  const original = now.messageId === null ? bodyOriginal(now, group) : idOriginal(now, group)
  if (original === null) return null
  return {
    kind: kindOf(now, original, group),
    originalId: original.id,
    ordinal: group.length - group.indexOf(original) + 1,
    sinceOriginalMs: now.atMs - original.atMs,
  }
}

function idOriginal(now: Seen, group: readonly Seen[]): Seen | null {
  const right = group.find((one) => one.right)
  if (right) return right
  return now.right ? null : (group[0] ?? null)
}

function bodyOriginal(now: Seen, group: readonly Seen[]): Seen | null {
  if (now.bodyText === '') return null
  const fresh = group.filter((one) => now.atMs - one.atMs <= WINDOW_MS)
  const candidates = fresh.some((one) => one.right) ? fresh.filter((one) => one.right) : fresh
  if (now.right && !fresh.some((one) => one.right)) return null
  return candidates[0] ?? null
}

function kindOf(now: Seen, original: Seen, group: readonly Seen[]): Duplicate['kind'] {
  if (now.messageId === null) return 'same-body'
  if (now.bodyText !== original.bodyText) return 'id-reuse'
  const same = group.some((one) => one.signature === now.signature && one.bodyText === now.bodyText)
  return same ? 'exact-replay' : 'retry'
}

it('decides as a naive look through all earlier deliveries does', () => {
  fc.assert(
    fc.property(arrivals, (sequence) => {
      const store = openStore(temporaryDataDir())
      try {
        const seen: Seen[] = []
        let atMs = 1_700_000_000_000
        for (const arrival of sequence) {
          atMs += arrival.gapHours * 3_600_000
          const verification = {
            messageId: arrival.messageId,
            schemeId: arrival.messageId === null ? 'github' : 'svix',
            verdict: arrival.verdict,
          }
          const [done] = store.commit([
            makeDelivery({
              receivedAtMs: atMs,
              target: arrival.scope,
              bodyText: arrival.bodyText,
              signatureDigest: digestOf(arrival.signature),
              schemeHasMessageId: arrival.messageId !== null,
              replayId: arrival.replay ? 1 : null,
              verification,
            }),
          ])
          if (!done) throw new Error('Nothing was committed.')
          const now = {
            ...arrival,
            id: done.id,
            atMs,
            right: isRight(arrival.verdict),
            series: null,
          }
          expect(done.duplicate).toEqual(expected(now, seen))
          seen.push(now)
          const judged = arrival.judgeBack === null ? undefined : seen.at(-1 - arrival.judgeBack)
          if (!judged) continue
          judged.right = true
          store.judging.update([
            {
              id: judged.id,
              revision: 0,
              verification: makeVerification({
                messageId: judged.messageId,
                schemeId: judged.messageId === null ? 'github' : 'svix',
                verdict: 'valid',
              }),
            },
          ])
        }
      } finally {
        store.close()
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)
