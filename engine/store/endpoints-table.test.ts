import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openReader, type Reader } from './open-reader.ts'
import { openStore, type Store } from './open-store.ts'
import type { EndpointRow } from './types.ts'

let store: Store
let reader: Reader
beforeEach(() => {
  const dataDir = temporaryDataDir()
  store = openStore(dataDir)
  reader = openReader(dataDir)
})
afterEach(() => {
  reader.close()
  store.close()
})

function create(name: string, path: string): EndpointRow {
  const made = store.endpoints.create({ name, path, schemeId: 'svix', tolerance: null })
  if ('conflict' in made) throw new Error(`It clashed by ${made.conflict}.`)
  return made
}

const revisionOf = (id: number) => store.endpoints.get(id)?.revision
const sealed = Uint8Array.of(1, 2, 3)

const arrive = (target: string, endpointId: number | null = null, messageId = 'm') => {
  const [done] = store.commit([makeDelivery({ target, endpointId, verification: { messageId } })])
  if (!done) throw new Error('Nothing was committed.')
  return done
}
const adopt = (endpoint: EndpointRow) => {
  const steps = store.endpoints.adopt(endpoint.id, endpoint.path)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
const owned = (endpointId: number | 'catch-all') =>
  reader.list({ filter: { endpoint: endpointId }, limit: 500 }).rows.map(({ id }) => id)

describe('endpoints', () => {
  it('keeps names and paths unique among those that are there', () => {
    const one = create('a', '/a')
    const other = { schemeId: null, tolerance: null }
    expect(store.endpoints.create({ name: 'a', path: '/x', ...other })).toEqual({
      conflict: 'name',
    })
    expect(store.endpoints.create({ name: 'x', path: '/a', ...other })).toEqual({
      conflict: 'path',
    })
    const two = create('b', '/b')
    expect(store.endpoints.update(two.id, { path: '/a' })).toEqual({ conflict: 'path' })
    expect(store.endpoints.update(two.id, { name: 'b' })).toEqual(two)
    expect(store.endpoints.remove(one.id)).toBe(true)
    expect(store.endpoints.remove(one.id)).toBe(false)
    expect(create('a', '/a').id).toBeGreaterThan(two.id)
    expect(store.endpoints.list().map(({ name }) => name)).toEqual(['b', 'a'])
    expect(store.endpoints.update(one.id, { name: 'z' })).toBeNull()
  })

  it('raises the revision only for what verdicts depend on', () => {
    const { id, revision } = create('a', '/a')
    const tolerance = { pastSeconds: 10, futureSeconds: null }
    store.endpoints.update(id, { name: 'b', path: '/b' })
    expect(revisionOf(id)).toBe(revision)
    expect(store.endpoints.update(id, { tolerance })).toMatchObject({ tolerance })
    expect(revisionOf(id)).toBe(revision + 1)
    store.endpoints.update(id, { tolerance, schemeId: 'svix' })
    expect(revisionOf(id)).toBe(revision + 1)
    store.endpoints.update(id, { schemeId: null })
    expect(revisionOf(id)).toBe(revision + 2)
    store.endpoints.raiseRevision(id)
    expect(revisionOf(id)).toBe(revision + 3)
  })

  it('gives each its own colour while the palette lasts', () => {
    const colours = Array.from({ length: 9 }, (_, index) => create(`e${index}`, `/${index}`).colour)
    expect(colours).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0])
  })
})

describe('secrets', () => {
  it('raise the revision with every change, and go with their endpoint', () => {
    const { id, revision } = create('a', '/a')
    const other = create('b', '/b')
    const secret = store.secrets.add(id, 'live', sealed, 'context')
    expect(secret).toMatchObject({ endpointId: id, name: 'live', sealContext: 'context' })
    expect(revisionOf(id)).toBe(revision + 1)
    const replaced = store.secrets.replace(secret.id, { sealed: Uint8Array.of(9) })
    expect(replaced).toMatchObject({ id: secret.id, name: 'live', sealContext: 'context' })
    expect([...(replaced?.sealed ?? [])]).toEqual([9])
    expect(revisionOf(id)).toBe(revision + 2)
    const kept = store.secrets.add(other.id, 'kept', sealed, 'c')
    expect(store.secrets.remove(secret.id)).toBe(true)
    expect(revisionOf(id)).toBe(revision + 3)
    expect(store.secrets.remove(secret.id)).toBe(false)
    expect(store.secrets.replace(secret.id, { sealed })).toBeNull()
    store.secrets.add(id, 'again', sealed, 'd')
    store.endpoints.remove(id)
    expect(store.secrets.list()).toEqual([kept])
    expect(() => store.secrets.add(4711, 'x', sealed, 'e')).toThrow(/FOREIGN KEY/)
  })
})

describe('adopt', () => {
  it('takes the exact path, and judges what it took anew', () => {
    const first = arrive('/a?x=1')
    const retry = arrive('/a')
    const stays = [arrive('/a/b').id, arrive('/ab').id]
    const endpoint = create('a', '/a')
    expect(adopt(endpoint)).toBe(2)
    expect(owned(endpoint.id)).toEqual([retry.id, first.id])
    expect(owned('catch-all')).toEqual([...stays].reverse())
    expect(reader.pendingJudgements()).toEqual([
      { endpointId: endpoint.id, revision: 1, pending: 2 },
    ])
    expect(reader.get(retry.id)?.duplicate).toEqual(retry.duplicate)
    const next = arrive('/a', endpoint.id)
    expect(next.duplicate).toMatchObject({ originalId: first.id, ordinal: 3 })
    expect(reader.attempts(next.id)).toHaveLength(3)
    expect(adopt(endpoint)).toBe(0)
  })

  it('takes what is below a final /*, merging messages of several paths', () => {
    const one = arrive('/a/x')
    const two = arrive('/a/y')
    const again = arrive('/a/y')
    const outside = ['/a', '/a0', '/b'].map((target) => arrive(target).id)
    const endpoint = create('a', '/a/*')
    const meanwhile = arrive('/a/z', endpoint.id)
    expect(adopt(endpoint)).toBe(3)
    expect(owned(endpoint.id)).toEqual([meanwhile.id, again.id, two.id, one.id])
    expect(owned('catch-all')).toEqual([...outside].reverse())
    const all = [one.id, two.id, again.id, meanwhile.id]
    for (const id of all) expect(reader.attempts(id).map((row) => row.id)).toEqual(all)
    expect(arrive('/a/x', endpoint.id).duplicate).toMatchObject({ originalId: one.id })
    // The messages of the catch-all are gone: the same id begins anew there.
    expect(arrive('/a/y').duplicate).toBeNull()
  })

  it('goes in steps that hold the write lock briefly', () => {
    const batch = Array.from({ length: 3_000 }, (_, index) =>
      makeDelivery({ target: '/a', verification: { messageId: `m${index}` } }),
    )
    store.commit(batch)
    const endpoint = create('a', '/*')
    const steps = [...store.endpoints.adopt(endpoint.id, endpoint.path)]
    expect(steps.length).toBeGreaterThan(1)
    expect(reader.count({ filter: { endpoint: endpoint.id } })).toEqual({
      count: 3_000,
      capped: false,
    })
  })
})
