/** What a page of a b-tree begins with: https://sqlite.org/fileformat2.html#b_tree_pages */
const INTERIOR_TYPES = [2, 5]
const LEAF_TYPES = [10, 13]
const FILE_HEADER_BYTES = 100
const PAGE_BYTES = 4096
/** Pages that say which page is whose come after each so many. */
const PAGES_OF_MAP = PAGE_BYTES / 5 + 1
/** Nobody ever writes to the page with the lock bytes. */
const LOCK_PAGE = 0x40000000 / PAGE_BYTES + 1

/**
 * Where a page of a b-tree has room between the list of its cells and their content: from, to.
 * `null`: it has none, or is no such page (of the map, an overflow, free).
 *
 * @param number of the page in its file; the first is 1
 */
function unusedRoom(page: Buffer, number: number): readonly [number, number] | null {
  const isMap = number >= 2 && (number - 2) % Math.floor(PAGES_OF_MAP) === 0
  if (isMap || number === LOCK_PAGE || page.byteLength !== PAGE_BYTES) return null
  const header = number === 1 ? FILE_HEADER_BYTES : 0
  const type = page.readUInt8(header)
  const isInterior = INTERIOR_TYPES.includes(type)
  if (!isInterior && !LEAF_TYPES.includes(type)) return null
  const pointers = header + (isInterior ? 12 : 8)
  const from = pointers + 2 * page.readUInt16BE(header + 3)
  const to = page.readUInt16BE(header + 5)
  if (from >= to || to > PAGE_BYTES) return null
  // Everything that is used lies behind; otherwise this is no page of a b-tree, whatever it looks like.
  const firstFree = page.readUInt16BE(header + 1)
  if (firstFree !== 0 && firstFree < to) return null
  for (let at = pointers; at < from; at += 2) {
    const cell = page.readUInt16BE(at)
    if (cell < to || cell >= PAGE_BYTES) return null
  }
  return [from, to]
}

/** The bytes of a database, with zeros in the room between the cells of its pages. */
export function withoutUnusedRoom(bytes: Buffer): Buffer {
  for (let at = 0; at + PAGE_BYTES <= bytes.byteLength; at += PAGE_BYTES) {
    const room = unusedRoom(bytes.subarray(at, at + PAGE_BYTES), at / PAGE_BYTES + 1)
    if (room !== null) bytes.fill(0, at + room[0], at + room[1])
  }
  return bytes
}
