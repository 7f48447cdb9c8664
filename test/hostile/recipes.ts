import zlib from 'node:zlib'
import { z } from 'zod'

const times = z.number().int().positive()

/** How a payload that is too large to lie in a file is made. */
export const Recipe = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('repeat'), text: z.string(), times }),
  z.strictObject({
    kind: z.literal('wrap'),
    before: z.string(),
    text: z.string(),
    times,
    after: z.string(),
  }),
  z.strictObject({
    kind: z.literal('nest'),
    open: z.string(),
    close: z.string(),
    middle: z.string().optional(),
    times,
  }),
  z.strictObject({ kind: z.literal('keys'), times }),
  z.strictObject({ kind: z.literal('attributes'), times }),
  z.strictObject({ kind: z.literal('parts'), times }),
  /** Zeros behind these content codings, of which `keep` is the share that is sent. */
  z.strictObject({
    kind: z.literal('coded'),
    coding: z.string(),
    bytes: times,
    raw: z.boolean().optional(),
    keep: z.number().optional(),
    /** So many of the last bytes are wrong. */
    spoil: times.optional(),
  }),
  /** A body that only says that it is coded. */
  z.strictObject({
    kind: z.literal('claimed'),
    coding: z.string(),
    text: z.string().optional(),
    base64: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('members'), times }),
  z.strictObject({ kind: z.literal('gzip-name'), name: z.string() }),
  z.strictObject({ kind: z.literal('png'), width: times, height: times }),
])
export type Recipe = z.infer<typeof Recipe>

/** What `Content-Encoding` says of a recipe that names none itself; `null`: nothing. */
export function codingOf({ kind }: Recipe): string | null {
  return kind === 'members' || kind === 'gzip-name' ? 'gzip' : null
}

/** The bytes of a recipe. */
export function made(recipe: Recipe): Buffer {
  if (recipe.kind === 'coded') return coded(recipe)
  if (recipe.kind === 'claimed') {
    return recipe.base64 ? Buffer.from(recipe.base64, 'base64') : Buffer.from(recipe.text ?? '')
  }
  if (recipe.kind === 'members') return Buffer.concat(many(recipe.times, zlib.gzipSync('x')))
  if (recipe.kind === 'gzip-name') return gzipNamed(recipe.name)
  if (recipe.kind === 'png') return pngHead(recipe.width, recipe.height)
  return Buffer.from(textOf(recipe))
}

type TextRecipe = Extract<
  Recipe,
  { kind: 'repeat' | 'wrap' | 'nest' | 'keys' | 'attributes' | 'parts' }
>

function textOf(recipe: TextRecipe): string {
  if (recipe.kind === 'repeat') return recipe.text.repeat(recipe.times)
  if (recipe.kind === 'wrap') {
    return recipe.before + recipe.text.repeat(recipe.times) + recipe.after
  }
  if (recipe.kind === 'nest') {
    return (
      recipe.open.repeat(recipe.times) + (recipe.middle ?? '') + recipe.close.repeat(recipe.times)
    )
  }
  const numbers = Array.from({ length: recipe.times }, (_, index) => index)
  if (recipe.kind === 'keys') return `{${numbers.map((index) => `"k${index}":${index}`).join(',')}}`
  if (recipe.kind === 'attributes') {
    return `<x ${numbers.map((index) => `a${index}="1"`).join(' ')}/>`
  }
  const parts = numbers.map(
    (index) => `--b\r\nContent-Disposition: form-data; name="p${index}"\r\n\r\n1\r\n`,
  )
  return `${parts.join('')}--b--\r\n`
}

function many(count: number, bytes: Buffer): Buffer[] {
  return Array.from({ length: count }, () => bytes)
}

function coded(recipe: Extract<Recipe, { kind: 'coded' }>): Buffer {
  const { coding, keep = 1, spoil = 0 } = recipe
  let bytes: Buffer = Buffer.alloc(recipe.bytes)
  for (const one of coding.split(', ')) bytes = encode(bytes, one, recipe.raw ?? false)
  bytes = bytes.subarray(0, Math.ceil(bytes.length * keep))
  if (spoil > 0) bytes.fill(0xff, bytes.length - spoil)
  return Buffer.from(bytes)
}

function encode(bytes: Buffer, coding: string, raw: boolean): Buffer {
  const fast = { level: 1 }
  if (coding === 'gzip') return zlib.gzipSync(bytes, fast)
  if (coding === 'deflate')
    return raw ? zlib.deflateRawSync(bytes, fast) : zlib.deflateSync(bytes, fast)
  if (coding === 'zstd') return zlib.zstdCompressSync(bytes)
  return zlib.brotliCompressSync(bytes, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 },
  })
}

/** A gzip member with the flag FNAME (RFC 1952, section 2.3.1). */
function gzipNamed(name: string): Buffer {
  const plain = zlib.gzipSync('x')
  const head = Buffer.from(plain.subarray(0, 10))
  head[3] = 8
  return Buffer.concat([head, Buffer.from(`${name}\0`), plain.subarray(10)])
}

/** A chunk of a PNG: its length, its type and data, and their sum. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(zlib.crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG that says it is so large, and has no pixels. */
function pngHead(width: number, height: number): Buffer {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2, 0, 0, 0], 8)
  const mark = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  return Buffer.concat([mark, chunk('IHDR', size), chunk('IDAT', zlib.deflateSync(''))])
}
