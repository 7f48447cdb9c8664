import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FilterNode } from '#contract/filter/filter.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import {
  type DeliveryChange,
  digestOf,
  makeDelivery,
  temporaryDataDir,
} from '#engine/store/new-delivery.fixture.ts'
import { openReader, type Reader } from '#engine/store/open-reader.ts'
import { openStore, type Store } from '#engine/store/open-store.ts'
import { writing } from './indexed.fixture.ts'

let dataDir: string
let store: Store
let reader: Reader
beforeEach(() => {
  dataDir = temporaryDataDir()
  store = openStore(dataDir)
  reader = openReader(dataDir, { budgetMs: 10_000 })
})
afterEach(() => {
  reader.close()
  store.close()
})

function commit(change: DeliveryChange): number {
  const [done] = store.commit([makeDelivery(change)])
  if (!done) throw new Error('Nothing was committed.')
  return done.id
}

function index(last: number): void {
  const { db, indexUpTo } = writing(dataDir)
  indexUpTo(last)
  db.close()
}

function found(query: string): number[] {
  const parsed = parseFilter(query, Date.now())
  if (!parsed.ok) throw new Error(parsed.problem.sentence)
  return reader.list({ where: parsed.filter, limit: 100 }).rows.map(({ id }) => id)
}

const grouped = () => reader.list({ grouped: true, limit: 5 }).rows.map(({ id }) => id)
const ask = (where: FilterNode) => reader.list({ where, limit: 5 })

/** Twice: as it arrives, and once it is indexed. */
function eitherWay(last: number, check: () => void): void {
  check()
  index(last)
  check()
}

function bodyOf(bytes: Buffer): DeliveryChange {
  return { body: { kind: 'memory', bytes }, bodySha256: digestOf(bytes) }
}

describe('headers', () => {
  it('are found by name and by whole value, however often they are repeated', () => {
    const id = commit({
      rawHeaders: [
        ['X-Foo', 'one'],
        ['x-foo', 'Bar baz'],
        ['X-Other', 'x-foo: two'],
      ],
    })
    eitherWay(id, () => {
      expect(found('header:x-foo')).toEqual([id])
      expect(found('header:X-FOO=one')).toEqual([id])
      expect(found('header:x-foo="bar baz"')).toEqual([id])
      expect(found('header:x-foo=bar*')).toEqual([id])
      expect(found('header:x-foo=bar')).toEqual([])
      expect(found('header:x-foo=two')).toEqual([])
      expect(found('header:foo')).toEqual([])
      expect(found('-header:x-nothing')).toEqual([id])
    })
  })

  it('without a word in them are found as well', () => {
    const id = commit({ rawHeaders: [['X-Sign', '***']] })
    eitherWay(id, () => expect(found('header:x-sign=***')).toEqual([id]))
  })
})

describe('bodies', () => {
  it('are searched with their coding undone, and the rest of long ones by JSON only', () => {
    const long = JSON.stringify({ pad: 'x '.repeat(200_000), last: 'ending' })
    const id = commit({
      ...bodyOf(gzipSync(long)),
      rawHeaders: [['Content-Encoding', 'gzip']],
    })
    eitherWay(id, () => {
      expect(found('json:$.last=ending')).toEqual([id])
      expect(found('json:$.last="ending"')).toEqual([id])
      expect(found('body:pad')).toEqual([id])
      expect(found('body:ending')).toEqual([])
      expect(found('is:cut')).toEqual([id])
    })
  })

  it('that are damaged or a bomb stop nothing', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024))
    const headers: DeliveryChange = { rawHeaders: [['Content-Encoding', 'gzip']] }
    commit({ ...bodyOf(bomb), ...headers })
    const damaged = gzipSync('{"a":"word"}'.padEnd(2_000))
    damaged[damaged.length - 6] = 0
    commit({ ...bodyOf(damaged), ...headers, verification: { messageId: 'b' } })
    commit({ rawHeaders: [['Content-Encoding', 'gzip']], verification: { messageId: 'c' } })
    const last = commit({ bodyText: '{"a":"word"}', verification: { messageId: 'd' } })
    eitherWay(last, () => {
      expect(found('json:$.a=word')).toContain(last)
      expect(found('json:$.b')).toEqual([])
    })
  })

  it('are found by words that their JSON escapes', () => {
    const id = commit({ bodyText: String.raw`{"a":"Gr\u00fc\u00dfe\nline\/two p\u0061id"}` })
    eitherWay(id, () => {
      const queries = ['grüße', '"line two"', 'paid', 'body:"two paid"']
      expect(queries.map(found)).toEqual(queries.map(() => [id]))
      expect(found('grusse*')).toEqual([])
      expect(found('json:$.a="*paid"')).toEqual([id])
    })
  })
})

