import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import http from 'node:http'
import { Server } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { cliSource } from './cli-process.ts'
import { openEngine, post, temporaryDataDir, until } from './opened-engine.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'

async function open(host: string) {
  const dataDir = temporaryDataDir()
  const opened = await openEngine(dataDir, { listen: { host, port: 0, portWasAskedFor: true } })
  onTestFinished(async () => {
    await opened.engine.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const sentences = async () =>
    (await opened.client.status.get()).problems.map(({ sentence }) => sentence)
  return { ...opened, sentences }
}

/** Another program that takes a port in the moment in which it is free, until it is ended. */
async function thief(port: number): Promise<() => Promise<void>> {
  const code = `
    const server = require('node:net').createServer()
    const take = () => server.listen(${port}, '127.0.0.1')
    server.on('error', () => setTimeout(take, 1)).on('listening', () => console.log('has it'))
    console.log('waits')
    take()`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return async () => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

test('a port that was lost and taken by another program is taken back once that one ends', async () => {
  const listen = vi.spyOn(Server.prototype, 'listen')
  onTestFinished(() => void vi.restoreAllMocks())
  const { client, url, sentences } = await open('127.0.0.1')
  const port = Number(new URL(url).port)
  const isIts = (server: unknown): server is Server => {
    if (!(server instanceof Server)) return false
    const address = server.address()
    return typeof address === 'object' && address?.port === port
  }
  const ended = await thief(port)
  // As if the system had taken the socket away.
  listen.mock.contexts.find(isIts)?.close()
  await until(
    async () =>
      (await sentences()).some((text) => /is taken by another program \(pid \d+, /.test(text)),
    'it says who has the port',
  )
  expect((await client.status.get()).listening).toBeNull()
  await ended()
  await until(async () => (await client.status.get()).listening !== null, 'it listens again')
  expect((await client.status.get()).listening?.port).toBe(port)
  expect((await post(`${url}/back`, 'x')).status).toBe(200)
  expect((await sentences()).join()).toMatch(/Listening again on/)
})

const DEVICE = 'csgone0'
const ADDRESS = '10.211.77.1'
const ip = (...args: string[]) => spawnSync('ip', args, { stdio: 'ignore' }).status === 0
const mayAddDevices = ip('link', 'add', DEVICE, 'type', 'dummy')
if (mayAddDevices) ip('link', 'del', DEVICE)

test.skipIf(!mayAddDevices)(
  'an address that goes away and comes back: told, and reached again (needs the right to add a network device)',
  async () => {
    execFileSync('ip', ['link', 'add', DEVICE, 'type', 'dummy'])
    onTestFinished(() => void ip('link', 'del', DEVICE))
    execFileSync('ip', ['link', 'set', DEVICE, 'up'])
    execFileSync('ip', ['addr', 'add', `${ADDRESS}/24`, 'dev', DEVICE])
    const { url, sentences } = await open(ADDRESS)
    expect((await post(url, 'x')).status).toBe(200)
    execFileSync('ip', ['addr', 'del', `${ADDRESS}/24`, 'dev', DEVICE])
    await until(
      async () => (await sentences()).some((text) => text.includes(`${ADDRESS} is gone`)),
      'it says that the address is gone',
    )
    execFileSync('ip', ['addr', 'add', `${ADDRESS}/24`, 'dev', DEVICE])
    await until(
      async () => (await sentences()).some((text) => text.includes('Listening again')),
      'it says that it is back',
    )
    expect((await post(url, 'x')).status).toBe(200)
  },
)

test.skipIf(process.platform === 'win32')(
  'stopped for seconds (SIGSTOP) and let go on: told, and an open connection is still good',
  async () => {
    const dataDir = temporaryDataDir()
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const child = spawn(
      process.execPath,
      [cliSource, 'listen', '--no-ui', '--port', '0', '--json', '--data-dir', dataDir],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    onTestFinished(() => void child.kill('SIGKILL'))
    const [line] = await once(child.stdout, 'data')
    const { url }: { url: string } = JSON.parse(String(line).split('\n')[0] ?? '')
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    expect((await post(`${url}/before`, 'x', [], { agent })).status).toBe(200)
    child.kill('SIGSTOP')
    await delay(8000)
    const during = post(`${url}/during`, 'x', [], { agent })
    child.kill('SIGCONT')
    expect((await during).status).toBe(200)
    const control = await connectControlSocket(dataDir)
    if (!control) throw new Error('It cannot be reached.')
    onTestFinished(() => control.close())
    await until(
      async () => (await control.client.status.get()).problems.some(({ code }) => code === 'stood'),
      'it says for how long it stood still',
    )
    expect((await control.client.deliveries.list({ limit: 5 })).rows).toHaveLength(2)
  },
)
