import { expect, it } from 'vitest'
import type { ListenAt } from '#engine/listener/listen.ts'
import { listenerControl } from './listener-control.ts'

const SETTINGS = { host: '127.0.0.1', port: 4100, tls: null, bodyLimitBytes: 2048 }

it('goes on saying that the port was taken while the listener stays where it is', async () => {
  const told = new Map<string, string>()
  const moves: ListenAt[] = []
  const control = listenerControl({
    asked: { host: null, port: null, portWasAskedFor: false },
    start: async () => ({
      url: 'http://127.0.0.1:4101',
      host: '127.0.0.1',
      port: 4101,
      get portNotice() {
        return moves.some(({ port }) => port !== 4100) ? null : 'Port 4100 is taken.'
      },
      activeConnections: 0,
      move: async (to) => void moves.push(to),
      close: async () => undefined,
    }),
    problems: {
      list: () => [],
      report: (code, sentence) => void told.set(code, sentence),
      clear: (code) => void told.delete(code),
    },
  })
  await control.open(SETTINGS)
  expect([...told.keys()]).toEqual(['port-moved'])
  await control.apply({ ...SETTINGS, tls: null }, { anew: true })
  expect([...told.keys()]).toEqual(['port-moved'])
  await control.apply({ ...SETTINGS, port: 4200 })
  expect([...told.keys()]).toEqual([])
})