describe('JSON in another encoding', () => {
  it('is found by its values before and after it is indexed', () => {
    const name = Buffer.from('cff0e8e2e5f2cff0e8e2e5f2', 'hex')
    const body = Buffer.concat([Buffer.from('{"n":"'), name, Buffer.from('","state":"paid"}')])
    const id = commit(bodyOf(body))
    eitherWay(id, () => {
      expect(found('json:$.state=paid')).toEqual([id])
      expect(found('json:$.state=open')).toEqual([])
    })
  })
})

describe('words', () => {
  it('of any beginning are found, long or short', () => {
    const ids = ['alpha beta', 'alpine', 'al', 'a', 'beta alp'].map((text, nth) =>
      commit({
        bodyText: text,
        target: '/',
        rawHeaders: [],
        verification: { messageId: `${nth}` },
      }),
    )
    const [alpha = 0, alpine = 0, al = 0, a = 0, alp = 0] = ids
    eitherWay(alp, () => {
      expect(found('a*')).toEqual([alp, a, al, alpine, alpha])
      expect(found('al*')).toEqual([alp, al, alpine, alpha])
      expect(found('alp*')).toEqual([alp, alpine, alpha])
      expect(found('alpi*')).toEqual([alpine])
      expect(found('"alpha b"*')).toEqual([alpha])
      expect(found('"beta a"*')).toEqual([alp])
      expect(found('alpx*')).toEqual([])
    })
  })
})

describe('hostile questions', () => {
  it('find something or nothing, and never throw', () => {
    const last = commit({ bodyText: 'red "quoted" text', rawHeaders: [['x-foo', '"a" OR b']] })
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        '"',
        '" OR "',
        'a" NEAR b',
        '{body} : x',
        '\0',
        'a\0b',
        '\ud800',
        '^a',
        'a*',
        '-',
        'x'.repeat(2_000),
      ),
    )
    index(last - 1)
    for (const indexed of [false, true]) {
      if (indexed) index(last)
      fc.assert(
        fc.property(odd, fc.boolean(), (text, prefix) => {
          for (const where of ['anywhere', 'body', 'headers', 'url'] as const) {
            ask({ kind: 'text', where, text, prefix })
          }
          ask({ kind: 'id', text })
          ask({ kind: 'note', text })
          ask({ kind: 'header', name: text, pattern: text })
          for (const kind of ['tag', 'type', 'path', 'method', 'scheme', 'endpoint'] as const) {
            ask({ kind, pattern: text })
          }
          const comparison = { operator: '=', value: text, quoted: true } as const
          ask({ kind: 'json', path: [{ key: text }], comparison })
        }),
        { numRuns: 25 },
      )
    }
    expect(found('"quoted text"')).toEqual([last])
  })
})

