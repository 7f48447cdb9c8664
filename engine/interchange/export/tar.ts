export interface TarFile {
  /** ASCII, with `/` between its parts; the last part has at most 100 bytes. */
  path: string
  byteLength: number
  /** Unix milliseconds. */
  modifiedAtMs: number
  /** Absent: 0644. */
  mode?: number
}

const BLOCK = 512
/** From here on eleven octal digits are too few; GNU's binary form is what everyone reads then. */
const LARGE_BYTES = 8 * 1024 ** 3

/** The header block of a file (POSIX.1-1988, `ustar` interchange format). */
export function tarHeader({ path, byteLength, modifiedAtMs, mode = 0o644 }: TarFile): Uint8Array {
  const slash = path.length > 100 ? path.lastIndexOf('/') : -1
  const [prefix, name] = slash < 0 ? ['', path] : [path.slice(0, slash), path.slice(slash + 1)]
  if (!/^[\x21-\x7e][\x20-\x7e]{0,99}$/.test(name) || !/^[\x20-\x7e]{0,155}$/.test(prefix)) {
    throw new RangeError('A path in this archive is at most 100 ASCII characters.')
  }
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) => {
    block.write(`${Math.floor(value).toString(8).padStart(digits, '0')}\0`, at, 'latin1')
  }
  block.write(name, 0, 'latin1')
  block.write(prefix, 345, 'latin1')
  octal(mode, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  if (byteLength < LARGE_BYTES) octal(byteLength, 124, 11)
  else {
    block.writeBigUInt64BE(BigInt(byteLength), 128)
    block.writeUInt8(0x80, 124)
  }
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
