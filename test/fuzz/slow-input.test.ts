import { describe, expect, test } from 'vitest'
import { parseFilter } from '#contract/filter/parse.ts'
import { isJson, JsonPlaces, parseJsonPath } from '#contract/template/json-at.ts'
import { parseTemplate } from '#contract/template/parse-template.ts'
import { inspectPayload } from '#engine/hygiene/inspect-payload.ts'
import { parsePasted } from '#engine/interchange/pasted-request.ts'
import { jsonSpans } from '#engine/interchange/redact/mask-json.ts'
import { readMaskPaths } from '#engine/interchange/redact/mask-paths.ts'
import { MessageWalk } from '#engine/listener/message-walk.ts'
import { headOfRefused } from '#engine/listener/request-head.ts'
import { unknownMethodOf } from '#engine/listener/unknown-method.ts'
import { LONGEST_MATCHED } from '#engine/signatures/recognise.ts'
import { patternProblem } from '#engine/signatures/scheme-check/safe-pattern.ts'
import { formPairs } from '#renderer/body/document/form-pairs.ts'
import { boundaryOf, multipartParts } from '#renderer/body/document/multipart-parts.ts'
import { layOutXml } from '#renderer/body/document/xml-layout.ts'
import { Seeded } from './seeded.ts'

/** For so long an input, or the longest that is taken; what is not linear takes seconds then. */
const SLOWEST_MS = 500
const LONG = 60_000

const UNITS = [
  ...Array.from('a0 \t\n,;:=&%"\'\\([{<$`-*+é'),
  ...['\r\n', '<a>', '<!--', '{{', '{{a|', '$(', '\\\n', '-H ', "'a' ", '\\"', 'a: b\r\n', '--'],
  ...['\r\n--a\r\n', '[*]', '.a', '"a":', '[1,', '%41', '4111111111111111 ', 'eyJ', 'sk_live_'],
  ...['-----BEGIN ', 'a=b&', '%%', 'OR ', 'NOT ', 'body:', '0\r\n', 'f\r\n', '\u202e', '\0'],
]

/** Where the machine is busy elsewhere, what is quick takes long too: then it is tried again. */
function quickest(run: () => unknown, enoughMs: number): number {
  let least = Infinity
  for (let tries = 0; tries < 3 && least > enoughMs; tries += 1) {
    const from = performance.now()
    run()
    least = Math.min(least, performance.now() - from)
  }
  return least
}

function slowest(read: (text: string) => unknown, most: number, around: readonly string[]): string {
  let slowestMs = 0
  let what = ''
  for (const unit of UNITS) {
    for (const beginning of around) {
      const text = beginning + unit.repeat(Math.max(1, (most - beginning.length) / unit.length))
      const tookMs = quickest(() => read(text), SLOWEST_MS)
      if (tookMs <= slowestMs) continue
      slowestMs = tookMs
      what = `${JSON.stringify(beginning)} and then ${JSON.stringify(unit)}: ${Math.round(tookMs)} ms`
    }
  }
  return slowestMs > SLOWEST_MS ? what : ''
}

const at = Date.UTC(2026, 10, 22)
const peer = {
  ...{ address: '', port: 0, reset: () => undefined },
  connected: { wallMs: 0, monotonicMs: 0 },
}
const spans = (text: string) => {
  const paths = readMaskPaths(['$.a', '$[*][*].a', '$.a[*].b["c d"]'])
  return 'problem' in paths ? null : jsonSpans(text, paths)
}

test('what takes the square of its length is found', () => {
  const text = `${' '.repeat(LONG)}.`
  expect(quickest(() => /\s+$/.test(text), SLOWEST_MS)).toBeGreaterThan(SLOWEST_MS)
})

