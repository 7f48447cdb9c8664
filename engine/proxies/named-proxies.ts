import { BlockList, isIP } from 'node:net'
import { isLoopbackAddress, plainAddress } from './node-address.ts'

/** Whether what this peer says of others is believed. */
export type IsProxy = (address: string) => boolean

/**
 * Programs on this machine, and the addresses and blocks that are named.
 * @param named such as `10.0.0.7` or `fd00::/8`; what is none of either names nobody
 */
export function namedProxies(named: readonly string[]): IsProxy {
  if (named.length === 0) return isLoopbackAddress
  const list = new BlockList()
  for (const each of named) {
    const [address = '', bits] = each.trim().split('/')
    const version = isIP(address)
    if (version === 0) continue
    const family = version === 4 ? 'ipv4' : 'ipv6'
    const prefix = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits)
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= (version === 4 ? 32 : 128)) {
      list.addSubnet(address, prefix, family)
    }
  }
  return (address) => {
    const plain = plainAddress(address)
    const version = isIP(plain)
    if (version === 0) return false
    return isLoopbackAddress(plain) || list.check(plain, version === 4 ? 'ipv4' : 'ipv6')
  }
}
