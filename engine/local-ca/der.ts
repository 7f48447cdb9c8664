/** The few parts of DER (ITU-T X.690) that a certificate is written with. */

const SHORT = 0x80

/** A value with its tag and length, in the shortest form (X.690 §10.1). */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x30, ...parts)
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return tagged(0x31, ...parts)
}

/** A whole number that is not negative, as big-endian bytes. */
export function unsigned(bytes: Uint8Array): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1
  const digits = bytes.length === 0 ? Buffer.from([0]) : bytes.subarray(start)
  // A first bit that is set would mean a negative number (X.690 §8.3.3).
  return (digits[0] ?? 0) >= SHORT ? tagged(0x02, Buffer.from([0]), digits) : tagged(0x02, digits)
}

/** Such as `2.5.29.17` (X.690 §8.19). */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

export const TRUE = Buffer.from([0x01, 0x01, 0xff])

export function utf8(text: string): Buffer {
  return tagged(0x0c, Buffer.from(text, 'utf8'))
}

export function octets(bytes: Uint8Array): Buffer {
  return tagged(0x04, bytes)
}

/** @param unusedBits of the last byte */
export function bits(bytes: Uint8Array, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.from([unusedBits]), bytes)
}

/** `[number]` around other values. */
export function constructed(number: number, ...parts: readonly Uint8Array[]): Buffer {
  return tagged(0xa0 | number, ...parts)
}

/** `[number]` in place of the tag of plain bytes. */
export function primitive(number: number, bytes: Uint8Array): Buffer {
  return tagged(0x80 | number, bytes)
}

/** A second in UTC: two digits for the year until 2049 (RFC 5280 §4.1.2.5). */
export function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d{3}/g, '')
  return new Date(ms).getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : tagged(0x18, Buffer.from(digits, 'latin1'))
}

function lengthOf(length: number): Buffer {
  if (length < SHORT) return Buffer.from([length])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.from([SHORT | bytes.length, ...bytes])
}

function base128(number: number): number[] {
  const bytes = [number % 128]
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(SHORT | (rest % 128))
  }
  return bytes
}
