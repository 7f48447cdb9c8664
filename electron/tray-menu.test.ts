import { describe, expect, it } from 'vitest'
import { failuresText, trayMenu, trayTip, type ListenerState } from './tray-menu.ts'

const listening: ListenerState = {
  url: 'http://127.0.0.1:4100',
  paused: false,
  reachable: true,
}
const none = { count: 0, newest: [] }
const labels = (state: ListenerState, badge = none) =>
  trayMenu(state, badge).map((item) => ('label' in item ? item.label : '—'))

describe('the tray’s menu', () => {
  it('says where it listens, and offers to pause', () => {
    expect(labels(listening)).toEqual([
      'Listening on http://127.0.0.1:4100',
      'Copy Capture URL',
      'Pause Listening',
      '—',
      'No new failures',
      '—',
      'Show Countersign',
      'Quit Countersign',
    ])
  })

  it('says that nothing is recorded while paused, and offers to resume', () => {
    const paused = { ...listening, url: null, paused: true }
    expect(labels(paused)).toContain('Paused: nothing is recorded')
    expect(labels(paused)).toContain('Resume Listening')
    expect(labels(paused)).not.toContain('Pause Listening')
    expect(labels(paused)).not.toContain('Copy Capture URL')
  })

  it('offers nothing that an engine that is away could not do', () => {
    const away = { url: null, paused: false, reachable: false }
    expect(labels(away)).toEqual([
      'Not listening',
      '—',
      'No new failures',
      '—',
      'Show Countersign',
      'Quit Countersign',
    ])
  })

  it('lists failures to be opened, with no key hidden in a sender’s text', () => {
    const badge = { count: 7, newest: [{ deliveryId: 12, text: '14:02:11  A&B  invalid' }] }
    expect(trayMenu(listening, badge)).toContainEqual({
      kind: 'failure',
      label: '14:02:11  A&&B  invalid',
      deliveryId: 12,
    })
    expect(trayTip(listening, badge)).toBe('Countersign: 7 new failures')
    expect(trayTip(listening, none)).toBe('Countersign: Listening on http://127.0.0.1:4100')
  })
})

it('counts in words', () => {
  expect([0, 1, 12].map(failuresText)).toEqual([
    'No new failures',
    '1 new failure',
    '12 new failures',
  ])
})
