import { rmSync } from 'node:fs'
import http from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { svixHeaders, whsec } from '#test/e2e/providers.ts'
import { newestRow, openEngine, temporaryDataDir, until } from './opened-engine.ts'

const SECRET = whsec('streamed')

it('a body that streams in while its endpoint is made belongs to that endpoint', async () => {
  const dataDir = temporaryDataDir()
  const app = await openEngine(dataDir)
  const body = Buffer.alloc(2_000_000, 'z')
  const headers = svixHeaders(SECRET, body.toString(), { id: 'msg_slow' })
  const all = ['Host', 'h', ...headers, 'Content-Length', String(body.length)]
  const request = http.request(`${app.url}/new`, { method: 'POST', headers: all })
  const answered = new Promise<number>((resolve, reject) => {
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    request.on('error', reject)
  })
  request.write(body.subarray(0, 1_900_000))
  await setTimeout(300)
  const secrets = [{ text: SECRET }]
  const { id } = await app.client.endpoints.create({
    name: 'new',
    path: '/new',
    schemeId: 'svix',
    secrets,
  })
  request.end(body.subarray(1_900_000))
  expect(await answered).toBe(200)
  await until(async () => (await app.client.status.get()).judging === null, 'all is judged')
  expect(await newestRow(app.client)).toMatchObject({ endpointId: id, verdict: 'valid' })
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})
