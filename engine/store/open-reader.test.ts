import fs from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeliveryFilter, DeliveryRow } from '#contract/delivery.ts'
import { type Verdict, verdicts } from '#contract/verdict.ts'
import {
  digestOf,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from './new-delivery.fixture.ts'
import { openReader, type Reader } from './open-reader.ts'
import { openStore, type Store } from './open-store.ts'

let dataDir: string
let store: Store
let reader: Reader
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
  reader = openReader(dataDir, { budgetMs: 10_000 })
})
afterEach(() => {
  reader.close()
  store.close()
})

function endpointAt(endpointPath: string): number {
  const made = store.endpoints.create({
    name: endpointPath,
    path: endpointPath,
    schemeId: 'svix',
    tolerance: null,
  })
  if ('conflict' in made) throw new Error(`It clashed by ${made.conflict}.`)
  return made.id
}

function commit(delivery: Parameters<Store['commit']>[0][number]): number {
  const [done] = store.commit([delivery])
  if (done === undefined) throw new Error('Nothing was committed.')
  return done.id
}

const kinds = (rows: (DeliveryRow & { kind: string | null })[]) =>
  rows.map(({ id, kind }) => [id, kind])

describe('get', () => {
  it('gives back everything that was committed', () => {
    const endpointId = endpointAt('/hook')
    const verification = makeVerification({
      notices: [{ code: 'n', sentence: 'A remark.' }],
      tolerance: { pastSeconds: null, futureSeconds: 5 },
    })
    const delivery = makeDelivery({
      endpointId,
      verification,
      revision: 1,
      rawHeaders: [
        ['Content-Encoding', 'gzip'],
        ['X-Bytes', 'caf\u00e9 \u0000'],
        ['Content-Length', '7'],
      ],
      rawTrailers: [['X-End', '1']],
      answer: { status: 401, rawHeaders: [['X-Why', 'no']], by: 'verdict' },
      problem: 'sender-gone',
      problemDetail: 'The sender stopped after 7 bytes of 9.',
    })
    const id = commit(delivery)
    const stored = reader.get(id)
    const { body, endpointId: _, revision: __, ...same } = delivery
    const { signatureDigest: ___, schemeHasMessageId: ____, verification: v, ...kept } = same
    expect(stored).toMatchObject(kept)
    expect(stored).toMatchObject({ endpointId, endpointName: '/hook', statusAnswered: 401 })
    expect(stored?.verificationAtReceipt).toEqual(v)
    expect(stored?.verification).toEqual(v)
    expect(stored?.contentEncoding).toBe('gzip')
    expect(stored?.announcedByteLength).toBe(7)
    expect(body.kind === 'memory' && stored?.bodyByteLength).toBe(7)
    expect(reader.get(id + 1)).toBeNull()
  })

  it('still names an endpoint that was removed', () => {
    const endpointId = endpointAt('/hook')
    const id = commit(makeDelivery({ endpointId }))
    expect(store.endpoints.remove(endpointId)).toBe(true)
    expect(reader.get(id)).toMatchObject({ endpointId, endpointName: '/hook' })
  })
})

describe('list and count', () => {
  it('page, filter and count as a look through all rows does', () => {
    const endpoints = [null, endpointAt('/a'), endpointAt('/b')]
    const rows: { id: number; endpointId: number | null; verdict: Verdict; repeated: boolean }[] =
      []
    for (let index = 0; index < 120; index += 1) {
      const endpointId = endpoints[index % 3] ?? null
      const verdict = verdicts[(index * 7) % verdicts.length] ?? 'valid'
      const messageId = `m${index % 50}`
      const [done] = store.commit([
        makeDelivery({ endpointId, verification: { verdict, messageId } }),
      ])
      if (!done) throw new Error('Nothing was committed.')
      rows.unshift({ id: done.id, endpointId, verdict, repeated: done.duplicate !== null })
    }
    const filters = fc.record<DeliveryFilter>(
      {
        endpoint: fc.constantFrom<number | 'catch-all'>('catch-all', 1, 2, 77),
        verdicts: fc.subarray([...verdicts]),
        duplicates: fc.boolean(),
      },
      { requiredKeys: [] },
    )
    const anchor = fc.option(fc.integer({ min: 0, max: 125 }), { nil: undefined })
    fc.assert(
      fc.property(filters, anchor, fc.boolean(), fc.integer({ min: 1, max: 50 }), (...drawn) => {
        const [filter, id, upwards, limit] = drawn
        const matching = rows.filter(
          (row) =>
            (filter.endpoint === undefined ||
              row.endpointId === (filter.endpoint === 'catch-all' ? null : filter.endpoint)) &&
            (filter.verdicts === undefined || filter.verdicts.includes(row.verdict)) &&
            (filter.duplicates === undefined || filter.duplicates === row.repeated),
        )
        const span = matching.filter(
          (row) => id === undefined || (upwards ? row.id > id : row.id < id),
        )
        const fromEnd = upwards && id !== undefined
        const page = fromEnd ? span.slice(-limit) : span.slice(0, limit)
        const place = id === undefined ? undefined : { id, value: null }
        const got = reader.list({ filter, limit, [upwards ? 'before' : 'after']: place })
        expect(got.rows.map((row) => row.id)).toEqual(page.map((row) => row.id))
        expect(got.hasMore).toBe(span.length > limit)
        expect(reader.count({ filter })).toEqual({ count: matching.length, capped: false })
        expect(reader.count({ filter }, limit)).toEqual({
          count: Math.min(limit, matching.length),
          capped: matching.length > limit,
        })
      }),
    )
  })

  it('shows the current verdict beside the one at receipt', () => {
    const endpointId = endpointAt('/a')
    const id = commit(makeDelivery({ endpointId, verification: { verdict: 'invalid' } }))
    store.judging.update([{ id, revision: 2, verification: makeVerification() }])
    const [row] = reader.list({ filter: { verdicts: ['valid'] }, limit: 5 }).rows
    expect(row).toMatchObject({ id, verdict: 'valid', verdictAtReceipt: 'invalid' })
    expect(reader.list({ filter: { verdicts: ['invalid'] }, limit: 5 }).rows).toEqual([])
  })
})

