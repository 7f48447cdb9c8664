import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jsonLines, runCli } from './cli-process.ts'
import { openEngine, type OpenedEngine, post, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
  for (const path of ['/a', '/b', '/a']) await post(`${app.url}${path}`, `{"at":"${path}"}`)
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const list = (query: string) => runCli(['list', '--json', '--query', query, '--data-dir', dataDir])

it('list shows only what the filter finds', async () => {
  const found = await list('path:/a')
  expect(jsonLines(found.stdout)).toMatchObject([
    { id: 3, path: '/a' },
    { id: 1, path: '/a' },
  ])
  expect(jsonLines((await list('-path:/a')).stdout)).toMatchObject([{ id: 2 }])
  const none = await runCli(['list', '--query', 'is:pinned', '--data-dir', dataDir])
  expect(none).toMatchObject({ code: 0, stderr: 'No delivery matches.\n' })
})

it('a filter that cannot be read is pointed at, with exit code 2', async () => {
  const { code, stderr } = await list('path:/a OR')
  expect(code).toBe(2)
  expect(stderr).toContain('  path:/a OR\n          ^^')
})

it('wait passes over what does not match', async () => {
  const waiting = runCli(
    ['wait', '--query', 'path:/wanted', '--timeout', '30', '--data-dir', dataDir].concat([
      '--after',
      '3',
    ]),
  )
  await post(`${app.url}/other`, 'x')
  await post(`${app.url}/wanted`, 'x')
  const { code, stdout } = await waiting
  expect(code).toBe(0)
  expect(jsonLines(stdout)).toMatchObject([{ path: '/wanted' }])
})
