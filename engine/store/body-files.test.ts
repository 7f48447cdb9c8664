import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { sweepOrphanedBodies } from './body-files.ts'
import { makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
import { openStore } from './open-store.ts'

/** More than one sweep looks at. */
const MANY = 2_100

it('comes to every orphan, also where a sweep does not look at all files', () => {
  const dataDir = temporaryDataDir()
  const store = openStore(dataDir)
  onTestFinished(() => store.close())
  const bodies = path.join(dataDir, 'bodies')
  for (let n = 0; n < MANY; n += 1) fs.writeFileSync(path.join(bodies, `body-${n}`), '')
  // In the order of the folder: the last one is what a sweep from the start does not reach.
  const names = namesIn(bodies)
  const orphan = names.pop() ?? ''
  store.commit(names.map((name) => makeDelivery({ body: { kind: 'file', name, byteLength: 0 } })))
  const db = new Database(path.join(dataDir, 'countersign.sqlite'), { readonly: true })
  onTestFinished(() => {
    db.close()
  })
  const found = [0, 0.5].map((from) => sweepOrphanedBodies(db, dataDir, { chance: () => from }))
  expect(found.map(({ removed }) => removed)).toEqual([0, 1])
  expect(found.every(({ complete }) => !complete)).toBe(true)
  expect(namesIn(bodies)).toHaveLength(names.length)
  expect(fs.existsSync(path.join(bodies, orphan))).toBe(false)
})

function namesIn(folder: string): string[] {
  const names: string[] = []
  const opened = fs.opendirSync(folder)
  for (let entry = opened.readSync(); entry; entry = opened.readSync()) names.push(entry.name)
  opened.closeSync()
  return names
}
