import { beforeEach, describe, expect, it } from 'vitest'
import { PageErrands } from './page-errands.ts'

const sent: [string, object][] = []
const webContents = {
  send: (channel: string, message: object) => void sent.push([channel, message]),
}
let destroyed = false
const window = { webContents, isDestroyed: () => destroyed }

beforeEach(() => {
  sent.length = 0
  destroyed = false
})

describe('PageErrands', () => {
  it('waits for the page, and keeps the last of each kind', () => {
    const errands = new PageErrands(() => window)
    errands.send('open', { id: 1 })
    errands.send('open', { id: 2 })
    errands.send('command', { id: 'a' })
    expect(sent).toEqual([])
    errands.pageReady()
    expect(sent).toEqual([
      ['open', { id: 2 }],
      ['command', { id: 'a' }],
    ])
    errands.pageReady()
    expect(sent).toHaveLength(2)
  })

  it('sends at once while the page listens, and waits again while it loads', () => {
    const errands = new PageErrands(() => window)
    errands.pageReady()
    errands.send('open', { id: 1 })
    expect(sent).toHaveLength(1)
    errands.pageLoads()
    errands.send('open', { id: 2 })
    expect(sent).toHaveLength(1)
    errands.pageReady()
    expect(sent).toHaveLength(2)
  })

  it('keeps what a closed window cannot take', () => {
    const errands = new PageErrands(() => window)
    errands.pageReady()
    destroyed = true
    errands.send('open', { id: 1 })
    destroyed = false
    errands.pageReady()
    expect(sent).toEqual([['open', { id: 1 }]])
  })
})
