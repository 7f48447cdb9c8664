import { isIPv4, isIPv6 } from 'node:net'

/** The 4 or 16 bytes of an IP address; `null`: it is none. */
export function addressBytes(text: string): Buffer | null {
  if (isIPv4(text)) return Buffer.from(text.split('.').map(Number))
  if (!isIPv6(text) || text.includes('%')) return null
  const [before = '', after] = text.split('::')
  const front = groups(before)
  const back = after === undefined ? [] : groups(after)
  const zeros = Array.from({ length: 16 - front.length - back.length }, () => 0)
  return Buffer.from([...front, ...zeros, ...back])
}

/** Two bytes for each group of a part of an IPv6 address (RFC 4291 §2.2), also of its last form. */
function groups(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number)
    const value = Number.parseInt(group, 16)
    return [value >> 8, value & 0xff]
  })
}

/** A block such as `10.0.0.0/8`, as address and mask one after the other (RFC 5280 §4.2.1.10). */
export function blockBytes(block: string): Buffer | null {
  const [address = '', length] = block.split('/')
  const bytes = addressBytes(address)
  if (!bytes) return null
  const bitCount = length === undefined ? bytes.length * 8 : Number(length)
  const mask = bytes.map((_, index) => {
    const within = Math.min(8, Math.max(0, bitCount - index * 8))
    return (0xff << (8 - within)) & 0xff
  })
  return Buffer.concat([bytes, mask])
}

/** Whether an address lies in a block. */
export function isInBlock(address: Buffer, block: Buffer): boolean {
  if (block.length !== address.length * 2) return false
  return address.every((byte, index) => {
    const mask = block[address.length + index] ?? 0
    return (byte & mask) === ((block[index] ?? 0) & mask)
  })
}
