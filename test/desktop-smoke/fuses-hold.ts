import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { type Persuasion, startProgram, usual } from './packaged-program.ts'

/**
 * Whether the fuses are set, and whether they hold: the program is started in every way that would
 * make an unfused Electron run other code, open a debugger, or load another app. Each time it must
 * be the app that starts, and what was to be run must not have run.
 */
export async function expectFusesHold(program: string): Promise<void> {
  await expectWire(program)
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-fuses-'))
  try {
    const ran = path.join(folder, 'ran')
    const code = `require('node:fs').writeFileSync(${JSON.stringify(ran)}, 'x')`
    const script = path.join(folder, 'other.cjs')
    writeFileSync(script, code)
    const start = async (what: string, how: Persuasion, while_?: () => Promise<void>) => {
      const dataDir = path.join(folder, what)
      const running = await startProgram(program, dataDir, how)
      try {
        await while_?.()
        assert.ok(!existsSync(ran), `${what}: other code ran`)
        assert.doesNotMatch(running.output(), /Debugger listening|DevTools listening/, what)
        assert.equal(await running.terminate(), 0, running.output())
      } finally {
        running.process.kill('SIGKILL')
      }
    }
    await start('run-as-node', { env: { ELECTRON_RUN_AS_NODE: '1' }, args: ['-e', code] })
    await start('node-options', { env: { NODE_OPTIONS: `--require=${script}` } })
    for (const option of ['inspect', 'inspect-brk', 'remote-debugging-port']) {
      const port = await freePort()
      await start(option, { args: [`--${option}=${port}`] }, () => expectClosed(port))
    }
    await expectOnlyArchive(program, script, path.join(folder, 'folder'))
    assert.ok(!existsSync(ran), 'a folder was loaded in place of the archive')
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function expectWire(program: string): Promise<void> {
  const wire = await getCurrentFuseWire(program)
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  const on = [FuseV1Options.EnableCookieEncryption, FuseV1Options.OnlyLoadAppFromAsar]
  // An Electron that lacks a fuse was told of when it was packed.
  for (const fuse of off) assert.ok([FuseState.DISABLE, undefined].includes(wire[fuse]))
  for (const fuse of on) assert.equal(wire[fuse], FuseState.ENABLE)
  assert.equal(wire[FuseV1Options.RunAsNode], FuseState.DISABLE)
}

/** Without its archive the program does not start, whatever lies in the archive's place. */
async function expectOnlyArchive(program: string, script: string, dataDir: string): Promise<void> {
  const resources = path.join(path.dirname(program), 'resources')
  const archive = path.join(resources, 'app.asar')
  const folder = path.join(resources, 'app')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{"name":"other","main":"index.cjs"}')
  writeFileSync(path.join(folder, 'index.cjs'), `require(${JSON.stringify(script)})`)
  renameSync(archive, `${archive}.away`)
  const child = spawn(program, usual(dataDir), { stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(patience)
  renameSync(`${archive}.away`, archive)
  rmSync(folder, { recursive: true })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Nothing listens there, now and a moment later. */
async function expectClosed(port: number): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const opened = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => socket.destroy())
    })
    assert.ok(!opened, `something listens on port ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
