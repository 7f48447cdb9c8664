import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ListPosition } from '#contract/delivery.ts'
import {
  digestOf,
  makeDelivery,
  makeVerification,
  temporaryDataDir,
} from '#engine/store/new-delivery.fixture.ts'
import { openReader, type Reader } from '#engine/store/open-reader.ts'
import { openStore } from '#engine/store/open-store.ts'
import { writing } from './indexed.fixture.ts'
import { type Made, naive } from './naive.fixture.ts'
import { type Arrival, arrivals, START_MS, views } from './search-questions.fixture.ts'
import type { View } from './types.ts'

function fill(dataDir: string, given: readonly Arrival[], indexedTo: number): Made[] {
  const store = openStore(dataDir)
  const { db, indexUpTo } = writing(dataDir)
  const endpoints = new Map<string, number>()
  for (const name of ['shop', 'Bank']) {
    const made = store.endpoints.create({
      name,
      path: `/${name}`,
      schemeId: 'svix',
      tolerance: null,
    })
    if ('id' in made) endpoints.set(name, made.id)
  }
  const all = given.map((one): Made => {
    const endpointId = one.endpoint === null ? null : (endpoints.get(one.endpoint) ?? null)
    const [done] = store.commit([
      makeDelivery({
        receivedAtMs: START_MS + one.atMs,
        endpointId,
        method: one.method,
        target: one.target,
        rawHeaders: [one.header],
        bodyText: one.body,
        answer: one.status === null ? null : { status: one.status, rawHeaders: [], by: 'canned' },
        signatureDigest: digestOf(one.signature),
        replayId: one.replay ? 1 : null,
        challenge: one.challenge ? { name: 'hello', note: null } : null,
        verification: {
          verdict: one.verdict,
          schemeId: one.scheme,
          messageId: one.messageId,
          eventType: one.type,
          skewSeconds: one.skew,
        },
      }),
    ])
    if (!done) throw new Error('Nothing was committed.')
    const scope = one.endpoint ?? one.target.split('?')[0]
    const hasMessage = one.scheme !== null && one.messageId !== null
    return {
      ...one,
      id: done.id,
      receivedAtMs: START_MS + one.atMs,
      endpointId,
      endpoint: one.endpoint ?? 'catch-all',
      verdict: one.judged ?? one.verdict,
      duplicate: done.duplicate?.kind ?? null,
      headers: [one.header],
      message: hasMessage ? JSON.stringify([scope, one.scheme, one.messageId]) : null,
    }
  })
  indexUpTo(indexedTo)
  for (const [index, made] of all.entries()) mark(db, made, index + 1)
  const judged = given.flatMap(({ judged: verdict, ...one }, index) =>
    verdict === null
      ? []
      : [
          {
            id: index + 1,
            revision: 2,
            verification: makeVerification({
              verdict,
              schemeId: one.scheme,
              messageId: one.messageId,
              eventType: one.type,
              skewSeconds: one.skew,
            }),
          },
        ],
  )
  store.judging.update(judged)
  db.close()
  store.close()
  return all
}

function mark(db: ReturnType<typeof writing>['db'], made: Made, id: number): void {
  if (made.imported) {
    db.prepare('INSERT INTO imported VALUES (?, ?, ?, ?)').run(Buffer.from(`of ${id}`), id, 0, '')
  }
  if (made.pinned || made.note !== '') {
    db.prepare('INSERT INTO marks VALUES (?, ?, ?)').run(id, Number(made.pinned), made.note)
  }
  for (const tag of made.tags) {
    db.prepare('INSERT OR IGNORE INTO tags (name) VALUES (?)').run(tag)
    db.prepare('INSERT INTO delivery_tags SELECT id, ? FROM tags WHERE name = ?').run(id, tag)
  }
  if (made.duration !== null) {
    db.prepare('INSERT INTO delivery_times VALUES (?, NULL, NULL, ?)').run(
      id,
      made.receivedAtMs + made.duration,
    )
  }
  if (made.removed) {
    db.prepare(
      "INSERT OR IGNORE INTO jobs (id, kind, state, sentence) VALUES (1, 'remove', 'undoable', '')",
    ).run()
    db.prepare('INSERT INTO removed VALUES (?, 1)').run(id)
  }
}

