import type { PageFile } from './page-file.ts'
import { decodeRecord, readVarint, type Value } from './record.ts'

/** Page types (https://sqlite.org/fileformat2.html#b_tree_pages). */
const TABLE_INTERIOR = 0x05
const TABLE_LEAF = 0x0d
const INDEX_INTERIOR = 0x02
const INDEX_LEAF = 0x0a
const MOST_PAYLOAD_BYTES = 1_100_000_000

export interface Row {
  /** `null` in a table WITHOUT ROWID. */
  rowid: number | bigint | null
  values: Value[]
}

export interface TreeReport {
  /** Pages that are gone or are none of a tree. */
  badPages: number
  /** Rows that are there but cannot be read. */
  badRows: number
}

/** Whether these values can be a row of the table that is read. */
export type Fits = (row: Row) => boolean

export interface TreeReader {
  /** Rows of a tree from its root, in order, around what cannot be read. */
  rows(root: number, fits: Fits, report: TreeReport): Generator<Row>
  /** Rows of a single leaf, for leaves that no readable page points to. */
  leafRows(page: number, fits: Fits, report: TreeReport): Generator<Row>
  wasRead(page: number): boolean
  isLeaf(page: number): boolean
}

function typeOf(number: number, page: Buffer): number {
  return page.readUInt8(headerAt(number))
}

function headerAt(number: number): number {
  return number === 1 ? 100 : 0
}

/** Where the cells of a page begin; entries that lead outside of it are left out and counted. */
function cellOffsets(number: number, page: Buffer, report: TreeReport): number[] {
  const at = headerAt(number)
  const interior = page.readUInt8(at) < 0x08
  const arrayAt = at + (interior ? 12 : 8)
  const count = page.readUInt16BE(at + 3)
  const most = Math.floor((page.length - arrayAt) / 2)
  if (count > most) report.badPages += 1
  const offsets: number[] = []
  for (let index = 0; index < Math.min(count, most); index += 1) {
    const offset = page.readUInt16BE(arrayAt + 2 * index)
    if (offset >= arrayAt && offset < page.length - 3) offsets.push(offset)
    else report.badRows += 1
  }
  return offsets
}

/** Local part and overflow chain of a cell's payload (file format §1.6). */
function payloadOf(
  pages: PageFile,
  page: Buffer,
  at: number,
  bytes: number,
  leaf: boolean,
): Buffer {
  if (bytes < 0 || bytes > MOST_PAYLOAD_BYTES || bytes > pages.pageCount * pages.pageSize) {
    throw new RangeError('A row is larger than the file.')
  }
  const usable = pages.pageSize
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const most = leaf ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (bytes <= most) return exactly(page, at, bytes)
  const split = least + ((bytes - least) % (usable - 4))
  const local = split <= most ? split : least
  const parts = [exactly(page, at, local)]
  let next = page.readUInt32BE(at + local)
  for (let left = bytes - local; left > 0;) {
    const overflow = pages.page(next)
    if (overflow === null) throw new RangeError('A part of a row is gone.')
    const part = overflow.subarray(4, 4 + Math.min(left, usable - 4))
    parts.push(part)
    left -= part.length
    next = overflow.readUInt32BE(0)
  }
  return Buffer.concat(parts)
}

function exactly(page: Buffer, at: number, bytes: number): Buffer {
  if (at + bytes > page.length) throw new RangeError('A row ends outside of its page.')
  return page.subarray(at, at + bytes)
}

function cellRow(pages: PageFile, page: Buffer, offset: number, type: number): Row {
  const start = type === INDEX_INTERIOR ? offset + 4 : offset
  const size = readVarint(page, start)
  const isTable = type === TABLE_LEAF
  const key = isTable ? readVarint(page, size.next) : { value: null, next: size.next }
  const payload = payloadOf(pages, page, key.next, Number(size.value), isTable)
  const { value } = key
  const safe = value !== null && Number.isSafeInteger(Number(value)) ? Number(value) : value
  return { rowid: safe, values: decodeRecord(payload) }
}

/** Row ids ascend within a page: one that does not was changed and is nobody's. */
export function ascending(rows: readonly Row[], report: TreeReport): Row[] {
  const key = (row: Row) => BigInt(row.rowid ?? 0)
  const inOrder = rows.every((row, index) => {
    const before = rows[index - 1]
    return row.rowid === null || before === undefined || key(before) < key(row)
  })
  if (inOrder) return [...rows]
  // The longest ascending run of ids is what was there before.
  const lengths = rows.map(() => 1)
  const previous = rows.map(() => -1)
  rows.forEach((row, at) => {
    for (let before = 0; before < at; before += 1) {
      const earlier = rows[before]
      const length = (lengths[before] ?? 0) + 1
      if (earlier && key(earlier) < key(row) && length > (lengths[at] ?? 0)) {
        lengths[at] = length
        previous[at] = before
      }
    }
  })
  const kept: Row[] = []
  for (let at = lengths.indexOf(Math.max(...lengths)); at >= 0; at = previous[at] ?? -1) {
    const row = rows[at]
    if (row) kept.unshift(row)
  }
  report.badRows += rows.length - kept.length
  return kept
}

/** Reads rows out of pages without asking SQLite, which stops at the first page that is wrong. */
export function treeReader(pages: PageFile): TreeReader {
  const read = new Uint8Array(pages.pageCount + 1)

  function* cells(number: number, page: Buffer, fits: Fits, report: TreeReport): Generator<Row> {
    const type = typeOf(number, page)
    const found: Row[] = []
    let strangers = 0
    for (const offset of cellOffsets(number, page, report)) {
      try {
        const row = cellRow(pages, page, offset, type)
        if (fits(row)) found.push(row)
        else strangers += 1
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        report.badRows += 1
      }
    }
    // A page of another table, which a damaged pointer led to: it is left for that table.
    if (found.length === 0 && strangers > 0) read[number] = 0
    else report.badRows += strangers
    yield* ascending(found, report)
  }

  function* rows(root: number, fits: Fits, report: TreeReport): Generator<Row> {
    const open = [root]
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (number >= 1 && number <= pages.pageCount && read[number] === 1) continue
      const page = pages.page(number)
      if (page === null) {
        report.badPages += 1
        continue
      }
      read[number] = 1
      const type = typeOf(number, page)
      if (type === TABLE_LEAF || type === INDEX_LEAF) {
        yield* cells(number, page, fits, report)
      } else if (type === TABLE_INTERIOR || type === INDEX_INTERIOR) {
        if (type === INDEX_INTERIOR) yield* cells(number, page, fits, report)
        const children = cellOffsets(number, page, report).map((at) => page.readUInt32BE(at))
        open.push(page.readUInt32BE(headerAt(number) + 8), ...children.reverse())
      } else {
        // What hangs below it is found by way of the pointer map.
        report.badPages += 1
        read[number] = 0
      }
    }
  }
  const isLeaf = (number: number) => {
    const page = pages.page(number)
    if (page === null) return false
    const type = typeOf(number, page)
    return type === TABLE_LEAF || type === INDEX_LEAF
  }
  return {
    rows,
    *leafRows(number, fits, report) {
      const page = pages.page(number)
      if (page === null) return
      read[number] = 1
      yield* cells(number, page, fits, report)
    },
    wasRead: (number) => read[number] === 1,
    isLeaf,
  }
}
