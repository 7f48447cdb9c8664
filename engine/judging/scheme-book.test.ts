import { expect, test } from 'vitest'
import { findScheme, schemes } from '#engine/signatures/catalogue.ts'
import { createSchemeBook } from './scheme-book.ts'

const stripe = findScheme('stripe')
const row = (id: string, change: object = {}) => ({
  id,
  json: JSON.stringify({ ...stripe, id, ...change }),
  createdAtMs: 0,
  changedAtMs: 0,
})

test('gives the same object for as long as a scheme is unchanged', () => {
  let rows = [row('mine'), row('other')]
  const book = createSchemeBook(() => rows)
  const before = book.find('mine')
  expect(before).toEqual({ ...stripe, id: 'mine' })
  expect(book.all().slice(0, -2)).toEqual(schemes)
  rows = [row('mine'), row('other', { content: '{body}' })]
  book.reload()
  expect(book.find('mine')).toBe(before)
  expect(book.find('other')?.content).toBe('{body}')
  expect([book.isOwn('mine'), book.isOwn('stripe')]).toEqual([true, false])
  rows = []
  book.reload()
  expect(book.find('mine')).toBeNull()
})

test('leaves out what cannot be used, and says so', () => {
  const rows = [row('mine', { secretPattern: '(a+)+$' }), { ...row('x'), json: '{' }, row('good')]
  const book = createSchemeBook(() => rows)
  expect(book.own().map(({ id }) => id)).toEqual(['good'])
  expect(book.problem()).toMatch(
    /^The scheme “mine” cannot be used: secretPattern A repeated group/,
  )
})

test('an own scheme stays what it is when a newer catalogue has its id', () => {
  const book = createSchemeBook(() => [row('github', { name: 'Ours' })])
  expect(book.find('github')?.name).toBe('Ours')
})
