import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectControlSocket } from './control-client.ts'
import { openControlSocket, type ControlSocket } from './control-socket.ts'
import { forwardingRouter } from './forwarding-router.ts'

/** An engine that answers only what these tests ask. */
const router = forwardingRouter({
  call: async (called, input) => {
    const name = called.join('.')
    if (name === 'tools.subscriberHash') return { hash: JSON.stringify(input), matches: null }
    if (name === 'deliveries.body') return new Blob([new Uint8Array([0, 255, 13, 10])])
    throw new ORPCError('NOT_FOUND')
  },
})

let dataDir: string
const open: ControlSocket[] = []
const children: ChildProcess[] = []

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-lock-'))
})
afterEach(async () => {
  for (const socket of open.splice(0)) await socket.close()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function take(): Promise<ControlSocket | null> {
  const outcome = await openControlSocket({ dataDir })
  if (outcome.alreadyRunning) return null
  open.push(outcome)
  return outcome
}

/** A process that tries to take the lock, prints the outcome, and stays. */
function contender(): ChildProcess {
  const script = `
    const { openControlSocket } = await import('#engine/rpc/control-socket.ts')
    process.stdout.write('ready\\n')
    await new Promise((resolve) => process.stdin.once('data', resolve))
    const outcome = await openControlSocket({ dataDir: ${JSON.stringify(dataDir)} })
    process.stdout.write(outcome.alreadyRunning ? 'lost\\n' : 'won\\n')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function line(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no stdout')
  const [data] = await once(child.stdout, 'data')
  return String(data).trim()
}

async function race(count: number): Promise<{ outcomes: string[]; winners: ChildProcess[] }> {
  const all = Array.from({ length: count }, contender)
  await Promise.all(all.map(line))
  const outcomes = all.map(line)
  for (const child of all) child.stdin?.write('go\n')
  const told = await Promise.all(outcomes)
  return { outcomes: told, winners: all.filter((_, index) => told[index] === 'won') }
}

describe('the lock of a data directory', () => {
  it('refuses a second engine while the first lives, and lets the next one in after it', async () => {
    const first = await take()
    expect(first).not.toBeNull()
    expect(await take()).toBeNull()
    await first?.close()
    expect(await take()).not.toBeNull()
  })

  it('sees through another name of the same directory', async () => {
    await take()
    const alias = `${dataDir}-alias`
    symlinkSync(dataDir, alias)
    try {
      expect((await openControlSocket({ dataDir: alias })).alreadyRunning).toBe(true)
    } finally {
      rmSync(alias)
    }
  })

  it('lets a copy of a directory that is in use have an engine of its own', async () => {
    const first = await take()
    const copy = `${dataDir}-copy`
    cpSync(dataDir, copy, { recursive: true, verbatimSymlinks: true })
    try {
      const second = await openControlSocket({ dataDir: copy })
      expect(second.alreadyRunning).toBe(false)
      if (!second.alreadyRunning) await second.close()
      expect(existsSync(first?.path ?? '')).toBe(true)
      expect(await take()).toBeNull()
    } finally {
      rmSync(copy, { recursive: true, force: true })
    }
  })

  it('lets only the user in', async () => {
    const socket = await take()
    expect(statSync(socket?.path ?? '').mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(socket?.path ?? '')).mode & 0o777).toBe(0o700)
  })

  it('has exactly one winner when 20 start at once, fresh and after SIGKILL', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { outcomes, winners } = await race(20)
      expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(19)
      const winner = winners[0]
      const ended = winner ? once(winner, 'exit') : null
      for (const child of children.splice(0)) child.kill('SIGKILL')
      await ended
    }
    expect(readdirSync(dataDir)).toEqual(['engine.3'])
  }, 120_000)

  it('bears others that come and go while it is asked for', async () => {
    const takers = [1, 2, 3].map(() => taker(200))
    const held = takers.map(line)
    const codes = await Promise.all(takers.map((child) => once(child, 'exit')))
    expect(codes.map(([code]) => code)).toEqual([0, 0, 0])
    expect((await Promise.all(held)).reduce((sum, text) => sum + Number(text), 0)).toBeGreaterThan(
      3,
    )
  }, 60_000)

  it('survives being taken, killed and taken again by many in one process', async () => {
    for (let round = 0; round < 20; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => openControlSocket({ dataDir })),
      )
      const held = outcomes.filter((outcome) => !outcome.alreadyRunning)
      expect(held).toHaveLength(1)
      for (const outcome of held) await outcome.close()
    }
  }, 60_000)
})

/** Takes the lock and lets go at once, again and again; prints how often it had it. */
function taker(rounds: number): ChildProcess {
  const script = `
    const { openControlSocket } = await import('#engine/rpc/control-socket.ts')
    let held = 0
    for (let round = 0; round < ${rounds}; round += 1) {
      const outcome = await openControlSocket({ dataDir: ${JSON.stringify(dataDir)} })
      if (outcome.alreadyRunning) continue
      held += 1
      await outcome.close()
    }
    process.stdout.write(String(held))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

describe('calls through the control socket', () => {
  it('finds nothing where no engine runs', async () => {
    expect(await connectControlSocket(dataDir)).toBeNull()
    expect(await connectControlSocket(path.join(dataDir, 'absent'))).toBeNull()
    const socket = await take()
    await socket?.close()
    expect(await connectControlSocket(dataDir)).toBeNull()
  })

  it('holds a connection until there is a router, then carries values, bytes and errors', async () => {
    const socket = await take()
    const connecting = connectControlSocket(dataDir)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket?.serve(router)
    const connection = await connecting
    if (connection === null) throw new Error('not connected')
    const { client } = connection
    const answer = await client.tools.subscriberHash({ subscriberId: 'söme', secret: 'x' })
    expect(answer).toEqual({ hash: '{"subscriberId":"söme","secret":"x"}', matches: null })
    const body = await client.deliveries.body({ id: 1 })
    expect([...new Uint8Array(await body.arrayBuffer())]).toEqual([0, 255, 13, 10])
    await expect(client.deliveries.get({ id: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await socket?.close()
    await connection.closed
    await expect(
      client.tools.subscriberHash({ subscriberId: 'a', secret: 'x' }),
    ).rejects.toBeInstanceOf(Error)
  })
})
