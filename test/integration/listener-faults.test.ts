import { connect as connectPlain } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { EMPTY_ANSWER, rawSender, startRig, statuses, waitFor } from './listener-rig.ts'
import { hasOpenssl, selfSigned } from './self-signed.ts'

const REQUEST = 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n'
const hang = { ...EMPTY_ANSWER, fault: 'hang' as const }
const reset = { ...EMPTY_ANSWER, fault: 'reset' as const }

interface Ending {
  code: string | undefined
  ended: boolean
}
/** How a connection ended: with an error, or with an orderly end. */
function endingOf(socket: NodeJS.EventEmitter): Promise<Ending> {
  return new Promise((resolve) => {
    let ended = false
    socket.on('end', () => (ended = true))
    socket.on('data', () => undefined)
    socket.on('error', ({ code }: { code?: string }) => resolve({ code, ended }))
    socket.on('close', () => resolve({ code: undefined, ended }))
  })
}

describe('a reset', () => {
  it('is one on the wire', async () => {
    const rig = await startRig({}, () => reset)
    const socket = connectPlain(rig.listener.port, '127.0.0.1')
    const ending = endingOf(socket)
    socket.write(REQUEST)
    expect(await ending).toEqual({ code: 'ECONNRESET', ended: false })
  })

  it.skipIf(!hasOpenssl)('is one below TLS, without its goodbye', async () => {
    const { cert, key } = selfSigned()
    const tls = { cert: Buffer.from(cert), key: Buffer.from(key) }
    const rig = await startRig({ tls }, () => reset)
    const raw = connectPlain(rig.listener.port, '127.0.0.1')
    const socket = connectTls({ socket: raw, rejectUnauthorized: false })
    const ending = endingOf(socket)
    const below = new Promise((resolve) => raw.on('close', (failed) => resolve(failed)))
    socket.write(REQUEST)
    expect(await ending).toEqual({ code: 'ECONNRESET', ended: false })
    await below
    await waitFor(() => rig.listener.activeConnections === 0)
  })

  it('reaches a sender whose method the parser does not know', async () => {
    const rig = await startRig({}, () => reset)
    const socket = connectPlain(rig.listener.port, '127.0.0.1')
    const ending = endingOf(socket)
    socket.write(REQUEST.replace('POST', 'FROBNICATE'))
    expect(await ending).toMatchObject({ code: 'ECONNRESET' })
    expect(rig.recorded[0]?.head.method).toBe('FROBNICATE')
  })
})

describe('a hang', () => {
  it('ends when the sender leaves', async () => {
    const rig = await startRig({ idleTimeoutMs: 40 }, () => hang)
    const sender = rawSender(rig)
    sender.socket.write(REQUEST)
    await rig.until(1)
    // The idle timeout is for senders that say nothing, not for us.
    await delay(150)
    expect(rig.listener.activeConnections).toBe(1)
    sender.socket.resetAndDestroy()
    await waitFor(() => rig.listener.activeConnections === 0)
    expect(sender.received()).toBe('')
  })

  it('of a sender that only ended its side stays', async () => {
    const rig = await startRig({}, () => hang)
    const sender = rawSender(rig)
    sender.socket.end(REQUEST)
    await rig.until(1)
    await delay(100)
    expect(rig.listener.activeConnections).toBe(1)
    expect(sender.received()).toBe('')
  })

  it('does not keep the listener from closing', async () => {
    const rig = await startRig({}, () => hang)
    const senders = [rawSender(rig), rawSender(rig)]
    for (const { socket } of senders) socket.write(REQUEST)
    await rig.until(2)
    const startedAt = performance.now()
    await rig.listener.close()
    // The drain would take nine seconds.
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })
})

describe('a delay', () => {
  it('is over when the sender is gone, and leaves nothing behind', async () => {
    const rig = await startRig({}, () => ({ ...EMPTY_ANSWER, delayMs: 600_000 }))
    const sender = rawSender(rig)
    sender.socket.write(REQUEST)
    await rig.until(1)
    sender.socket.resetAndDestroy()
    await waitFor(() => rig.listener.activeConnections === 0)
    const startedAt = performance.now()
    await rig.listener.close()
    // The drain would take nine seconds.
    expect(performance.now() - startedAt).toBeLessThan(4_000)
  })

  it('keeps answers of one connection in order (RFC 9112, section 9.3.2)', async () => {
    let count = 0
    const rig = await startRig({}, () => {
      count += 1
      return { ...EMPTY_ANSWER, status: 200 + count, delayMs: count === 1 ? 120 : 0 }
    })
    const sender = rawSender(rig)
    sender.socket.write(REQUEST + REQUEST)
    await waitFor(() => statuses(sender.received()).length === 2)
    expect(statuses(sender.received())).toEqual([201, 202])
  })

  it('goes out at once when the listener closes', async () => {
    const rig = await startRig({}, () => ({ ...EMPTY_ANSWER, status: 202, delayMs: 600_000 }))
    const sender = rawSender(rig)
    sender.socket.write(REQUEST)
    await rig.until(1)
    await rig.listener.close()
    await sender.closed
    expect(statuses(sender.received())).toEqual([202])
  })
})
