import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DRAIN_MS, EngineStartError } from '#engine/options.ts'
import { exchangeRaw, rawSender, startRig, statuses, usual, waitFor } from './listener-rig.ts'

const GET = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'

/** Another program's port, with the next one free in all likelihood. */
async function takenPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

describe('the port', () => {
  test('taken and asked for: says who holds it and what to do', async () => {
    const port = await takenPort()
    const refused = startRig({ port })
    await expect(refused).rejects.toBeInstanceOf(EngineStartError)
    await expect(refused).rejects.toMatchObject({ code: 'port-taken' })
    await expect(refused).rejects.toThrow(`Port ${port} is taken by another program`)
    await expect(refused).rejects.toThrow('--port')
  })

  test.runIf(process.platform === 'linux')('the pid of the holder, where /proc tells', async () => {
    const port = await takenPort()
    await expect(startRig({ port })).rejects.toThrow(`(pid ${process.pid}, `)
  })

  test('taken and not asked for: the next free one, and a notice', async () => {
    const port = await takenPort()
    const { listener } = await startRig({ port, portWasAskedFor: false })
    expect(listener.port).toBeGreaterThan(port)
    expect(listener.port).toBeLessThanOrEqual(port + 20)
    expect(listener.portNotice).toMatch(
      new RegExp(
        `^Port ${port} is taken by another program( \\(pid .*\\))?\\. Listening on ${listener.port} instead\\.$`,
      ),
    )
    expect(listener.url).toBe(`http://127.0.0.1:${listener.port}`)
  })

  test('0 takes any, without a notice', async () => {
    const { listener } = await startRig()
    expect(listener.port).toBeGreaterThan(0)
    expect(listener.portNotice).toBeNull()
  })

  test('a host that is not ours', async () => {
    await expect(startRig({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'host-unusable' })
  })

  test('an IPv6 host stands in brackets', async ({ skip }) => {
    const rig = await startRig({ host: '::1' }).catch((error: unknown) => {
      if (error instanceof EngineStartError) return null
      throw error
    })
    if (!rig) skip('this machine has no IPv6')
    expect(rig?.listener.url).toBe(`http://[::1]:${rig?.listener.port}`)
    expect((await fetch(rig?.listener.url ?? '')).status).toBe(200)
  })
})

describe('closing', () => {
  test('begun requests are answered, idle connections closed, new ones refused', async () => {
    const rig = await startRig({}, async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      return usual(request)
    })
    const idle = rawSender(rig)
    const partial = rawSender(rig)
    partial.socket.write('GET / HT')
    const busy = rawSender(rig)
    busy.socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    const broken = rawSender(rig)
    broken.socket.write('nonsense\r\n\r\n')
    await rig.until(2)
    await waitFor(() => rig.listener.activeConnections === 4)
    await rig.listener.close()
    await Promise.all([idle.closed, partial.closed, busy.closed, broken.closed])
    expect(statuses(busy.received())).toEqual([200])
    expect(busy.received()).toContain('Connection: close')
    expect(statuses(broken.received())).toEqual([400])
    expect(rig.listener.activeConnections).toBe(0)
    expect(await exchangeRaw(rig, GET)).toBe('')
    expect(rig.problems).toEqual([])
  })

  test('closing twice is closing once', async () => {
    const rig = await startRig()
    await Promise.all([rig.listener.close(), rig.listener.close()])
    expect(rig.problems).toEqual([])
  })

  test('a body that never ends does not hold the close for ever, and is recorded', async () => {
    const rig = await startRig({ drainMs: 400 })
    const sender = rawSender(rig)
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n'
    sender.socket.write(head)
    await waitFor(() => sender.received().includes('100 Continue'))
    sender.socket.write('abc')
    const before = performance.now()
    await rig.listener.close()
    const tookMs = performance.now() - before
    expect(tookMs).toBeGreaterThan(390)
    // With the last words, and room for a busy machine.
    expect(tookMs).toBeLessThan(5_000)
    expect(rig.recorded[0]).toMatchObject({ problem: 'sender-gone' })
  })

  test('unless told otherwise, it closes within the ten seconds that quitting waits', () => {
    expect(DRAIN_MS + 1_000).toBeLessThanOrEqual(10_000)
  })
})
