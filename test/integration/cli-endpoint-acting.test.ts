import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { jsonLines, runCli } from './cli-process.ts'
import { temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const run = (...args: string[]) => runCli(['endpoints', ...args, '--data-dir', dataDir])
const TIMEOUT_MS = 120_000
const file = (name: string, text: string) => {
  const path = join(dataDir, name)
  writeFileSync(path, text)
  return path
}
const one = (out: Parameters<typeof jsonLines>[0]) => jsonLines(out)[0]

describe('countersign endpoints, answers', () => {
  it(
    'are described by options, kept when something else changes, and told by show',
    async () => {
      const body = file('body.txt', '{"id":"{{messageId}}"}')
      const answer = ['--answer-status', '503', '--answer-header', 'Retry-After: 5']
      const rest = ['--answer-body-file', body, '--answer-delay', '250']
      const added = await run('add', 'a', '--path', '/a', ...answer, ...rest, '--json')
      expect(added.stderr).toBe('')
      const canned = {
        status: 503,
        rawHeaders: [['Retry-After', '5']],
        body: '{"id":"{{messageId}}"}',
        delayMs: 250,
        fault: null,
      }
      expect(one(added.stdout)).toMatchObject({ answering: { mode: 'canned', answers: [canned] } })
      const renamed = await run('update', 'a', '--name', 'b', '--answer-delay', '0', '--json')
      expect(one(renamed.stdout)).toMatchObject({
        answering: { answers: [{ ...canned, delayMs: 0 }] },
      })
      const shown = await run('show', 'b')
      expect(String(shown.stdout)).toContain('answers 503 with a body')
      const verdict = await run('update', 'b', '--answer', 'by-verdict', '--answer-status', '403')
      expect(verdict.code).toBe(0)
      const told = await run('show', 'b')
      expect([told.stderr, told.code]).toEqual(['', 0])
      expect(String(told.stdout)).toContain('answers 200 when valid, else 403')
      const none = await run('update', 'b', '--answer', 'default', '--json')
      expect(one(none.stdout)).toMatchObject({ answering: null })
    },
    TIMEOUT_MS,
  )

  it(
    'come as a whole from a file, and what is wrong is said with its place',
    async () => {
      const answers = [{ status: 500 }, { status: 200, fault: 'hang' }]
      const whole = file('answers.json', JSON.stringify({ mode: 'canned', answers }))
      const added = await run('add', 's', '--path', '/s', '--answer-file', whole)
      expect([added.stderr, added.code]).toEqual(['', 0])
      const shown = String((await run('show', 's')).stdout)
      expect(shown).toContain('answers 500, then nothing (hangs) (for each message)')
      const wrong = file('wrong.json', '{"mode":"canned","answers":[{"status":99}]}')
      const refused = await run('update', 's', '--answer-file', wrong)
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringContaining('answers.0.status'),
      ])
      const template = await run('update', 's', '--answer-header', 'X-A: {{nope}}')
      expect([template.code, template.stderr]).toEqual([
        1,
        expect.stringContaining('character 3: There is no value “nope”.'),
      ])
      const both = await run('update', 's', '--answer', 'default', '--answer-status', '200')
      expect(both.code).toBe(2)
      expect((await run('update', 's', '--answer-status', '99')).code).toBe(2)
    },
    TIMEOUT_MS,
  )
})

describe('countersign endpoints, forwarding', () => {
  it(
    'takes several targets, changes how, and ends',
    async () => {
      const to = ['--forward-to', 'http://localhost:3000/hooks', '--forward-to', 'http://[::1]:4/']
      const how = ['--forward-retry', '5,60', '--forward-address-headers', 'both']
      const added = await run('add', 'f', '--path', '/f', ...to, ...how, '--json')
      expect(added.stderr).toBe('')
      expect(one(added.stdout)).toMatchObject({
        forwarding: {
          when: 'before-answer',
          retry: { kind: 'schedule', gapsSeconds: [5, 60] },
          targets: [
            { url: 'http://localhost:3000/hooks', addressHeaders: 'both', verifyTls: true },
            { url: 'http://[::1]:4/' },
          ],
        },
      })
      const changed = await run('update', 'f', '--forward-when', 'after-answer')
      expect([changed.stderr, changed.code]).toEqual(['', 0])
      const shown = String((await run('show', 'f')).stdout)
      expect(shown).toContain('forwards: behind the answer, retried after 5, 60 s')
      expect(shown).toContain('http://localhost:3000/hooks')
      const ended = await run('update', 'f', '--forward-to', 'none', '--json')
      expect(one(ended.stdout)).toMatchObject({ forwarding: null })
    },
    TIMEOUT_MS,
  )

  it(
    'leaves this computer only when that is allowed',
    async () => {
      const add = ['add', 'r', '--path', '/r', '--forward-to', 'https://hooks.example.com/in']
      const refused = await run(...add)
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringContaining('hooks.example.com is not this computer'),
      ])
      const allowed = await run(...add, '--allow-remote')
      expect(allowed.stderr).toContain('Sending to hooks.example.com is allowed from now on.')
      expect(allowed.code).toBe(0)
    },
    TIMEOUT_MS,
  )
})
