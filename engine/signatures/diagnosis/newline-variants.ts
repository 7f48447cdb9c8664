import type { BodyGuess } from './types.ts'

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const LF = 0x0a
const CR = 0x0d

/** Line ends, blanks around the whole, and the byte-order mark. */
export function* newlineGuesses(bytes: Uint8Array): Generator<BodyGuess> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const last = bytes[bytes.length - 1]
  const hasBom = buffer.subarray(0, 3).equals(BOM)
  if (last === LF) {
    const before = bytes[bytes.length - 2] === CR ? 2 : 1
    yield made('without the final newline', 'With the final newline removed', 1, () =>
      buffer.subarray(0, bytes.length - before),
    )
    if (before === 2) {
      yield made('with LF at the end', 'With the final CRLF as LF', 0.5, () =>
        Buffer.concat([buffer.subarray(0, -2), Buffer.from('\n')]),
      )
    }
  }
  yield made('with a final newline', 'With a final newline added', 0.9, () =>
    Buffer.concat([buffer, Buffer.from('\n')]),
  )
  yield made('with a final CRLF', 'With a final CRLF added', 0.5, () =>
    Buffer.concat([buffer, Buffer.from('\r\n')]),
  )
  if (buffer.includes('\r\n')) {
    yield made('with LF line ends', 'With every CRLF as LF', 0.8, () =>
      replaced(buffer, /\r\n/g, '\n'),
    )
  }
  if (buffer.includes('\n')) {
    yield made('with CRLF line ends', 'With every LF as CRLF', 0.7, () =>
      replaced(buffer, /\r?\n/g, '\r\n'),
    )
  }
  if (hasBom) {
    yield made('without the byte-order mark', 'With the byte-order mark removed', 0.9, () =>
      buffer.subarray(3),
    )
  } else {
    yield made('with a byte-order mark', 'With a byte-order mark before it', 0.4, () =>
      Buffer.concat([BOM, buffer]),
    )
  }
  yield made('without blanks around it', 'With the blanks around it removed', 0.6, () =>
    replaced(buffer, /^[ \t\r\n]+|[ \t\r\n]+$/g, ''),
  )
  if (last === LF) {
    yield made('with one more newline', 'With the final newline doubled', 0.1, () =>
      Buffer.concat([buffer, Buffer.from('\n')]),
    )
  }
}

const made = (detail: string, done: string, weight: number, make: () => Buffer): BodyGuess => ({
  ...{ code: 'body-newline', detail, done, weight },
  bytes: make,
})

/** As latin1, so that bytes that are no UTF-8 stay as they are. */
function replaced(buffer: Buffer, pattern: RegExp, by: string): Buffer {
  return Buffer.from(buffer.toString('latin1').replace(pattern, by), 'latin1')
}
