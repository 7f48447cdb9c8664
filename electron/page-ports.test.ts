import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { implement } from '@orpc/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { api } from '#contract/api.ts'
import { createApiClient, messagePortLink } from '#contract/client.ts'
import { isMessage, portServer } from './page-ports.ts'

const os = implement(api)
const router = { hosts: { list: os.hosts.list.handler(() => ['a.example']) } }

let page: MessagePort
const unhandled: unknown[] = []
const note = (error: unknown) => unhandled.push(error)

beforeEach(() => {
  const { port1, port2 } = new MessageChannel()
  page = port2
  portServer(router)({
    on(event: string, listener: (message: { data: unknown }) => void) {
      port1.on(event, (data: unknown) => listener({ data }))
    },
    postMessage: (message) => port1.postMessage(message),
  })
  process.on('unhandledRejection', note)
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  page.close()
  process.off('unhandledRejection', note)
  vi.restoreAllMocks()
})

test('a page that sends what is no message brings nobody down and is answered on', async () => {
  const client = createApiClient(messagePortLink(page))
  page.start()
  for (const message of [
    ...['', '{', 'null', '{"i":1}', '{"i":1,"p":{"u":"http://["}}', 7, 4_000_000_000, null, true],
    ...[{ length: 4_000_000_000 }, { i: 1, p: {} }, [], new Uint8Array([255, 0]), new Map(), 5n],
    ...['{"i":"1","t":3,"p":{"e":"message","d":{"__proto__":{"polluted":1}}}}'],
  ]) {
    page.postMessage(message)
  }
  expect(await client.hosts.list()).toEqual(['a.example'])
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(unhandled).toEqual([])
  expect('polluted' in {}).toBe(false)
})

test('only text and bytes are messages', () => {
  expect(['', new ArrayBuffer(1), new Uint8Array(1), Buffer.from('a')].map(isMessage)).toEqual(
    Array.from({ length: 4 }, () => true),
  )
  expect([null, undefined, 1, {}, [], new Date(), new Map()].some(isMessage)).toBe(false)
})