describe('body', () => {
  it('reads ranges of bodies in the database and in files', () => {
    const inDatabase = commit(makeDelivery({ bodyText: '0123456789' }))
    fs.writeFileSync(path.join(dataDir, 'bodies', 'abc'), '0123456789')
    const inFile = commit(
      makeDelivery({
        body: { kind: 'file', name: 'abc', byteLength: 10 },
        bodySha256: digestOf('0123456789'),
        verification: { messageId: 'file' },
      }),
    )
    for (const id of [inDatabase, inFile]) {
      const text = (offset: number, length: number) =>
        Buffer.from(reader.body(id, offset, length) ?? []).toString()
      expect(text(0, 4)).toBe('0123')
      expect(text(8, 10)).toBe('89')
      expect(text(10, 1)).toBe('')
      expect(reader.bodyInfo(id)).toMatchObject({ byteLength: 10, sha256: digestOf('0123456789') })
    }
    fs.rmSync(path.join(dataDir, 'bodies', 'abc'))
    expect(reader.body(inFile, 0, 1)).toBeNull()
    expect(reader.body(999, 0, 1)).toBeNull()
    expect(reader.body(commit(makeDelivery({ bodyText: '' })), 0, 1)).toEqual(new Uint8Array())
  })

  it('takes no name that leads out of the folder', () => {
    const body = { kind: 'file', name: '../data.key', byteLength: 1 } as const
    expect(() => store.commit([makeDelivery({ body })])).toThrow(/plain name/)
  })

  it('sweeps what a crash left, and nothing else', () => {
    const bodies = path.join(dataDir, 'bodies')
    for (const name of ['kept', 'orphan', 'half.part'])
      fs.writeFileSync(path.join(bodies, name), 'x')
    commit(makeDelivery({ body: { kind: 'file', name: 'kept', byteLength: 1 } }))
    expect(store.sweepOrphanedBodies()).toEqual({ removed: 2, complete: true })
    expect(fs.readdirSync(bodies)).toEqual(['kept'])
  })
})

describe('attempts', () => {
  it('lists the deliveries of a message, oldest first, from any of them', () => {
    const first = commit(makeDelivery())
    commit(makeDelivery({ verification: { messageId: 'other' } }))
    const ours = commit(makeDelivery({ replayId: 5 }))
    const second = commit(makeDelivery())
    const all = [
      [first, null],
      [ours, null],
      [second, 'exact-replay'],
    ]
    for (const id of [first, ours, second]) expect(kinds(reader.attempts(id))).toEqual(all)
    const alone = commit(makeDelivery({ verification: { messageId: null } }))
    expect(kinds(reader.attempts(alone))).toEqual([[alone, null]])
    expect(reader.attempts(999)).toEqual([])
  })
})

describe('judging', () => {
  it('finds what older revisions judged, newest first, until it is judged', () => {
    const endpointId = endpointAt('/a')
    const ids = [1, 2, 3, 4].map((revision) =>
      commit(
        makeDelivery({ endpointId, revision: revision % 3, verification: { messageId: null } }),
      ),
    )
    for (let times = 0; times < 2; times += 1) store.endpoints.raiseRevision(endpointId)
    expect(reader.pendingJudgements()).toEqual([{ endpointId, revision: 3, pending: 4 }])
    const due = (before?: number) =>
      reader.toJudge({ endpointId, revision: 3, before, limit: 3 }).map(({ id }) => id)
    expect(due()).toEqual([ids[3], ids[2], ids[1]])
    expect(due(ids[1])).toEqual([ids[0]])
    const verification = makeVerification({ verdict: 'invalid', messageId: null })
    expect(store.judging.update(ids.map((id) => ({ id, revision: 3, verification })))).toBe(4)
    expect(reader.pendingJudgements()).toEqual([])
    expect(due()).toEqual([])
    const late = makeVerification({ messageId: null })
    expect(store.judging.update(ids.map((id) => ({ id, revision: 2, verification: late })))).toBe(0)
    expect(reader.get(ids[0] ?? 0)?.verification).toEqual(verification)
    expect(reader.get(ids[0] ?? 0)?.verificationAtReceipt.verdict).toBe('valid')
  })

  it('gives what is needed to verify again', () => {
    const delivery = makeDelivery({ problem: 'sender-gone', problemDetail: 'Gone.' })
    const id = commit(delivery)
    expect(reader.judgingInput(id)).toMatchObject({
      id,
      endpointId: null,
      receivedAtMs: delivery.receivedAtMs,
      head: { method: 'POST', target: '/hook?a=1', rawHeaders: delivery.rawHeaders },
      body: { byteLength: 7, file: null },
      problem: 'sender-gone',
      problemDetail: 'Gone.',
    })
    expect(reader.judgingInput(999)).toBeNull()
  })

  it('knows the endpoints with deliveries that were locked', () => {
    const endpointId = endpointAt('/a')
    endpointAt('/b')
    commit(makeDelivery({ endpointId, verification: { verdict: 'locked' } }))
    expect(store.judging.lockedEndpoints()).toEqual([endpointId])
  })
})
