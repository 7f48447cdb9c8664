import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonLines, runCli } from './cli-process.ts'
import { openEngine, type OpenedEngine, temporaryDataDir } from './opened-engine.ts'

const dataDir = temporaryDataDir()
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
let app: OpenedEngine
beforeAll(async () => {
  app = await openEngine(dataDir)
  await app.client.endpoints.create({
    name: 'Nomod',
    path: '/nomod',
    schemeId: 'svix',
    secrets: [{ text: SECRET }],
  })
})
afterAll(async () => {
  await app.engine.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const send = (...args: string[]) =>
  runCli(['send', '--data-dir', dataDir, ...args], { env: { SECRET } })

async function arrived(replay: Record<string, unknown> | undefined) {
  return app.client.deliveries.get({ id: Number(replay?.['arrivedAsDeliveryId']) })
}

describe('countersign send', () => {
  it('signs a sample event with a secret of the environment, as often as it is told', async () => {
    const to = ['--to', `${app.url}/nomod`, '--scheme', 'svix', '--secret-env', 'SECRET']
    const sent = await send(...to, '--event', 'charge.failed', '--times', '2', '--json')
    expect(sent.code).toBe(0)
    const replays = jsonLines(sent.stdout)
    expect(replays).toHaveLength(2)
    for (const replay of replays) {
      expect(await arrived(replay)).toMatchObject({ verdict: 'valid', eventType: 'charge.failed' })
    }
    const old = await send(...to, '--timestamp', '-900', '--message-id', 'msg_mine', '--json')
    expect(await arrived(jsonLines(old.stdout)[0])).toMatchObject({
      verdict: 'stale',
      verification: { messageId: 'msg_mine' },
    })
  })

  it('signs with an endpoint, and says what came back', async () => {
    const sent = await send('--to', `${app.url}/nomod`, '--endpoint', 'Nomod')
    expect(sent.code).toBe(0)
    expect(String(sent.stdout)).toMatch(/^POST \/nomod, signed, to http:.*\n200 OK in \d+ ms\n/)
  })

  it('sends a HAR and a body of one’s own, unsigned', async () => {
    const har = join(dataDir, 'one.har')
    const request = {
      method: 'PUT',
      url: 'https://example.test/{{x}}?a=1',
      headers: [{ name: 'X-Mine', value: '{{1}}' }],
      postData: { mimeType: 'text/plain', text: 'körper {{ }}' },
    }
    writeFileSync(har, JSON.stringify({ log: { entries: [{ request }, { request }] } }))
    const sent = await send('--to', app.url, '--from', har, '--json')
    expect(sent.stderr).toContain('2 entries; this is the first')
    const delivery = await arrived(jsonLines(sent.stdout)[0])
    expect(delivery).toMatchObject({ method: 'PUT', target: '/{{x}}?a=1' })
    expect(delivery.rawHeaders).toContainEqual(['X-Mine', '{{1}}'])
    const bytes = await app.client.deliveries.body({ id: delivery.id })
    expect(await bytes.text()).toBe('körper {{ }}')
    const scheme = await send('--to', app.url, '--scheme', 'stripe', '--seed', '3', '--json')
    expect(scheme.stderr).toContain('unsigned')
  })

  it('lists events, and says what is wrong', async () => {
    const listed = await send('--scheme', 'novu', '--list-events')
    expect(String(listed.stdout)).toContain('preview send-email\n')
    const wrong = [
      [['--scheme', 'svix'], 2, '--to URL'],
      [['--scheme', 'svix', '--to', app.url, '--event', 'nothing'], 2, 'charge.paid'],
      [['--to', app.url, '--message-id', 'x'], 2, 'no header'],
      [['--to', 'http://127.0.0.1:9/'], 1, 'No answer came'],
      [['--to', 'http://127.0.0.1:9/', '--times', '2'], 1, '2 of 2 failed'],
      [['--to', 'https://example.test/'], 1, '--allow-remote'],
    ] as const
    for (const [args, code, text] of wrong) {
      const failed = await send(...args)
      expect(failed.stderr).toContain(text)
      expect(failed.code).toBe(code)
    }
    expect(await app.client.hosts.list()).toEqual([])
  })
})
