import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fakeTunnels, isAlive } from '#test/fake-tunnel/fake-tunnel.ts'
import { cliSource } from './cli-process.ts'
import { temporaryDataDir } from './opened-engine.ts'

test.skipIf(process.platform === 'win32')(
  'a Countersign that is killed takes its tunnel along',
  async () => {
    const url = 'https://shy-dog-river-nine.trycloudflare.com'
    const fake = fakeTunnels(['cloudflared'], { url })
    const dataDir = temporaryDataDir()
    const args = [
      'listen',
      '--port',
      '0',
      '--no-ui',
      '--tunnel',
      'cloudflared',
      '--data-dir',
      dataDir,
    ]
    const child = spawn(process.execPath, [cliSource, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${fake.folder}:${process.env['PATH']}`, NO_COLOR: '1' },
    })
    try {
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
      })
      while (!out.includes(`Public     ${url}`)) await once(child.stdout, 'data')
      const { pid } = fake.ran()
      expect(isAlive(pid)).toBe(true)
      child.kill('SIGKILL')
      await once(child, 'exit')
      await fake.gone(pid)
    } finally {
      child.kill('SIGKILL')
      rmSync(dataDir, { recursive: true, force: true })
      fake.remove()
    }
  },
)
