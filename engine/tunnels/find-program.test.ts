import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childEnvironment } from './child-environment.ts'
import { findProgram } from './find-program.ts'

let root = ''
const { platform } = process

const find = (searchPath: string, places: string[] = []) =>
  findProgram('ngrok', places, { searchPath, platform })

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'countersign-path-'))
  for (const folder of ['a', 'b', 'c']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'a', 'ngrok'), '')
  chmodSync(join(root, 'a', 'ngrok'), 0o644)
  mkdirSync(join(root, 'b', 'ngrok'))
  writeFileSync(join(root, 'c', 'ngrok'), '')
  chmodSync(join(root, 'c', 'ngrok'), 0o755)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test.skipIf(platform === 'win32')(
  'the first that is a file and may be run, in absolute folders',
  async () => {
    const path = (...folders: string[]) => folders.map((each) => join(root, each)).join(delimiter)
    expect(await find(path('a', 'b', 'c'))).toBe(join(root, 'c', 'ngrok'))
    expect(await find(path('a', 'b'))).toBeNull()
    expect(await find('', [join(root, 'c')])).toBe(join(root, 'c', 'ngrok'))
    const before = process.cwd()
    process.chdir(join(root, 'c'))
    try {
      expect(await find(`${delimiter}.${delimiter}./${delimiter}../c`)).toBeNull()
    } finally {
      process.chdir(before)
    }
  },
)

test('a program gets what it needs and nothing else', () => {
  const env = {
    PATH: '/bin',
    HOME: '/home/a',
    STRIPE_SECRET: 'x',
    NGROK_AUTHTOKEN: 'y',
    A: undefined,
  }
  expect(childEnvironment(env, [])).toEqual({ PATH: '/bin', HOME: '/home/a' })
  expect(childEnvironment(env, ['NGROK_AUTHTOKEN'])).toMatchObject({ NGROK_AUTHTOKEN: 'y' })
})
