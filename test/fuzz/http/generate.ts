import type { Seeded } from '#test/fuzz/seeded.ts'
import { mutated } from './mutate.ts'

/** What is sent on one connection: bytes as latin1, where packets end, and how it ends. */
export interface RawInput {
  text: string
  /** Rising offsets; each part is written on its own. */
  cuts: number[]
  /** `end` closes our side after the bytes; the others cut the connection off. */
  ending: 'end' | 'destroy' | 'reset'
}

/** The longest head of the listener, and a body that goes to a file. */
const HEAD_LIMIT = 64 * 1024
const SPOOLED = 1024 * 1024 + 1

/** One connection's worth: one to four requests, most of them wrong somewhere. */
export function makeInput(chance: Seeded): RawInput {
  const count = chance.pick([1, 1, 1, 2, 2, 3, 4])
  let text = chance.many(count, () => makeRequest(chance)).join(chance.chance(0.1) ? '\r\n' : '')
  for (let times = chance.pick([0, 1, 1, 1, 2, 4]); times > 0; times -= 1) {
    text = mutated(text, chance)
  }
  const cuts = chance
    .many(chance.pick([0, 0, 1, 1, 2, 5]), () => chance.below(text.length + 1))
    .sort((one, other) => one - other)
  return { text, cuts, ending: chance.pick(['end', 'end', 'end', 'end', 'destroy', 'reset']) }
}

