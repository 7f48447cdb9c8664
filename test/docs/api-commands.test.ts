import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from '#server/server.ts'
import {
  openEngine,
  type OpenedEngine,
  post,
  temporaryDataDir,
} from '#test/integration/opened-engine.ts'
import { absolute } from './absolute.ts'

const run = promisify(execFile)
const folder = temporaryDataDir()
let app: OpenedEngine
let server: RunningServer

beforeAll(async () => {
  app = await openEngine(path.join(folder, 'data'))
  const rendererDir = path.join(folder, 'renderer')
  mkdirSync(rendererDir)
  writeFileSync(path.join(rendererDir, 'index.html'), '')
  server = await startServer({ router: app.engine.router, version: '1.0.0', port: 0, rendererDir })
  for (let count = 1; count <= 7; count += 1) await post(`${app.url}/in`, `body ${count}`)
})
afterAll(async () => {
  await server.close()
  await app.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const shown = readFileSync(absolute('docs/api.md'), 'utf8').match(/^curl .*$/gm) ?? []

/** What the command prints, or writes into the file that it names. */
async function answerTo(line: string): Promise<string> {
  const filled = line
    .replace('http://127.0.0.1:4180', server.url)
    .replace('$TOKEN', server.apiToken)
  const words = [...filled.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
  const args = words.map(([, double, single, plain]) => double ?? single ?? plain ?? '').slice(1)
  const { stdout } = await run('curl', ['-sS', '--fail', ...args], { cwd: folder })
  const file = args[args.indexOf('-o') + 1]
  return args.includes('-o') ? readFileSync(path.join(folder, file ?? ''), 'utf8') : stdout
}

test('the commands of docs/api.md do what it says', async () => {
  const [list = '', one = '', body = '', document = ''] = shown
  expect(JSON.parse(await answerTo(list)).rows).toHaveLength(7)
  expect(JSON.parse(await answerTo(one))).toMatchObject({ id: 7, target: '/in' })
  expect(await answerTo(body)).toBe('body 7')
  expect(JSON.parse(await answerTo(document)).openapi).toMatch(/^3\.1/)
  expect(shown).toHaveLength(4)
})

test('objects in the query are written as it says', async () => {
  const base = `curl -g -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:4180/api/deliveries`
  expect(JSON.parse(await answerTo(`${base}?filter[query]=verdict:no-scheme'`)).rows).toHaveLength(
    7,
  )
  expect(JSON.parse(await answerTo(`${base}?filter[query]=verdict:invalid'`)).rows).toEqual([])
})
