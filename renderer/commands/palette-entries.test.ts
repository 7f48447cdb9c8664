import { describe, expect, it } from 'vitest'
import { paletteGroups, type PaletteEntry } from './palette-entries.ts'

const run = () => undefined
const entries: PaletteEntry[] = [
  { id: 'a', group: 'App', title: 'Change the theme', run },
  { id: 'c', group: 'App', title: 'Settings', run },
  { id: 'b', group: 'Go', title: 'Go to schemes', run },
  { id: 'd', group: 'Schemes', title: 'Stripe', detail: 'Scheme', onlyWhenTyped: true, run },
  { id: 'e', group: 'Endpoints', title: 'Stripe', detail: '/stripe', run },
]

function shown(typed: string, recent: string[] = []) {
  return paletteGroups(entries, typed, recent).map(({ title, entries: members }) => [
    title,
    members.map(({ id }) => id).join(''),
  ])
}

describe('paletteGroups', () => {
  it('shows everything common in its groups while nothing is typed', () =>
    expect(shown('')).toEqual([
      ['App', 'ac'],
      ['Go', 'b'],
      ['Endpoints', 'e'],
    ]))

  it('begins with what was chosen lately, and does not say it twice', () =>
    expect(shown(' ', ['d', 'gone', 'a'])).toEqual([
      ['Recent', 'da'],
      ['App', 'c'],
      ['Go', 'b'],
      ['Endpoints', 'e'],
    ]))

  it('shows what answers, the best first: titles before the rest, own things before the catalogue', () => {
    expect(shown('stripe')).toEqual([['', 'ed']])
    expect(shown('scheme')).toEqual([['', 'bd']])
    expect(shown('nothing of the kind')).toEqual([])
  })

  it('prefers what was chosen lately', () => expect(shown('stripe', ['d'])).toEqual([['', 'de']]))
})
