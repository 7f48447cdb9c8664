import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pathOf } from '#contract/http.ts'
import { SAME_BODY_WINDOW_MS } from './duplicates.ts'
import {
  type DeliveryChange,
  digestOf,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from './new-delivery.fixture.ts'
import { openStore, type Store } from './open-store.ts'

let store: Store
beforeEach(() => {
  store = openStore(temporaryDataDir())
})
afterEach(() => {
  store.close()
})

function arrive(change: DeliveryChange = {}) {
  const [committed] = store.commit([makeDelivery(change)])
  if (committed === undefined) throw new Error('Nothing was committed.')
  return committed
}

const idless = (
  bodyText: string,
  receivedAtMs: number,
  verdict: 'valid' | 'invalid' = 'valid',
) => ({
  bodyText,
  receivedAtMs,
  schemeHasMessageId: false,
  verification: { messageId: null, schemeId: 'github', verdict },
})

describe('duplicates by message id', () => {
  it('tells retry, exact replay and id reuse, with original, ordinal and gap', () => {
    const first = arrive()
    expect(first.duplicate).toBeNull()
    const retry = { signatureDigest: digestOf('signed anew'), receivedAtMs: 1_700_000_006_500 }
    expect(arrive(retry).duplicate).toEqual({
      kind: 'retry',
      originalId: first.id,
      ordinal: 2,
      sinceOriginalMs: 5_000,
    })
    expect(arrive().duplicate).toMatchObject({ kind: 'exact-replay', ordinal: 3 })
    expect(arrive(retry).duplicate).toMatchObject({ kind: 'exact-replay', ordinal: 4 })
    expect(arrive({ bodyText: 'other' }).duplicate).toMatchObject({ kind: 'id-reuse', ordinal: 5 })
    expect(arrive({ verification: { messageId: 'msg_2' } }).duplicate).toBeNull()
  })

  it('decides within one batch as between batches', () => {
    const [one, two] = store.commit([makeDelivery(), makeDelivery()])
    expect(one?.duplicate).toBeNull()
    expect(two?.duplicate).toMatchObject({ kind: 'exact-replay', originalId: one?.id })
  })

  it('keeps endpoints, schemes and paths of the catch-all apart, but not queries', () => {
    const made = store.endpoints.create({ name: 'a', path: '/a', schemeId: null, tolerance: null })
    if ('conflict' in made) throw new Error('It clashed.')
    arrive()
    expect(arrive({ endpointId: made.id }).duplicate).toBeNull()
    expect(arrive({ target: '/other' }).duplicate).toBeNull()
    expect(arrive({ verification: { schemeId: 'stripe' } }).duplicate).toBeNull()
    expect(arrive({ target: '/hook?b=2' }).duplicate).not.toBeNull()
  })

  it('does not let a forged delivery make the genuine one its duplicate', () => {
    const forged = arrive({ bodyText: 'forged', verification: { verdict: 'invalid' } })
    const genuine = arrive()
    expect(genuine.duplicate).toBeNull()
    const retry = arrive({ signatureDigest: digestOf('anew') })
    expect(retry.duplicate).toMatchObject({ kind: 'retry', originalId: genuine.id, ordinal: 2 })
    const again = arrive({ bodyText: 'forged', verification: { verdict: 'invalid' } })
    expect(again.duplicate).toMatchObject({ kind: 'id-reuse', originalId: genuine.id })
    expect(forged.id).toBeLessThan(genuine.id)
  })

  it('compares unverified deliveries with the first of them', () => {
    const first = arrive({ verification: { verdict: 'no-secret' } })
    const second = arrive({ verification: { verdict: 'no-secret' }, signatureDigest: null })
    expect(second.duplicate).toMatchObject({ kind: 'retry', originalId: first.id })
  })

  it('takes the first as original once judging anew found its signature right', () => {
    const first = arrive({ verification: { verdict: 'no-secret' } })
    const verification = makeVerification({ verdict: 'valid' })
    expect(store.judging.update([{ id: first.id, revision: 1, verification }])).toBe(1)
    expect(arrive().duplicate).toMatchObject({ kind: 'exact-replay', originalId: first.id })
  })

  it('neither counts replays of ours nor takes them for originals', () => {
    expect(arrive({ replayId: 1 }).duplicate).toBeNull()
    const first = arrive()
    expect(first.duplicate).toBeNull()
    expect(arrive({ replayId: 2 }).duplicate).toBeNull()
    expect(arrive().duplicate).toMatchObject({ originalId: first.id, ordinal: 2 })
  })

  it('does not call a body that was cut another body', () => {
    arrive({ problem: 'sender-gone', bodyText: '{"a', verification: { verdict: 'incomplete' } })
    const cut = { problem: 'sender-gone', verification: { verdict: 'incomplete' } } as const
    expect(arrive({ ...cut, bodyText: '{"a":' }).duplicate).toMatchObject({ kind: 'retry' })
  })
})

describe('duplicates by body', () => {
  const start = 1_700_000_000_000

  it('holds for 72 hours, that limit included', () => {
    const first = arrive(idless('x', start))
    const atLimit = arrive(idless('x', start + SAME_BODY_WINDOW_MS))
    expect(atLimit.duplicate).toMatchObject({ kind: 'same-body', originalId: first.id, ordinal: 2 })
    expect(arrive(idless('x', start + 2 * SAME_BODY_WINDOW_MS + 1)).duplicate).toBeNull()
  })

  it('goes on from the first that is not too old', () => {
    arrive(idless('x', start))
    const second = arrive(idless('x', start + SAME_BODY_WINDOW_MS - 1))
    const third = arrive(idless('x', start + SAME_BODY_WINDOW_MS + 1))
    expect(third.duplicate).toMatchObject({ originalId: second.id, ordinal: 2, sinceOriginalMs: 2 })
  })

  it('ignores empty bodies and schemes that have ids', () => {
    arrive(idless('', start))
    expect(arrive(idless('', start)).duplicate).toBeNull()
    const withoutId = { ...idless('x', start), schemeHasMessageId: true }
    arrive(withoutId)
    expect(arrive(withoutId).duplicate).toBeNull()
  })

  it('prefers a right signature', () => {
    arrive(idless('x', start, 'invalid'))
    const right = arrive(idless('x', start + 1))
    expect(right.duplicate).toBeNull()
    expect(arrive(idless('x', start + 2)).duplicate).toMatchObject({ originalId: right.id })
  })

  it('does not take a message id for a digest', () => {
    arrive({ ...idless('x', start) })
    const verification = { messageId: digestOf('x'), schemeId: 'github' }
    expect(arrive({ bodyText: 'x', verification }).duplicate).toBeNull()
  })
})

it.each([
  ['/a?x=1', '/a'],
  ['/a#frag', '/a'],
  ['http://example.test/a/b?x', '/a/b'],
  ['*', '*'],
])('the path of %s is %s', (target, expected) => {
  expect(pathOf(target)).toBe(expected)
})
