import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonLines, runCli } from './cli-process.ts'
import { temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const env = { KEY: 'square key', SECOND: 'the second key' }
const run = (...args: string[]) => runCli(['endpoints', ...args, '--data-dir', dataDir], { env })
const TIMEOUT_MS = 120_000

describe('endpoints with settings', () => {
  it(
    'are added and changed by name, and wrong names exit 2 with the known ones',
    async () => {
      const square = ['add', 'square', '--path', '/square', '--scheme', 'square']
      const missing = await run(...square)
      expect([missing.code, missing.stderr]).toEqual([
        2,
        expect.stringContaining('Square needs “Notification URL”'),
      ])
      const unknown = await run(...square, '--setting', 'notifcationUrl=https://a.test')
      expect([unknown.code, unknown.stderr]).toEqual([
        2,
        expect.stringContaining('There are: notificationUrl.'),
      ])
      const setting = ['--setting', 'notificationUrl=https://a.test/hook']
      const added = await run(...square, '--secret-env', 'KEY', ...setting, '--json')
      expect(jsonLines(added.stdout)[0]).toMatchObject({
        settings: { notificationUrl: 'https://a.test/hook' },
        answerChallenges: true,
      })
      const changed = await run('update', 'square', '--setting', 'notificationUrl=https://b.test/')
      expect([changed.stderr, changed.code]).toEqual(['', 0])
      const empty = await run('update', 'square', '--setting', 'notificationUrl=')
      expect(empty.code).toBe(2)
      const other = await run('update', 'square', '--scheme', 'slack', '--no-answer-challenges')
      expect([other.stderr, other.code]).toEqual(['', 0])
      expect(jsonLines((await run('list', '--json')).stdout)).toMatchObject([
        { name: 'square', scheme: 'slack', settings: {}, answerChallenges: false },
      ])
    },
    TIMEOUT_MS,
  )

  it(
    'that are secret come from the environment and are not told',
    async () => {
      const box = ['add', 'box', '--path', '/box', '--scheme', 'box', '--json']
      const added = await run(...box, '--setting-env', 'secondaryKey=SECOND')
      expect(added.stderr).toBe('')
      expect(jsonLines(added.stdout)[0]).toMatchObject({
        settings: {},
        secretSettings: ['secondaryKey'],
      })
      expect(String(added.stdout)).not.toContain(env.SECOND)
      const exposed = await run('update', 'box', '--setting', 'secondaryKey=seen by all')
      expect(exposed.stderr).toContain('other users of this machine can read command lines')
      const unset = await run('update', 'box', '--setting-env', 'secondaryKey=NOT_THERE')
      expect(unset.code).toBe(2)
    },
    TIMEOUT_MS,
  )
})
