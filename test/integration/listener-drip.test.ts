import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { rawSender, startRig, statuses, waitFor } from './listener-rig.ts'

const HEAD = 'POST /drip HTTP/1.1\r\nHost: a\r\nX-Filler: '

describe('a head that drips', () => {
  test('is refused with 408 and recorded, however busily it comes', async () => {
    const rig = await startRig({ headTimeoutMs: 200 })
    const sender = rawSender(rig)
    sender.socket.write(HEAD)
    let open = true
    void sender.closed.then(() => (open = false))
    for (let n = 0; open && n < 200; n += 1) {
      sender.socket.write('x')
      await delay(20)
    }
    await sender.closed
    expect(statuses(sender.received())).toEqual([408])
    expect(rig.recorded).toMatchObject([
      { head: { target: '/drip' }, problem: 'idle-timeout', requiredStatus: 408 },
    ])
  })

  test('ends whole within the time, and many of them on one connection, are answered', async () => {
    const rig = await startRig({ headTimeoutMs: 200 })
    const sender = rawSender(rig)
    for (let n = 0; n < 12; n += 1) {
      sender.socket.write(HEAD)
      await delay(50)
      sender.socket.write('\r\nContent-Length: 2\r\n\r\n{}')
      await waitFor(() => statuses(sender.received()).length === n + 1)
    }
    expect(statuses(sender.received())).toEqual(Array.from({ length: 12 }, () => 200))
  })

  test('a slow body is no slow head', async () => {
    const rig = await startRig({ headTimeoutMs: 150 })
    const sender = rawSender(rig)
    sender.socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n')
    for (let n = 0; n < 20; n += 1) {
      sender.socket.write('x')
      await delay(20)
    }
    await waitFor(() => statuses(sender.received()).length === 1)
    expect(statuses(sender.received())).toEqual([200])
  })
})