describe('rows', () => {
  it('tell what people added, and how long the answer took', () => {
    const first = commit({})
    const second = commit({})
    store.commit(
      [],
      [{ id: first, connectedAtMs: 1, committedAtMs: 2, answeredAtMs: 1_700_000_001_507 }],
    )
    const { db } = writing(dataDir)
    db.exec(`INSERT INTO marks VALUES (${first}, 1, 'Ask Bob');
      INSERT INTO tags VALUES (1, 'zeta'), (2, 'alpha');
      INSERT INTO delivery_tags VALUES (1, ${first}), (2, ${first})`)
    db.close()
    const [newer, older] = reader.list({ limit: 2 }).rows
    expect(newer).toMatchObject({ id: second, durationMs: null, pinned: false, hasNote: false })
    expect(newer).toMatchObject({ tags: [], attempts: null })
    expect(older).toMatchObject({ id: first, durationMs: 7, pinned: true, hasNote: true })
    expect(older?.tags).toEqual(['alpha', 'zeta'])
    expect(reader.get(first)).toMatchObject({ note: 'Ask Bob', indexed: 'pending' })
    index(first)
    expect(reader.get(first)).toMatchObject({ indexed: 'whole', times: { connectedAtMs: 1 } })
    const newest = reader.list({ grouped: true, limit: 5 })
    expect(newest.rows.map(({ id, attempts }) => [id, attempts])).toEqual([[second, 2]])
  })

  it('that are being deleted are in no list and no count', () => {
    const ids = [commit({}), commit({}), commit({})]
    const { db } = writing(dataDir)
    db.exec(`INSERT INTO jobs (id, kind, state, sentence) VALUES (1, 'remove', 'undoable', '');
      INSERT INTO removed VALUES (${ids[1]}, 1)`)
    db.close()
    const left = [ids[2], ids[0]]
    expect(reader.list({ limit: 5 }).rows.map(({ id }) => id)).toEqual(left)
    expect(reader.tally({})).toMatchObject({ count: 2, countedTo: null })
    expect(reader.count({})).toEqual({ count: 2, capped: false })
    expect(reader.ids({ below: 100, limit: 5 })).toEqual({ ids: left, searchedTo: null })
    expect(reader.attempts(ids[0] ?? 0)).toHaveLength(2)
  })

  it('whose newest attempt is being deleted are grouped under the newest that is left', () => {
    const [first, second, third] = [commit({}), commit({}), commit({})]
    const other = commit({ verification: { messageId: 'msg_2' } })
    const { db } = writing(dataDir)
    db.exec(`INSERT INTO jobs (id, kind, state, sentence) VALUES (1, 'remove', 'undoable', '')`)
    const remove = (id: number) => db.exec(`INSERT INTO removed VALUES (${id}, 1)`)
    for (const indexed of [0, other]) {
      if (indexed > 0) index(indexed)
      db.exec('DELETE FROM removed')
      expect(grouped()).toEqual([other, third])
      remove(third)
      expect(grouped()).toEqual([other, second])
      remove(second)
      expect(grouped()).toEqual([other, first])
      expect(reader.tally({ grouped: true })).toMatchObject({ count: 2 })
      remove(first)
      expect(grouped()).toEqual([other])
    }
    db.close()
  })

  it('are listed and counted once while the index is made anew', () => {
    const ids = Array.from({ length: 8 }, (_, nth) =>
      commit({
        bodyText: 'x'.repeat(nth),
        verification: { messageId: `m${nth}`, eventType: null },
      }),
    )
    index(6)
    const { db } = writing(dataDir)
    for (const indexedTo of [0, 3]) {
      db.prepare('UPDATE search_state SET indexed_to = ?').run(indexedTo)
      for (const sort of ['time', 'size', 'type', 'duration'] as const) {
        const up = reader.list({ sort, ascending: true, limit: 20 }).rows.map(({ id }) => id)
        expect([sort, up]).toEqual([sort, ids])
        const last = { id: 8, value: null }
        const against = reader.list({ sort, ascending: true, before: last, limit: 20 })
        expect(against.rows.map(({ id }) => id)).toEqual(ids.slice(0, 7))
        expect(reader.tally({ sort })).toMatchObject({ count: 8, countedTo: null })
      }
      expect(reader.count({})).toEqual({ count: 8, capped: false })
    }
    db.close()
  })
})

describe('tally', () => {
  it('gives the place of every thousandth row, from which the next block begins', () => {
    store.commit(
      Array.from({ length: 1_200 }, (_, nth) =>
        makeDelivery({ verification: { messageId: `m${nth}` }, bodyText: 'x'.repeat(nth % 7) }),
      ),
    )
    index(1_100)
    for (const view of [{}, { sort: 'size' }, { ascending: true }, { grouped: true }] as const) {
      const { count, anchors, sinceAnchor, countedTo } = reader.tally(view)
      expect({ count, sinceAnchor, countedTo }).toEqual({
        count: 1_200,
        sinceAnchor: 200,
        countedTo: null,
      })
      const rows: number[] = []
      for (const after of [undefined, ...anchors]) {
        for (const skip of [0, 500]) {
          const page = reader.list({ ...view, after, skip, limit: 500 })
          rows.push(...page.rows.map(({ id }) => id))
        }
      }
      expect(rows).toHaveLength(1_200)
      expect(new Set(rows).size).toBe(1_200)
    }
  })
})
