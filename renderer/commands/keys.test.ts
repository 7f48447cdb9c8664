import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from './command-list.ts'
import { isChord, isPlainCharacter, keyOfEvent, keyText, normaliseKey } from './keys.ts'

const plain = {
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
}

describe('normaliseKey', () => {
  it.each([
    ['ctrl+k', 'Mod+K'],
    ['Mod+k', 'Mod+K'],
    ['shift+alt+g', 'Alt+Shift+G'],
    ['esc', 'Escape'],
    ['Shift+?', '?'],
    ['+', 'Plus'],
    ['Ctrl++', 'Mod+Plus'],
    ['Shift+ArrowDown', 'Shift+ArrowDown'],
    ['f5', 'F5'],
  ])('%s is %s', (text, key) => expect(normaliseKey(text, false)).toBe(key))

  it('knows that Mod is the command key on macOS', () => {
    expect(normaliseKey('Meta+K', true)).toBe('Mod+K')
    expect(normaliseKey('Ctrl+K', true)).toBe('Ctrl+K')
  })

  it.each(['', 'Hyper+K', 'abc', 'Ctrl+', '\u0000', 'Mod+ab', 'K+Mod'])('refuses “%s”', (text) =>
    expect(normaliseKey(text, false)).toBeNull(),
  )

  it('leaves what it wrote as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.boolean(), (text, isMac) => {
        const key = normaliseKey(text, isMac)
        expect(key === null ? null : normaliseKey(key, isMac)).toBe(key)
      }),
    )
  })

  it('reads every default key', () => {
    const written = commands.flatMap(({ keys }) => keys)
    expect(written.map((key) => normaliseKey(key, false))).toEqual(written)
  })
})

describe('keyOfEvent', () => {
  it('reads letters with their modifiers', () => {
    expect(keyOfEvent({ ...plain, key: 'k', ctrlKey: true }, false)).toBe('Mod+K')
    expect(keyOfEvent({ ...plain, key: 'k', ctrlKey: true }, true)).toBe('Ctrl+K')
    expect(keyOfEvent({ ...plain, key: 'K', shiftKey: true }, false)).toBe('Shift+K')
  })

  it('does not ask how a sign is typed', () => {
    expect(keyOfEvent({ ...plain, key: '?', shiftKey: true }, false)).toBe('?')
    expect(keyOfEvent({ ...plain, key: '1', shiftKey: true }, false)).toBe('1')
    expect(keyOfEvent({ ...plain, key: '+', shiftKey: true, ctrlKey: true }, false)).toBe(
      'Mod+Plus',
    )
  })

  it('finds the Latin letter where another script is on', () => {
    expect(keyOfEvent({ ...plain, key: 'о', code: 'KeyJ' }, false)).toBe('J')
    expect(keyOfEvent({ ...plain, key: 'å', code: 'KeyA', altKey: true }, true)).toBe('Alt+A')
  })

  it.each(['Shift', 'Control', 'Dead', 'Unidentified'])('passes over %s', (key) =>
    expect(keyOfEvent({ ...plain, key }, false)).toBeNull(),
  )
})

describe('what a key is', () => {
  it('tells characters from chords', () => {
    expect(['J', 'Shift+J', '?', 'Plus'].every(isPlainCharacter)).toBe(true)
    expect(['Space', 'Enter', 'Mod+J', 'Alt+J', 'F1'].some(isPlainCharacter)).toBe(false)
    expect(['Mod+J', 'Alt+ArrowLeft', 'Ctrl+A'].every(isChord)).toBe(true)
    expect(['J', 'Shift+J', 'Escape'].some(isChord)).toBe(false)
  })

  it('is written as the system writes it', () => {
    expect(keyText('Mod+Shift+K', true)).toBe('⌘⇧K')
    expect(keyText('Mod+Shift+K', false)).toBe('Ctrl+Shift+K')
  })
})
