import type { Seeded } from '#test/fuzz/seeded.ts'

const DEEP = 20_000

/** What no call expects; hosts and folders stay those of the sandbox, so that nothing leaves it. */
export function hostileValue(chance: Seeded): unknown {
  return chance.made<unknown>([
    () => hostileText(chance),
    () => hostileText(chance),
    () => hostileNumber(chance),
    () => hostileObject(chance),
    () => chance.pick([null, undefined, true, false, [], {}, '', 0]),
    () => new Date(chance.pick([0, NaN, 8.64e15, -8.64e15])),
    () => new Map([[hostileText(chance), 1]]),
    () => new Set([hostileText(chance)]),
    () => 2n ** 64n,
    () => /^(a+)+$/,
    () => new Blob(['x'.repeat(chance.pick([0, 1, 1_048_576, 1_048_577]))]),
    () => nested(chance.pick([5, 100, DEEP]), chance.chance(0.5)),
    () => Array.from({ length: chance.pick([1, 300, 20_000]) }, (_, at) => at),
    () => Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`k${at}`, at])),
  ])
}

export function hostileText(chance: Seeded): string {
  return chance.made([
    () => '',
    () => '\0',
    () => '\ud800',
    () => '\u202egnp.exe',
    () => '\u001b]0;x\u0007\u001b[31m',
    () => '../'.repeat(12) + 'etc/passwd',
    () => '..\\..\\windows\\win.ini',
    () => 'C:\\nul',
    () => '/dev/zero',
    () => '/proc/self/environ',
    () => "'; DROP TABLE deliveries; --",
    () => '__proto__',
    () => 'constructor',
    () => 'toString',
    () => '%00%2e%2e%2f',
    () => '$.a[*][*][*][*][*]',
    () => `$${'[*]'.repeat(200)}`,
    () => '('.repeat(900),
    () => '-'.repeat(1900),
    () => '"'.repeat(1999),
    () => '{{'.repeat(500),
    () => `{{${'json $.a|'.repeat(30)}}}`,
    () => 'a'.repeat(chance.pick([61, 256, 2001, 65_537, 1_000_001])),
    () => 'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n',
    () => `curl http://127.0.0.1:1/ ${'-H "a: b" '.repeat(300)}`,
    () => 'body:*'.repeat(150),
    () => 'NaN',
    () => '-1',
    () => '1e309',
    () => '٣',
    () => String(chance.next()),
  ])
}

function hostileNumber(chance: Seeded): number {
  return chance.pick([
    ...[-1, -0, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, 1e308, -1e308],
    ...[5e-324, NaN, Infinity, -Infinity, 8.64e15, 8.64e15 + 1, -62_135_596_801, 253_402_300_800],
  ])
}

/** `JSON.parse` makes these keys own ones, as a caller's text does. */
function hostileObject(chance: Seeded): unknown {
  const text = chance.pick([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"toString":1,"valueOf":2,"hasOwnProperty":3}',
    '{"then":"x","toJSON":"y"}',
    '{"length":4000000000}',
    '{"__proto__":null,"a":{"__proto__":{"polluted":1}}}',
    '[{"__proto__":{"polluted":1}}]',
  ])
  const parsed: unknown = JSON.parse(text)
  return parsed
}

function nested(depth: number, inLists: boolean): unknown {
  let value: unknown = 0
  for (let level = 0; level < depth; level += 1) value = inLists ? [value] : { a: value }
  return value
}
