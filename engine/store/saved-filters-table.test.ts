import { afterEach, beforeEach, expect, it } from 'vitest'
import { temporaryDataDir } from './new-delivery.fixture.ts'
import { openStore, type Store } from './open-store.ts'

let store: Store
let dataDir: string
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
})
afterEach(() => store.close())

function create(name: string, query = `tag:${name}`): number {
  const made = store.savedFilters.create(name, query)
  if ('conflict' in made) throw new Error('It clashed.')
  return made.id
}
const names = () => store.savedFilters.list().map(({ name }) => name)

it('stand in the order in which they were made, and outlive a restart', () => {
  create('b')
  create('a')
  expect(names()).toEqual(['b', 'a'])
  store.close()
  store = openStore(dataDir)
  expect(store.savedFilters.list()).toMatchObject([
    { name: 'b', query: 'tag:b' },
    { name: 'a', query: 'tag:a' },
  ])
})

it('have names of their own, whatever the case', () => {
  const id = create('Large')
  const other = create('other')
  expect(store.savedFilters.create('LARGE', 'x')).toEqual({ conflict: 'name' })
  expect(store.savedFilters.update(other, { name: 'large' })).toEqual({ conflict: 'name' })
  expect(store.savedFilters.update(id, { name: 'large' })).toMatchObject({ name: 'large' })
  expect(names()).toEqual(['large', 'other'])
})

it('change in what is given, and only then', () => {
  const id = create('a')
  expect(store.savedFilters.update(id, { query: 'size:>1mb' })).toMatchObject({
    name: 'a',
    query: 'size:>1mb',
  })
  expect(store.savedFilters.update(id, { name: 'b' })).toMatchObject({ query: 'size:>1mb' })
  expect(store.savedFilters.update(99, { name: 'c' })).toBeNull()
})

it('are put in order; those that are not named stay behind', () => {
  const [a, b, c] = [create('a'), create('b'), create('c')]
  store.savedFilters.arrange([c, a, b])
  expect(names()).toEqual(['c', 'a', 'b'])
  store.savedFilters.arrange([b, b, 99])
  expect(names()).toEqual(['b', 'c', 'a'])
  create('d')
  expect(names()).toEqual(['b', 'c', 'a', 'd'])
})

it('go, once', () => {
  const id = create('a')
  expect(store.savedFilters.remove(id)).toBe(true)
  expect(store.savedFilters.remove(id)).toBe(false)
  expect(names()).toEqual([])
})
