import { openStore } from './open-store.ts'
import { makeDelivery, temporaryDataDir } from './new-delivery.fixture.ts'
const dir = temporaryDataDir()
const store = openStore(dir)
const ep = store.endpoints.create({ name: 'a', path: '/hook', schemeId: 'svix', tolerance: null })
if ('conflict' in ep) throw new Error()
const N = Number(process.argv[2] ?? 1000)
const headers: [string, string][] = [
  ['host', '127.0.0.1:4100'],
  ['content-type', 'application/json'],
  ['user-agent', 'Svix-Webhooks/1.24'],
  ['svix-id', 'msg_2abcdefghijklmnopqrstuvwxyz'],
  ['svix-timestamp', '1700000000'],
  ['svix-signature', 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4='],
  ['content-length', '1024'],
  ['accept', '*/*'],
]
const batches = []
for (let b = 0; b < N; b++)
  batches.push(
    Array.from({ length: 32 }, (_, i) => ({
      ...makeDelivery({
        bodyText: 'x'.repeat(1024 - 10) + String(b * 32 + i).padStart(10),
        endpointId: ep.id,
        revision: 1,
        rawHeaders: headers,
        verification: {
          messageId:
            'msg_' + Math.random().toString(36).slice(2) + Math.random().toString(36).slice(2),
        },
      }),
    })),
  )
const t = performance.now()
const c = process.cpuUsage()
for (const b of batches) store.commit(b)
const ms = performance.now() - t
const u = process.cpuUsage(c)
console.log({
  rows: N * 32,
  perSecond: Math.round(((N * 32) / ms) * 1000),
  msPerBatch: +(ms / N).toFixed(2),
  userMs: u.user / 1000,
  sysMs: u.system / 1000,
  wallMs: ms,
})
const fs = await import('node:fs')
store.close()
console.log('file bytes per delivery', fs.statSync(dir + '/countersign.sqlite').size / (N * 32))
fs.rmSync(dir, { recursive: true })
