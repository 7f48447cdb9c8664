import type { Seeded } from '#test/fuzz/seeded.ts'

/** What parsers stumble over, to be put anywhere. */
const BITS = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\r\n\r\n',
    '\n\n',
    ' ',
    '\t',
    '\x00',
    '\x0b',
    '\x0c',
    '\x7f',
    '\xff',
    ':',
  ],
  ...[
    ';',
    ',',
    '"',
    '\\',
    '0\r\n\r\n',
    '1\r\n',
    'ffffffff',
    '-1',
    '\r\n ',
    '\r\n\t',
    '\xef\xbb\xbf',
  ],
  ...['\x16\x03\x01', 'HTTP/1.1', 'Content-Length: 0\r\n', 'Transfer-Encoding: chunked\r\n'],
  ...[
    'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'Host: a\r\n',
  ],
]

/** One change: a byte, a stretch, a line, or something put in between. */
export function mutated(text: string, chance: Seeded): string {
  const at = chance.below(text.length + 1)
  const end = at + chance.below(chance.pick([2, 8, 64]))
  return chance.made([
    () => text.slice(0, at) + chance.pick(BITS) + text.slice(at),
    () => text.slice(0, at) + chance.pick(BITS) + text.slice(at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, at),
    () => text.slice(0, at) + String.fromCharCode(chance.below(256)) + text.slice(at + 1),
    () => text.slice(0, end) + text.slice(at),
    () => lineDone(text, chance),
    () => text.slice(at) + text.slice(0, at),
  ])
}

/** A line twice, a line gone, or a line elsewhere. */
function lineDone(text: string, chance: Seeded): string {
  const lines = text.split('\r\n')
  const [line = ''] = lines.splice(chance.below(lines.length), 1)
  if (chance.chance(0.3)) return lines.join('\r\n')
  const at = chance.below(lines.length + 1)
  lines.splice(at, 0, line, ...(chance.chance(0.5) ? [line] : []))
  return lines.join('\r\n')
}
