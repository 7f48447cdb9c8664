import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli, spawnCli, startListening } from './cli-process.ts'
import { deadUrl, type Handler, openHandler } from './forwarding-rig.ts'
import { openEngine, post, temporaryDataDir } from './opened-engine.ts'

let dataDir: string
let handler: Handler
beforeEach(async () => {
  dataDir = temporaryDataDir()
  handler = await openHandler((request, response) => {
    response.statusCode = request.body === 'bad' ? 422 : 201
    response.end(`handled ${request.body}`)
  })
})
afterEach(async () => {
  await handler.close()
  rmSync(dataDir, { recursive: true, force: true })
})
const listening = (...args: string[]) =>
  startListening(dataDir, ['--port', '0', '--no-ui', ...args])

describe('countersign listen --forward-to', () => {
  it('sends on whatever comes, answers what the target says, and prints it with its time', async () => {
    const run = await listening('--forward-to', handler.url, '--forward-to', await deadUrl())
    expect(run.first).toMatchObject({
      event: 'listening',
      forwardTo: [handler.url, expect.anything()],
    })
    expect(await post(`${run.url}/any/where`, 'good')).toMatchObject({
      status: 201,
      text: 'handled good',
    })
    expect((await post(`${run.url}/any/where`, 'bad')).status).toBe(422)
    const rows = await run.deliveries(2)
    const byId = [...rows].sort((a, b) => Number(a['id']) - Number(b['id']))
    expect(byId[0]).toMatchObject({
      event: 'delivery',
      endpoint: null,
      forwarded: [
        { url: handler.url, state: 'done', status: 201, tookMs: expect.any(Number), detail: null },
        { state: 'failed', status: null, detail: expect.stringContaining('connection refused') },
      ],
    })
    expect(byId[1]).toMatchObject({ forwarded: [{ status: 422 }, { status: null }] })
    await run.stop()
    // It was for that run alone.
    const app = await openEngine(dataDir)
    expect((await post(`${app.url}/any/where`, 'good')).status).toBe(200)
    expect(handler.handled).toHaveLength(2)
    await app.engine.close()
  }, 60_000)

  it('with --endpoint sends on only what is its, and behind when told so', async () => {
    await runCli(['endpoints', 'add', 'one', '--path', '/one', '--data-dir', dataDir])
    const options = ['--endpoint', 'one', '--forward-after-answer', '--forward-retry', 'provider']
    const run = await listening('--forward-to', `${handler.url}/app`, ...options)
    expect((await post(`${run.url}/other`, 'x')).status).toBe(200)
    expect(await post(`${run.url}/one`, 'y')).toMatchObject({ status: 200, text: '' })
    const rows = await run.deliveries(2)
    expect(rows.find(({ path }) => path === '/other')).toMatchObject({ forwarded: [] })
    expect(rows.find(({ path }) => path === '/one')).toMatchObject({ forwarded: [{ status: 201 }] })
    expect(handler.handled).toMatchObject([{ url: '/app', body: 'y' }])
    await run.stop()
  }, 60_000)

  it('says what it cannot do', async () => {
    const listen = (...args: string[]) =>
      runCli(['listen', '--no-ui', '--port', '0', '--data-dir', dataDir, ...args])
    expect(await listen('--forward-after-answer')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--forward-to'),
    })
    expect(await listen('--forward-to', handler.url, '--endpoint', 'nope')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no endpoint “nope”'),
    })
    expect(await listen('--forward-to', 'http://hooks.invalid/x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--allow-remote'),
    })
    const app = await openEngine(dataDir)
    const attached = await listen('--forward-to', handler.url)
    expect(attached.code).toBe(1)
    expect(attached.stderr).toMatch(/already runs.*endpoints update NAME --forward-to/)
    await app.engine.close()
  }, 60_000)

  it('for people, is on the line of the delivery', async () => {
    const { code, stdout } = await spawnCli(['listen', '--help'])
    expect(code).toBe(0)
    expect(stdout.toString()).toContain('--forward-to <url>')
  }, 60_000)
})
