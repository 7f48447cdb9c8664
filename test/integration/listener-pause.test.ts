/** A listener that a person pauses: nobody is there, nothing is lost that was begun, and back. */
import { rmSync } from 'node:fs'
import http from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEngine, post, temporaryDataDir, type OpenedEngine } from './opened-engine.ts'

let dataDir: string
let app: OpenedEngine
let port: number
beforeEach(async () => {
  dataDir = temporaryDataDir()
  app = await openEngine(dataDir)
  port = Number(new URL(app.url).port)
})
afterEach(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true })
})

const targets = async () => (await app.client.deliveries.list({})).rows.map(({ target }) => target)

async function occupy(at: number): Promise<Server> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(at, '127.0.0.1', resolve))
  return other
}

describe('pausing', () => {
  it('gives the port back, says so, and comes back at the same place', async () => {
    expect(await post(`${app.url}/before`, '1')).toMatchObject({ status: 200 })
    await app.client.listener.pause({})
    expect(await app.client.status.get()).toMatchObject({
      paused: true,
      listening: null,
      problems: [],
    })
    const agent = new http.Agent()
    await expect(post(`${app.url}/while`, '1', [], { agent })).rejects.toThrow(/ECONNREFUSED/)
    await app.client.listener.resume({})
    expect(await app.client.status.get()).toMatchObject({ paused: false, listening: { port } })
    expect(await post(`${app.url}/after`, '1')).toMatchObject({ status: 200 })
    expect(await targets()).toEqual(['/after', '/before'])
  })

  it('answers what was begun', async () => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    await new Promise<void>((resolve) => {
      socket.write('POST /begun HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab', () =>
        resolve(),
      )
    })
    // The first half has to be there before the pause.
    await new Promise((resolve) => setTimeout(resolve, 100))
    const paused = app.client.listener.pause({})
    socket.write('cd')
    await Promise.all([paused, ended])
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(await targets()).toEqual(['/begun'])
  })

  it('lasts, whatever looks after the listener', async () => {
    await app.client.listener.pause({})
    await app.client.listener.pause({})
    await new Promise((resolve) => setTimeout(resolve, 2500))
    await expect(post(`${app.url}/x`, '1')).rejects.toThrow(/ECONNREFUSED/)
    expect((await app.client.status.get()).paused).toBe(true)
  })

  it('stays paused, and says why, where the port is somebody else’s by now', async () => {
    await app.client.listener.pause({})
    const other = await occupy(port)
    await expect(app.client.listener.resume({})).rejects.toThrow(String(port))
    expect((await app.client.status.get()).paused).toBe(true)
    other.close()
    await app.client.listener.resume({})
    expect((await app.client.status.get()).listening?.port).toBe(port)
  })

  it('goes by settings that changed meanwhile', async () => {
    await app.client.listener.pause({})
    await app.client.settings.update({ listener: { pathToken: true } })
    expect((await app.client.status.get()).listening).toBeNull()
    await app.client.listener.resume({})
    const url = (await app.client.status.get()).listening?.url ?? ''
    expect(new URL(url).pathname.length).toBeGreaterThan(10)
    expect(await post(`${url}/with-token`, '1')).toMatchObject({ status: 200 })
  })

  it('ends with the engine', async () => {
    await app.client.listener.pause({})
    await app.engine.close()
    app = await openEngine(dataDir)
    expect((await app.client.status.get()).paused).toBe(false)
  })
})
