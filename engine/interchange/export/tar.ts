/** A POSIX.1-1988 (ustar) archive holds files of less than 8 GiB (twelve octal digits of size). */
export interface TarFile {
  /** ASCII, at most 100 bytes, with `/` between its parts. */
  path: string
  byteLength: number
  /** Unix milliseconds. */
  modifiedAtMs: number
}

const BLOCK = 512

/** The header block of a file (POSIX.1-1988, `ustar` interchange format). */
export function tarHeader({ path, byteLength, modifiedAtMs }: TarFile): Uint8Array {
  if (!/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(path)) {
    throw new RangeError('A path in this archive is at most 100 ASCII characters.')
  }
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) => {
    block.write(`${Math.floor(value).toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  }
  block.write(path, 0, 'latin1')
  octal(0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(byteLength, 124, 11)
  octal(Math.max(0, modifiedAtMs / 1000), 136, 11)
  // The sum is made with blanks in its own place.
  block.write(' '.repeat(8), 148, 'latin1')
  block.write('0', 156, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** What follows a file, up to a whole block. */
export function tarPadding(byteLength: number): Uint8Array {
  return new Uint8Array((BLOCK - (byteLength % BLOCK)) % BLOCK)
}

/** Two blocks of zeros end an archive. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * BLOCK)
}

/** A file that is known whole. */
export function* tarWhole(
  path: string,
  bytes: Uint8Array,
  modifiedAtMs: number,
): Iterable<Uint8Array> {
  yield tarHeader({ path, byteLength: bytes.byteLength, modifiedAtMs })
  yield bytes
  yield tarPadding(bytes.byteLength)
}