const METHODS = ['GET', 'POST', 'POST', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH']
const ODD_METHODS = ['TRACE', 'CONNECT', 'PURGE', 'PRI', 'M-SEARCH', 'x-Notify', 'get', 'SOURCE']
const TARGETS = ['/', '/hooks/a', '/a?b=c', '/%00', '/a/../../etc/passwd', '/a;b', '/~!$&()']
const ODD_TARGETS = [
  ...['*', 'http://other.example/a', 'a.example:443', '//x/y', 'http:///', '?q', '#f', '\\a'],
  `/${'a'.repeat(9000)}`,
]
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0']
const ODD_VERSIONS = ['HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'HTTP/1', 'http/1.1', 'HTTP/01.1', '']

function makeRequest(chance: Seeded): string {
  const method = chance.pick(chance.chance(0.1) ? ODD_METHODS : METHODS)
  const target = chance.pick(chance.chance(0.1) ? ODD_TARGETS : TARGETS)
  const version = chance.pick(chance.chance(0.05) ? ODD_VERSIONS : VERSIONS)
  const { lines, body } = framed(chance)
  const all = [...(chance.chance(0.03) ? [] : ['Host: a']), ...extraLines(chance), ...lines]
  const head = [`${method} ${target} ${version}`.trimEnd(), ...shuffled(all, chance)].join('\r\n')
  return `${head}\r\n\r\n${body}`
}

function extraLines(chance: Seeded): string[] {
  if (chance.chance(0.4)) return []
  const one = () =>
    chance.made([
      () => 'Connection: close',
      () => 'Connection: keep-alive',
      () => 'Expect: 100-continue',
      () => 'Expect: tea',
      () => 'Upgrade: h2c\r\nConnection: Upgrade',
      () => 'Content-Type: application/json',
      () => `X-${chance.below(100)}: \t${chance.below(1e9)} `,
      () => `X-Text: ${bytes(chance, 20).replace(/\p{Cc}/gu, 'x')}`,
      () => 'Host: b',
      () => `X-Long: ${'y'.repeat(chance.chance(0.02) ? HEAD_LIMIT : 300)}`,
      // Many of the largest at once would be a crowd, in which senders are cut off: see floods.test.ts.
      () => 'X:1\r\n'.repeat(chance.pick([1, 40, chance.chance(0.1) ? 3000 : 300])).trimEnd(),
    ])
  return chance.many(1 + chance.below(4), one)
}

/** Mostly rightly framed; else one of the ways to make two readers see two things. */
function framed(chance: Seeded): { lines: string[]; body: string } {
  const body = makeBody(chance)
  const chunks = chunked(body, chance)
  if (chance.chance(0.55)) {
    return chance.chance(0.5)
      ? { lines: [`Content-Length: ${body.length}`], body }
      : { lines: ['Transfer-Encoding: chunked'], body: chunks }
  }
  if (chance.chance(0.3)) return { lines: [], body: '' }
  const smuggled = `0\r\n\r\n${chance.chance(0.5) ? 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n' : ''}`
  const lines = chance.many(1 + chance.below(2), () =>
    chance.made([
      () => `Content-Length: ${oddLength(body.length, chance)}`,
      () => `${oddName('Content-Length', chance)}${body.length}`,
      () => `Transfer-Encoding: ${chance.pick(ODD_CODINGS)}`,
      () => `${oddName('Transfer-Encoding', chance)}chunked`,
    ]),
  )
  return { lines, body: chance.pick([body, chunks, smuggled, smuggled + chunks]) }
}

const ODD_CODINGS = [
  ...['chunked', 'Chunked', 'xchunked', 'chunked, identity', 'identity', 'identity, chunked'],
  ...['gzip, chunked', 'chunked, chunked', 'chunked;q=1', '"chunked"', 'chunked\t', '\x0bchunked'],
  ...['chu nked', ',chunked', 'chunked,', '', 'chunked\x00', 'chunked\r\n ', 'gzip'],
]

function oddLength(length: number, chance: Seeded): string {
  return chance.pick([
    ...[`+${length}`, `-${length}`, `${length} `, `0${length}`, `${length}, ${length}`, `0x10`],
    ...[
      `${length},${length + 1}`,
      `${length}\t`,
      `${length} 1`,
      `1e1`,
      '',
      '\xd9\xa3',
      `${length}.0`,
    ],
    ...[
      `${length}\r\nContent-Length: ${length}`,
      `${length}\r\nContent-Length: 0`,
      '_5',
      `${length};`,
    ],
    ...['9007199254740993', '18446744073709551616', '4294967296', `${length + 1}`, '1000000000'],
  ])
}

function oddName(name: string, chance: Seeded): string {
  return chance.pick([
    ...[`${name} : `, `${name}\t: `, ` ${name}: `, `${name}\x00: `, `${name}:`, `${name}:\t`],
    ...[`X: 1\r\n ${name}: `, `X: 1\n${name}: `, `X: 1\r${name}: `, `X: 1\r\r\n${name}: `],
    ...[
      `${name.replace('-', '_')}: `,
      `${name.toLowerCase()}: `,
      `${name.toUpperCase()}: `,
      `${name}\xa0: `,
    ],
    ...[`${name}:\r\n `, `:${name}: `, `${name.slice(0, -1)}: `, `\r\n${name}: `],
  ])
}

function chunked(body: string, chance: Seeded): string {
  const parts: string[] = []
  for (let at = 0; at < body.length;) {
    const size = 1 + chance.below(chance.pick([1, 16, 4096, body.length]))
    const part = body.slice(at, at + size)
    parts.push(`${chunkSize(part.length, chance)}\r\n${part}\r\n`)
    at += part.length
  }
  const trailers = chance.chance(0.15) ? makeTrailers(chance) : ''
  return `${parts.join('')}${chance.chance(0.95) ? '0' : chance.pick(['00', '0;x', '0 ', '000000000000000000'])}\r\n${trailers}\r\n`
}

function chunkSize(size: number, chance: Seeded): string {
  const hex = size.toString(16)
  if (chance.chance(0.85)) return hex
  return chance.pick([
    ...[hex.toUpperCase(), `0${hex}`, `${hex};a`, `${hex};a=b`, `${hex};a="b;c"`, `${hex} ;a`],
    ...[
      `${hex};a="\r`,
      `${hex};\n`,
      `0x${hex}`,
      `+${hex}`,
      `-${hex}`,
      `${hex} `,
      ` ${hex}`,
      `${hex}\n`,
    ],
    ...[
      'ffffffffffffffff',
      '10000000000000000',
      `f${'0'.repeat(20)}${hex}`,
      '',
      `${hex};${'e'.repeat(20_000)}`,
    ],
  ])
}

function makeTrailers(chance: Seeded): string {
  return chance.pick([
    ...['X-Sum: 1\r\n', 'X-Sum: 1\r\nx-sum: 2\r\n', 'Content-Length: 5\r\n', 'Host: b\r\n'],
    ...['Transfer-Encoding: chunked\r\n', 'GET /smuggled HTTP/1.1\r\n', 'X: \x00\r\n', ' x\r\n'],
    ...[`X: ${'y'.repeat(70_000)}\r\n`, 'X: 1\n', 'X: 1\r\n y\r\n'],
  ])
}

function makeBody(chance: Seeded): string {
  return chance.made([
    () => '',
    () => 'abc',
    () => '{"a":[1,2,{"b":"\\u0000"}]}',
    () => bytes(chance, chance.below(200)),
    () => 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n',
    () => '0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n',
    () => 'z'.repeat(chance.chance(0.002) ? SPOOLED : chance.below(3000)),
  ])
}

function bytes(chance: Seeded, length: number): string {
  return String.fromCharCode(...chance.many(length, () => chance.below(256)))
}

function shuffled<T>(all: readonly T[], chance: Seeded): T[] {
  return all
    .map((each) => ({ each, rank: chance.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ each }) => each)
}
