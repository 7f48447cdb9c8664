import { describe, expect, it } from 'vitest'
import { isTrustedSender } from './trusted-sender.ts'

const own = { url: 'app://countersign/#all' }
const page = { mainFrame: own }
const window = { isDestroyed: () => false, webContents: page }

describe('isTrustedSender', () => {
  it('listens to the main frame of the window', () => {
    expect(isTrustedSender({ sender: page, senderFrame: own }, window)).toBe(true)
  })

  it('does not listen to a frame inside it, though of the same origin', () => {
    const inner = { url: own.url }
    expect(isTrustedSender({ sender: page, senderFrame: inner }, window)).toBe(false)
  })

  it('does not listen to another page', () => {
    expect(isTrustedSender({ sender: {}, senderFrame: own }, window)).toBe(false)
  })

  it('does not listen to a frame that is gone', () => {
    expect(isTrustedSender({ sender: page, senderFrame: null }, window)).toBe(false)
  })

  it('does not listen when the window is closed or there is none', () => {
    const event = { sender: page, senderFrame: own }
    expect(isTrustedSender(event, null)).toBe(false)
    expect(isTrustedSender(event, { ...window, isDestroyed: () => true })).toBe(false)
  })

  it.each(['https://example.com/', 'app://countersign.example/', 'about:blank', ''])(
    'does not listen while the window shows %j',
    (url) => {
      const elsewhere = { url }
      const strayed = { mainFrame: elsewhere }
      const event = { sender: strayed, senderFrame: elsewhere }
      expect(isTrustedSender(event, { ...window, webContents: strayed })).toBe(false)
    },
  )
})
