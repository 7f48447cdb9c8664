import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { expectDrawn, SCREEN_VARIABLE } from './drawn.ts'
import { expectFusesHold } from './fuses-hold.ts'
import { checkContents } from './package-contents.ts'
import { copyOfPackagedProgram, startProgram, type RunningProgram } from './packaged-program.ts'

/**
 * Whether the packaged program does its job: it starts, records what is
 * sent, draws its window, finishes what is under way when it is asked to end, and has everything at
 * the next start; and whether it cannot be talked into anything else (fuses-hold.ts).
 *
 *   node test/desktop-smoke/packaged.ts [FOLDER]   (release/linux-unpacked by default)
 */
const DRAIN_MS = 10_000

if (process.platform === 'linux' && !process.env['DISPLAY']) underVirtualDisplay()
const packaged = process.argv[2] ?? path.join(import.meta.dirname, '../../release/linux-unpacked')
checkContents(packaged)
const program = copyOfPackagedProgram(packaged)
const dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-smoke-'))
try {
  await firstRun()
  await secondRun()
  await expectFusesHold(program)
  console.log('The packaged program records, draws, drains, keeps, and does nothing else.')
} finally {
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(path.dirname(program), { recursive: true, force: true })
}

/** Runs this same script again inside an Xvfb that keeps its screen in a file. */
function underVirtualDisplay(): never {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-screen-'))
  const screen = `-screen 0 1280x1024x24 -fbdir ${folder}`
  const script = [process.execPath, ...process.argv.slice(1)]
  const run = spawnSync('xvfb-run', ['-a', '-s', screen, ...script], {
    stdio: 'inherit',
    env: { ...process.env, [SCREEN_VARIABLE]: path.join(folder, 'Xvfb_screen0') },
  })
  rmSync(folder, { recursive: true, force: true })
  if (run.error) throw new Error(`There is no display and no xvfb-run: ${run.error.message}`)
  process.exit(run.status ?? 1)
}

async function firstRun(): Promise<void> {
  const running = await startProgram(program, dataDir)
  try {
    const body = Uint8Array.of(0, 255, 10, 13, 128)
    const answer = await fetch(`${running.url}/smoke?x=1`, { method: 'POST', body })
    assert.equal(answer.status, 200)
    await expectStored(['POST /smoke?x=1 5'])
    await expectDrawn()
    await drain(running)
  } finally {
    running.process.kill('SIGKILL')
  }
}

/** A delivery that is half sent when the program is asked to end must still be taken. */
async function drain(running: RunningProgram): Promise<void> {
  const { hostname, port } = new URL(running.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.write('PUT /late HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab')
  await pause(300)
  const askedAtMs = performance.now()
  const exit = running.terminate()
  await pause(500)
  socket.end('cd')
  await ended
  assert.match(answer, /^HTTP\/1\.1 200 /, `the late delivery got: ${answer}\n${running.output()}`)
  assert.equal(await exit, 0, running.output())
  assert.ok(performance.now() - askedAtMs < DRAIN_MS, 'it took longer than a drain may')
}

async function secondRun(): Promise<void> {
  const running = await startProgram(program, dataDir)
  try {
    await expectStored(['PUT /late 4', 'POST /smoke?x=1 5'])
    assert.equal(await running.terminate(), 0, running.output())
  } finally {
    running.process.kill('SIGKILL')
  }
}

/** What the running engine lists, newest first, as `METHOD TARGET BYTES`. */
async function expectStored(expected: readonly string[]): Promise<void> {
  const control = await connectControlSocket(dataDir)
  assert.ok(control !== null, 'nothing answers on the control socket')
  const { rows } = await control.client.deliveries.list({})
  const seen = rows.map((row) => `${row.method} ${row.target} ${row.bodyByteLength}`)
  control.close()
  await control.closed
  assert.deepEqual(seen, expected)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
