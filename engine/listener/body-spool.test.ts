import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BodySpool } from './body-spool.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-spool-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what was written is in the file that finish names, and nothing else remains', async () => {
  let drained = 0
  const spool = new BodySpool(folder, () => {
    drained += 1
  })
  const chunks = [randomBytes(10), randomBytes(100_000), randomBytes(1)]
  for (const chunk of chunks) expect(spool.write(chunk)).toBe(false)
  const whole = Buffer.concat(chunks)
  const sha256 = createHash('sha256').update(whole).digest('hex')
  const body = await spool.finish()
  expect(body).toMatchObject({ sha256, byteLength: whole.length })
  expect(body.name.startsWith(`${sha256}-`)).toBe(true)
  expect(await readdir(folder)).toEqual([body.name])
  expect((await readFile(join(folder, body.name))).equals(whole)).toBe(true)
  expect(drained).toBe(1)
})

test("rejects with the disk's error and leaves no part file; writing goes on meanwhile", async () => {
  const spool = new BodySpool(join(folder, 'absent'), () => undefined)
  spool.write(randomBytes(10))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(spool.write(randomBytes(10))).toBe(true)
  await expect(spool.finish()).rejects.toMatchObject({ code: 'ENOENT' })
})

test('removes the part file when the last step fails', async () => {
  const spool = new BodySpool(folder, () => undefined)
  spool.write(randomBytes(10))
  await new Promise((resolve) => setTimeout(resolve, 20))
  const [part] = await readdir(folder)
  expect(part).toMatch(/\.part$/)
  await rm(join(folder, String(part)))
  await expect(spool.finish()).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await readdir(folder)).toEqual([])
})
