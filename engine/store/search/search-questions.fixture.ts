import * as fc from 'fast-check'
import type { FilterNode, FilterTerm, JsonStep, Range } from '#contract/filter/filter.ts'
import { states } from '#contract/filter/filter.ts'
import { verdicts } from '#contract/verdict.ts'
import type { View } from './types.ts'

export const START_MS = 1_700_000_000_000
const HOUR_MS = 3_600_000
const bodies = [
  '',
  'Plain words, red and blue',
  '{"data":{"amount":5,"state":"open"},"items":[{"sku":"red"},{"sku":"a b"}]}',
  '{"data":{"amount":500,"state":"Open red"},"items":[1,true,null]}',
  '{"data":{"amount":50000000000000000001,"state":"paid"}}',
  '[{"amount":7},{"amount":70}]',
]

/** Deliveries of which many are alike in something. */
export const arrivals = fc.record({
  /** Milliseconds since the start: clocks may step back. */
  atMs: fc.integer({ min: 0, max: 5 * HOUR_MS }),
  endpoint: fc.constantFrom(null, 'shop', 'Bank'),
  scheme: fc.constantFrom('svix', 'stripe', null),
  verdict: fc.constantFrom(...verdicts),
  judged: fc.option(fc.constantFrom(...verdicts), { freq: 4 }),
  messageId: fc.constantFrom(null, 'msg_one', 'MSG_two', 'x3', 'evt_four'),
  signature: fc.constantFrom('s1', 's2'),
  type: fc.constantFrom(null, 'invoice.paid', 'invoice.void', 'Push'),
  method: fc.constantFrom('POST', 'PUT'),
  target: fc.constantFrom('/a', '/a/b?red=1', '/c_d%25?x'),
  status: fc.constantFrom(null, 200, 401, 500),
  skew: fc.constantFrom(null, -90, -1.5, 0, 0.25, 61),
  duration: fc.constantFrom(null, 1, 2.5, 900),
  header: fc.constantFrom<[string, string]>(
    ['X-Foo', 'bar'],
    ['X-Foo', 'red bar'],
    ['x-other', '1'],
  ),
  body: fc.constantFrom(...bodies),
  replay: fc.nat(6).map((one) => one === 0),
  challenge: fc.nat(8).map((one) => one === 0),
  imported: fc.nat(5).map((one) => one === 0),
  pinned: fc.nat(4).map((one) => one === 0),
  note: fc.constantFrom('', '', 'Ask Bob', 'red'),
  tags: fc.subarray(['urgent', 'Later']),
  removed: fc.nat(7).map((one) => one === 0),
})

const range = (...values: number[]): fc.Arbitrary<Range> =>
  fc.record({
    from: fc.option(fc.constantFrom(...values)),
    fromOpen: fc.boolean(),
    to: fc.option(fc.constantFrom(...values)),
    toOpen: fc.boolean(),
  })
const pattern = (...values: string[]) => fc.record({ pattern: fc.constantFrom(...values) })
const of = <Kind extends string, Rest>(kind: Kind, rest: fc.Arbitrary<Rest>) =>
  rest.map((values) => ({ kind, ...values }))

const terms: fc.Arbitrary<FilterTerm> = fc.oneof(
  of('endpoint', pattern('shop', 'B*', '*', 'catch-all', 'none')),
  of('scheme', pattern('svix', 'S*', 'none')),
  of('verdict', fc.record({ verdict: fc.constantFrom(...verdicts) })),
  of('is', fc.record({ state: fc.constantFrom(...states) })),
  of('type', pattern('invoice.*', 'push', '*.paid', 'none')),
  of('method', pattern('post', 'P*')),
  of('path', pattern('/a', '/a*', '/c_d*', '/cxd*', '*%25')),
  of('status', fc.record({ range: range(200, 400, 500) })),
  of('size', fc.record({ range: range(0, 20, 62, 100) })),
  of('skew', fc.record({ range: range(-2, 0, 1.5, 60), signed: fc.boolean() })),
  of('duration', fc.record({ range: range(1, 2, 3) })),
  of('time', fc.record({ range: range(START_MS, START_MS + HOUR_MS, START_MS + 3 * HOUR_MS) })),
  of(
    'header',
    fc.record({
      name: fc.constantFrom('x-foo', 'x-other', 'none'),
      pattern: fc.constantFrom(null, 'bar', 'BAR', '*bar', '1'),
    }),
  ),
  of('id', fc.record({ text: fc.constantFrom('msg_', 'Msg_t', 'x3', '3', '12', '_', 'none') })),
  of('note', fc.record({ text: fc.constantFrom('bob', 'red', 'none') })),
  of('tag', pattern('urgent', 'LATER', '*', 'none')),
  of(
    'text',
    fc.record({
      where: fc.constantFrom('anywhere', 'body', 'headers', 'url'),
      text: fc.constantFrom(
        'red',
        'Red',
        're',
        'red and',
        'words red',
        'a',
        'sku a b',
        'bar',
        'p',
        '""',
      ),
      prefix: fc.boolean(),
    }),
  ),
  of(
    'json',
    fc.record({
      path: fc.constantFrom<JsonStep[]>(
        [{ key: 'data' }, { key: 'amount' }],
        [{ key: 'data' }, { key: 'state' }],
        [{ key: 'items' }, 'every', { key: 'sku' }],
        [{ key: 'items' }, { index: 1 }],
        ['every', { key: 'amount' }],
        [],
      ),
      comparison: fc.option(
        fc.record({
          operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
          value: fc.constantFrom('5', '70', '500', 'open', 'paid', 'a b', '*red', 'true'),
          quoted: fc.boolean(),
        }),
      ),
    }),
  ),
)

const nodes = fc.letrec<{ node: FilterNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    terms,
    terms,
    fc.record({ kind: fc.constant('not' as const), of: tie('node') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('node'), { maxLength: 3 }),
    }),
  ),
})).node

/** Questions whose answers are neither always all nor always nothing. */
export const views: fc.Arbitrary<View> = fc.record(
  {
    filter: fc.record(
      {
        endpoint: fc.constantFrom<number | 'catch-all'>('catch-all', 1, 2),
        verdicts: fc.subarray([...verdicts], { minLength: 5 }),
        duplicates: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    where: nodes,
    sort: fc.constantFrom('time', 'size', 'duration', 'skew', 'status', 'type'),
    ascending: fc.boolean(),
    grouped: fc.boolean(),
  },
  { requiredKeys: [] },
)

export type Arrival = typeof arrivals extends fc.Arbitrary<infer T> ? T : never
