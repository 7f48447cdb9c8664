import { expect, it } from 'vitest'
import { aboutText, shellFacts, type Running } from './facts.ts'

const running: Running = {
  version: '1.2.3',
  versions: { electron: '45.4.1', chrome: '150.0.1', node: '24.1.0' },
  platform: 'linux',
  arch: 'x64',
  isPackaged: true,
  kind: 'AppImage',
}

it('says in the About box what runs and where the data lies', () => {
  const { title, detail } = aboutText(running, '/home/me/.local/share/countersign')
  expect(title).toBe('Countersign 1.2.3')
  for (const part of ['Electron 45.4.1', 'Chromium 150.0.1', 'Node 24.1.0', '/home/me/.local']) {
    expect(detail).toContain(part)
  }
})

it('says in diagnostics what runs, and nothing of whose machine it is', () => {
  expect(shellFacts(running, '6.8.0')).toEqual([
    'Countersign 1.2.3 (desktop, AppImage)',
    'Electron 45.4.1, Chromium 150.0.1, Node 24.1.0',
    'linux x64, 6.8.0',
  ])
  expect(shellFacts({ ...running, versions: {}, isPackaged: false }, '1')[1]).toContain('unknown')
})
