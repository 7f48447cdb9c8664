import { describe, expect, it } from 'vitest'
import { commands } from './command-list.ts'
import { bindingsOf, conflictsOf, keymapProblems, keysOf, withKeys } from './keymap.ts'

function bound(key: string, own = {}, isMac = false) {
  return bindingsOf(own, isMac)
    .get(key)
    ?.map(({ id }) => id)
}

describe('the default keys', () => {
  it.each([true, false])('do not get into each other’s way (macOS: %s)', (isMac) =>
    expect(conflictsOf({}, isMac)).toEqual([]),
  )

  it('are those that the window promises', () => {
    const promised = {
      ArrowDown: 'list.next',
      J: 'list.next',
      K: 'list.previous',
      Enter: 'list.open',
      Escape: 'delivery.close',
      Home: 'list.first',
      PageDown: 'list.pageDown',
      '/': 'filter.focus',
      'Mod+K': 'app.palette',
      '7': 'tab.7',
      R: 'delivery.replay',
      P: 'delivery.pin',
      C: 'delivery.copyCurl',
      '?': 'app.shortcuts',
      'Mod+,': 'app.settings',
    }
    const found = Object.keys(promised).map((key) => [key, bound(key)?.join()])
    expect(Object.fromEntries(found)).toEqual(promised)
  })

  it('find in the body while one is in the delivery, and filter elsewhere', () =>
    expect(bound('Mod+F')).toEqual(['body.find', 'filter.focus']))

  it('have macOS’s own where it has them', () => {
    expect(bound('Mod+[', {}, true)).toEqual(['go.back'])
    expect(bound('Alt+ArrowLeft', {}, true)).toBeUndefined()
  })

  it('have one id each', () =>
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length))
})

describe('own keys', () => {
  it('take the place of the defaults, also with none', () => {
    expect(bound('R', { 'delivery.replay': ['ctrl+r'] })).toBeUndefined()
    expect(bound('Mod+R', { 'delivery.replay': ['ctrl+r', 'Mod+R'] })).toEqual(['delivery.replay'])
    expect(bound('?', { 'app.shortcuts': [] })).toBeUndefined()
  })

  it('leave out what is no key', () => {
    const replay = commands.find(({ id }) => id === 'delivery.replay')
    if (!replay) throw new Error('There is no delivery.replay.')
    expect(keysOf(replay, { 'delivery.replay': ['nonsense', 'Y'] }, false)).toEqual(['Y'])
  })

  it('are told when two actions share one', () => {
    expect(conflictsOf({ 'go.verify': ['R'] }, false)).toEqual([
      { key: 'R', ids: ['delivery.replay', 'go.verify'] },
    ])
    // A letter works everywhere, so that one of the list is in the way of one of the app.
    expect(conflictsOf({ 'list.first': ['V'] }, false)).toEqual([
      { key: 'V', ids: ['list.first', 'go.verify'] },
    ])
    expect(conflictsOf({ 'list.first': ['Mod+,'] }, false)).toEqual([])
  })

  it('are changed for one action, and given back', () => {
    const own = withKeys({ 'go.all': ['H'] }, 'go.verify', [])
    expect(own).toEqual({ 'go.all': ['H'], 'go.verify': [] })
    expect(withKeys(own, 'go.verify', null)).toEqual({ 'go.all': ['H'] })
  })

  it('are told when they say nothing', () =>
    expect(keymapProblems({ 'go.nowhere': ['G'], 'go.all': ['A', 'ctrl+'] }, false)).toEqual([
      'There is no action “go.nowhere”.',
      '“ctrl+” for “go.all” is not a key.',
    ]))
})