/** All pages one after another, going on where time ran out. */
function walked(
  reader: Reader,
  view: View,
  direction: 'after' | 'before',
  from: ListPosition | undefined,
  limit: number,
  firstSkip: number,
): number[] {
  const ids: number[] = []
  let place = from
  let skip = firstSkip
  for (let calls = 0; calls < 1_000; calls += 1) {
    const page = reader.list({ ...view, limit, skip, [direction]: place })
    const got = page.rows.map(({ id }) => id)
    if (direction === 'after') ids.push(...got)
    else ids.unshift(...got)
    skip = page.skipLeft
    if (page.searchedTo !== null) place = page.searchedTo
    else if (!page.hasMore) return ids
    else {
      const last = direction === 'after' ? page.rows.at(-1) : page.rows[0]
      if (!last) throw new Error('There is more, but neither a row nor a place.')
      place = positionOf(last, view)
    }
  }
  throw new Error(
    `It does not end: ${JSON.stringify({ view, direction, from, place, ids: ids.slice(0, 20) })}`,
  )
}

function positionOf(row: ReturnType<Reader['list']>['rows'][number], { sort }: View): ListPosition {
  const values = {
    time: null,
    size: row.bodyByteLength,
    duration: row.durationMs,
    skew: row.skewSeconds,
    status: row.statusAnswered,
    type: row.eventType,
  }
  return { id: row.id, value: values[sort ?? 'time'] }
}

interface Question {
  view: View
  limit: number
  skip: number
  /** Which of the rows found is gone on from. */
  at: number
}

interface Answers {
  view: View
  ids: number[]
  behind: number[]
  front: number[]
  counts: number[]
}

function expectedAnswers(
  all: readonly Made[],
  { view, skip, at }: Question,
  indexedTo: number,
): Answers {
  const ids = naive(all, view, indexedTo).map(({ id }) => id)
  const index = ids.length === 0 ? 0 : at % ids.length
  const wanted = { filter: view.filter, where: view.where }
  return {
    view,
    ids,
    behind: ids.slice(index + 1 + skip),
    front: ids.slice(0, Math.max(0, index - skip)),
    counts: [ids.length, index, naive(all, wanted, indexedTo).length],
  }
}

function answers(reader: Reader, question: Question, expected: readonly number[]): Answers {
  const { view, limit, skip, at } = question
  const row = reader.get(expected[at % expected.length] ?? 0)
  const place = row ? positionOf(row, view) : undefined
  const go = (direction: 'after' | 'before') =>
    place ? walked(reader, view, direction, place, limit, skip) : []
  const wanted = { filter: view.filter, where: view.where }
  return {
    view,
    ids: walked(reader, view, 'after', undefined, limit, 0),
    behind: go('after'),
    front: go('before'),
    counts: [
      tallied(reader, view),
      place ? tallied(reader, view, place) : 0,
      tallied(reader, wanted),
    ],
  }
}

it('finds what a plain look through all finds, in every order, page by page, however little time there is', () => {
  const questions = fc.array(
    fc.record({
      view: views,
      limit: fc.integer({ min: 1, max: 7 }),
      skip: fc.integer({ min: 0, max: 4 }),
      at: fc.nat(),
    }),
    { minLength: 12, maxLength: 12 },
  )
  const given = fc.array(arrivals, { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(given, fc.nat(35), questions, fc.constantFrom(0, 1_000), (...drawn) => {
      const [made, lag, asked, budgetMs] = drawn
      const dataDir = temporaryDataDir()
      const indexedTo = Math.max(0, made.length - lag)
      const all = fill(dataDir, made, indexedTo)
      const reader = openReader(dataDir, { budgetMs })
      try {
        for (const question of asked) {
          const expected = expectedAnswers(all, question, indexedTo)
          expect(answers(reader, question, expected.ids)).toEqual(expected)
        }
      } finally {
        reader.close()
      }
    }),
    { numRuns: 20 },
  )
}, 120_000)

function tallied(reader: Reader, view: View, before?: ListPosition): number {
  let count = 0
  let after: ListPosition | undefined
  for (let calls = 0; calls < 500; calls += 1) {
    const step = reader.tally({ ...view, after, before })
    count += step.count
    if (step.countedTo === null) return count
    after = step.countedTo
  }
  throw new Error('It does not end.')
}
