import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WebSocket } from 'ws'
import { createApiClient, webSocketLink } from '#contract/client.ts'
import { Status } from '#contract/status.ts'
import { isBuilt, startListening, type Listening } from './cli-process.ts'

const First = z.object({
  url: z.string(),
  ui: z.url(),
  api: z.object({ url: z.url(), token: z.string() }),
})

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'countersign-attached-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

/** Skipped, and so said by the reporter, where `npm run build` has not been run. */
describe.runIf(isBuilt)('a browser shell beside a running engine', () => {
  let owner: Listening
  let follower: Listening
  beforeAll(async () => {
    owner = await startListening(dataDir)
    follower = await startListening(dataDir, ['--ui-port', '0'])
  })
  afterAll(async () => {
    await follower.stop('SIGKILL')
    await owner.stop('SIGKILL')
  })

  it('answers REST for the engine that runs', async () => {
    const { api } = First.parse(follower.first)
    const headers = { Authorization: `Bearer ${api.token}` }
    const status = Status.parse(await (await fetch(`${api.url}/status`, { headers })).json())
    expect(status.pid).toBe(owner.child.pid)
    const missing = await fetch(`${api.url}/deliveries/77`, { headers })
    expect(missing.status).toBe(404)
    expect(await missing.json()).toMatchObject({ code: 'NOT_FOUND', defined: true })
    expect((await fetch(`${api.url}/status`)).status).toBe(401)
  })

  it('carries calls, bytes and changes to a signed-in page', async () => {
    const { ui, url } = First.parse(follower.first)
    const opened = await fetch(ui, { redirect: 'manual' })
    const Cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const { origin, host } = new URL(ui)
    const ws = new WebSocket(`ws://${host}/rpc`, { headers: { Cookie, Origin: origin } })
    const client = createApiClient(webSocketLink(ws))
    const changes = await client.status.changes()
    await changes.next()
    await fetch(`${url}/x`, { method: 'POST', body: new Uint8Array([0, 255]) })
    const change = await changes.next()
    expect(change.value).toMatchObject({ arrived: 1, newestDeliveryId: 1 })
    const body = await client.deliveries.body({ id: 1 })
    expect([...new Uint8Array(await body.arrayBuffer())]).toEqual([0, 255])
    await changes.return?.(undefined)
    ws.close()
  })
})