describe('time in proportion to what came, or bounded', () => {
  test.each<[string, (text: string) => unknown, number, string[]]>([
    ['the filter language', (text) => parseFilter(text, at), 2000, ['', '(', 'body:"', '$.a', '-']],
    ['templates', parseTemplate, LONG, ['', '{{', '{{json $.a|', '{{"', '{{"a" ']],
    ['paths of templates', parseJsonPath, LONG, ['$', '$["', '$.']],
    ['values of templates', valuesOf, LONG, ['', '{"a":[', '"', '[[']],
    ['masks', spans, LONG, ['', '{"a":[', '"', '[[']],
    ['paths of masks', (text) => readMaskPaths([text]), 500, ['', '$', '$["']],
    [
      'pasted requests',
      parsePasted,
      LONG,
      [
        '',
        'POST / HTTP/1.1\r\n',
        'GET ',
        'curl ',
        "curl '",
        'curl -d "',
        "curl $'",
        '{"log":',
        'a: b\n',
      ],
    ],
    ['payloads as text', (text) => inspect(text, 'text/plain'), LONG, ['', 'password=', 'eyJ']],
    ['payloads as JSON', (text) => inspect(text, null), LONG, ['{"', '[[', '"', '{"a":"']],
    [
      'payloads as forms',
      (text) => inspect(text, 'application/x-www-form-urlencoded'),
      LONG,
      ['', 'a='],
    ],
    [
      'payloads in parts',
      (text) => inspect(text, 'multipart/form-data; boundary=a'),
      LONG,
      ['', '--a\r\n', '--a\r\nContent-Disposition: form-data; name="'],
    ],
    [
      'boundaries',
      (text) => inspect('--a', `multipart/form-data; boundary=${text}`),
      LONG,
      ['', '"'],
    ],
    [
      'refused heads',
      (text) => headOfRefused(Buffer.from(text), peer, at),
      LONG,
      ['', 'GET ', 'GET /', 'GET / HTTP/1.1\r\n'],
    ],
    ['methods', (text) => unknownMethodOf(Buffer.from(text)), LONG, ['', 'A ', 'A /']],
    [
      'pipelined messages',
      (text) => new MessageWalk().take(Buffer.from(text), 0, () => []),
      LONG,
      [
        '',
        'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
        'a\r\ncontent-length: 1',
        'a\r\ntransfer-encoding:',
      ],
    ],
    ['forms on screen', (text) => formPairs(text, 1000), LONG, ['', 'a=']],
    [
      'parts on screen',
      (text) => multipartParts(Buffer.from(text), 'a'),
      LONG,
      ['', '--a\r\n', '--a\r\nContent-Disposition: form-data; name="'],
    ],
    [
      'boundaries on screen',
      boundaryOf,
      LONG,
      ['multipart/form-data; boundary=', 'multipart/form-data; boundary="', 'multipart/form-data;'],
    ],
    ['XML on screen', layOutXml, LONG, ['', '<a ', '<a b="', '<!--', '<![CDATA[']],
  ])('%s', (_, read, most, around) => {
    expect(slowest(read, most, around)).toBe('')
  })
})

function valuesOf(text: string): unknown {
  const places = new JsonPlaces(text)
  return isJson(text) ? places.textAt(['a', 0, 'b']) : places.textAt([0, 0])
}

function inspect(text: string, type: string | null): unknown {
  return inspectPayload(Buffer.from(text), type, at)
}

describe('patterns of own schemes', () => {
  const evil = [
    ...[
      '^(a+)+$',
      '^(a|a)*$',
      '^(a|aa)+$',
      '(a*)*b',
      '^(\\w+\\s?)*$',
      '^(.*)*$',
      'a+a+a+a+$',
      '.*.*.*=.*',
    ],
    ...[
      '^(([a-z])+.)+[A-Z]([a-z])+$',
      '(?=(a+))\\1+$',
      '^(?:a?){30}a{30}$',
      '(x+x+)+y',
      '\\s+$',
      'v1=.*,.*;.*$',
    ],
    ...[
      '^[^,]*,[^,]*.*$',
      '(?<a>a+)\\k<a>+$',
      '^(?:.|\\n)*$',
      '^(?:[^=]+=[^,]+,?)*$',
      '^a{0,5000}a{0,5000}$',
    ],
  ]

  test('that can take for ever are refused', () => {
    expect(evil.filter((pattern) => patternProblem(pattern) === null)).toEqual([])
  })

  test('that are taken are quick with whatever text is made of their own pieces', () => {
    const chance = new Seeded(7)
    const atoms = [
      'a',
      '[a-z]',
      '\\w',
      '\\d',
      '[^,]',
      '.',
      ',',
      '=',
      '\\s',
      '(?:a|b)',
      '[a=]',
      'ab',
    ]
    const ends = ['', '', '', '*', '+', '?', '{2,9}', '{0,40}', '{64}']
    let taken = 0
    for (let n = 0; n < 4000; n += 1) {
      const pieces = chance.many(1 + chance.below(5), () => chance.pick(atoms) + chance.pick(ends))
      const inner = pieces.join('')
      const grouped = chance.chance(0.3) ? `(?:${inner})${chance.pick(ends)}` : inner
      const pattern = `${chance.chance(0.7) ? '^' : ''}${grouped}${chance.chance(0.6) ? '$' : ''}`
      if (patternProblem(pattern) !== null) continue
      taken += 1
      const expression = new RegExp(pattern)
      for (const unit of ['a', 'ab', 'a,', 'a=', ' ', '0', 'b']) {
        const text = `${unit.repeat(LONGEST_MATCHED / unit.length)}!`
        const tookMs = quickest(() => expression.test(text), 150)
        expect(`${pattern} on ${unit}: ${tookMs < 150 ? 'quick' : tookMs}`).toMatch(/quick$/)
      }
    }
    expect(taken).toBeGreaterThan(200)
  })
})
