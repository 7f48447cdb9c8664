import { describe, expect, it } from 'vitest'
import type { CommandId } from './command-list.ts'
import { commandForKey, type KeyContext } from './dispatch.ts'
import { bindingsOf } from './keymap.ts'

const anywhere: KeyContext = {
  typing: false,
  inDialog: false,
  pane: 'elsewhere',
  ownKeys: () => false,
}

function press(
  key: string,
  context: Partial<KeyContext> = {},
  held: { ctrlKey?: boolean; altKey?: boolean; shiftKey?: boolean } = {},
  isAvailable: (id: CommandId) => boolean = () => true,
) {
  const event = {
    code: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    repeat: false,
    ...held,
    key,
  }
  const options = { isMac: false, isAvailable }
  const bindings = bindingsOf({}, false)
  return commandForKey(event, { ...anywhere, ...context }, bindings, options)?.id ?? null
}

const ctrl = { ctrlKey: true }

describe('commandForKey', () => {
  it('hears letters anywhere but in texts and dialogs', () => {
    expect(press('r')).toBe('delivery.replay')
    expect(press('r', { typing: true })).toBeNull()
    expect(press('r', { inDialog: true })).toBeNull()
  })

  it('hears chords in texts where they are no text editing', () => {
    expect(press('k', { typing: true }, ctrl)).toBe('app.palette')
    expect(press('z', { typing: true }, ctrl)).toBeNull()
    expect(press('z', {}, ctrl)).toBe('edit.undo')
  })

  it('hears the palette in dialogs, so that its key also closes it', () => {
    expect(press('k', { inDialog: true }, ctrl)).toBe('app.palette')
    expect(press(',', { inDialog: true }, ctrl)).toBeNull()
  })

  it('moves in the list only from there, or from nowhere', () => {
    expect(press('ArrowDown')).toBeNull()
    expect(press('ArrowDown', { pane: 'list' })).toBe('list.next')
    expect(press('ArrowDown', { pane: 'nowhere' })).toBe('list.next')
    expect(press('a', { pane: 'delivery' }, ctrl)).toBeNull()
    expect(press('j', { pane: 'delivery' })).toBe('list.next')
  })

  it('takes the narrower place first, and the other where that one has nothing to do', () => {
    expect(press('f', { pane: 'delivery' }, ctrl)).toBe('body.find')
    expect(press('f', { pane: 'list' }, ctrl)).toBe('filter.focus')
    expect(press('f', { pane: 'delivery' }, ctrl, (id) => id !== 'body.find')).toBe('filter.focus')
  })

  it('leaves keys to whatever uses them, and keys that nothing answers', () => {
    expect(press('ArrowDown', { pane: 'list', ownKeys: (key) => key === 'ArrowDown' })).toBeNull()
    expect(press('r', {}, {}, () => false)).toBeNull()
    expect(press('r', {}, ctrl)).toBeNull()
  })
})
