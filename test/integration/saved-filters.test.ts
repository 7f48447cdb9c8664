import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

it('filters are kept, told of and refused in words', async () => {
  const { savedFilters, status } = app.client
  const changes = await status.changes()
  await changes.next()
  const large = await savedFilters.create({ name: ' Large ', query: ' size:>1mb ' })
  expect(large).toMatchObject({ name: 'Large', query: 'size:>1mb' })
  expect((await changes.next()).value).toMatchObject({ savedFilters: true, arrived: 0 })
  await changes.return(undefined)

  await expect(savedFilters.create({ name: 'x', query: 'size:>1mp' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'There is no unit mp. Write mb.',
  })
  await expect(savedFilters.create({ name: 'large', query: 'a' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(savedFilters.create({ name: 'x', query: ' ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })

  const other = await savedFilters.create({ name: 'Mine', query: 'tag:mine' })
  await expect(savedFilters.update({ id: other.id, name: 'LARGE' })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await expect(savedFilters.update({ id: other.id, query: '(' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  await savedFilters.update({ id: other.id, name: 'Ours' })
  await savedFilters.arrange({ ids: [other.id, large.id] })
  expect((await savedFilters.list()).map(({ name }) => name)).toEqual(['Ours', 'Large'])

  await savedFilters.remove({ id: other.id })
  await expect(savedFilters.remove({ id: other.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(savedFilters.update({ id: other.id, name: 'a' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
