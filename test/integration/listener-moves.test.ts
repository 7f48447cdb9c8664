import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCredentials } from '#engine/listener/credentials.ts'
import { exchangeRaw, startRig } from './listener-rig.ts'

const GET = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
const at = (port: number) => ({ host: '127.0.0.1', port, portWasAskedFor: true })

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** One that nobody listens on, in all likelihood. */
async function freePort(): Promise<number> {
  const { listener } = await startRig()
  await listener.close()
  return listener.port
}

test('there and back at once: our own old port is not in the way', async () => {
  const rig = await startRig()
  const { listener } = rig
  const first = listener.port
  const second = await freePort()
  await listener.move(at(second))
  expect(listener.port).toBe(second)
  await listener.move(at(first))
  expect(listener.port).toBe(first)
  await exchangeRaw(rig, GET)
  expect(rig.recorded).toHaveLength(1)
})

test('closed while it moves: nothing is left open', async () => {
  const { listener } = await startRig()
  const free = await freePort()
  const moving = listener.move(at(free))
  await listener.close()
  await moving
  expect(await isOpen(free)).toBe(false)
  await listener.move(at(free))
  expect(await isOpen(free)).toBe(false)
})

test.skipIf(process.platform === 'win32')(
  'a certificate that is a pipe or a device is refused instead of read for ever (not on Windows)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const pipe = join(folder, 'pipe.pem')
    execFileSync('mkfifo', [pipe])
    for (const certificateFile of [pipe, '/dev/zero']) {
      const read = readCredentials({ certificateFile, keyFile: certificateFile })
      await expect(read).rejects.toMatchObject({ code: 'tls-unusable' })
    }
  },
)
