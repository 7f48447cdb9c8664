import { domainToASCII } from 'node:url'
import { addressBytes, blockBytes, isInBlock } from './addresses.ts'

/** What every authority may sign for: names that nobody can register (RFC 6761, 6762, 8375)… */
const PRIVATE_NAMES = ['localhost', 'test', 'local', 'internal', 'lan', 'home.arpa'] as const
/** …and addresses that mean this machine or its own networks (RFC 1918, 3927, 4193, 4291, 6598). */
const PRIVATE_BLOCKS = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
] as const

export const privatePlaces: readonly string[] = [...PRIVATE_NAMES, ...PRIVATE_BLOCKS]

/** In every certificate. */
export const thisMachine: readonly string[] = ['localhost', '127.0.0.1', '::1']

/** A host name in the form of certificates (A-labels), or an address; `null`: it is neither. */
export function readHostName(text: string): string | null {
  const given = text
    .trim()
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1')
  if (addressBytes(given)) return given
  // `domainToASCII` would cut these off, and what follows them.
  if (/[\s/\\:?#@%]/.test(given)) return null
  const star = given.startsWith('*.')
  const name = domainToASCII(star ? given.slice(2) : given)
  const labels = name.split('.')
  const fine = labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label))
  if (!fine || name.length > 250 || /^\d+$/.test(labels[labels.length - 1] ?? '')) return null
  return star ? `*.${name}` : name
}

/** Whether an authority that is held to `permitted` may sign for a host (RFC 5280 §4.2.1.10). */
export function isPermitted(host: string, permitted: readonly string[]): boolean {
  const address = addressBytes(host)
  return permitted.some((place) => {
    const block = blockBytes(place)
    if (address || block) return address !== null && block !== null && isInBlock(address, block)
    const name = host.replace(/^\*\./, '')
    return name === place || name.endsWith(`.${place}`)
  })
}
