import type { RawHeader } from '#contract/http.ts'
import { readForwarded } from './forwarded-elements.ts'
import type { IsProxy } from './named-proxies.ts'
import { nodeAddress } from './node-address.ts'

/** What proxies say of the request as it was before them; `null`: not said. */
export interface Said {
  address: string | null
  proto: 'http' | 'https' | null
  host: string | null
}

const NOTHING: Said = { address: null, proto: null, host: null }
const NAMES = ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']

/** Whether a request has any header by which proxies tell of the one before them. */
export function hasProxyHeaders(rawHeaders: readonly RawHeader[]): boolean {
  for (const [name] of rawHeaders) {
    // Most names are of another length, and are not looked at any further.
    const { length } = name
    if (length !== 9 && (length < 15 || length > 17)) continue
    if (NAMES.includes(name.toLowerCase())) return true
  }
  return false
}

/**
 * Reads `Forwarded` (RFC 7239) and `X-Forwarded-For`, `-Proto` and `-Host` of a request whose peer is
 * believed. Each proxy adds at the end, so what counts is read from there: as many places as there
 * are believed proxies in a row. What stands before may be of anybody's making.
 *
 * Most proxies write one family and let the other pass as its sender wrote it. Where both are there,
 * only what both say counts.
 * @returns `contradictory`: they differ somewhere
 */
export function saidByProxies(
  rawHeaders: readonly RawHeader[],
  isProxy: IsProxy,
): Said & { contradictory: boolean } {
  const standard = all(rawHeaders, 'forwarded')
  const others = xForwarded(rawHeaders, isProxy)
  const elements = standard === null ? null : readForwarded(standard)
  const one = elements === null ? null : forwarded(elements, isProxy)
  if (one === null || others === null) {
    return { ...(one ?? others ?? NOTHING), contradictory: false }
  }
  const agreed: Said = {
    address: one.address === others.address ? one.address : null,
    proto: one.proto === others.proto ? one.proto : null,
    host: one.host === others.host ? one.host : null,
  }
  return { ...agreed, contradictory: JSON.stringify(one) !== JSON.stringify(others) }
}

function forwarded(elements: ReturnType<typeof readForwarded>, isProxy: IsProxy): Said | null {
  if (elements === null || elements.length === 0) return null
  const { address, hops } = walk(
    elements.map((element) => element.get('for') ?? ''),
    isProxy,
  )
  const element = elements[Math.max(0, elements.length - hops)]
  return { address, proto: protoOf(element?.get('proto')), host: hostOf(element?.get('host')) }
}

function xForwarded(rawHeaders: readonly RawHeader[], isProxy: IsProxy): Said | null {
  const addresses = listOf(all(rawHeaders, 'x-forwarded-for'))
  const protos = listOf(all(rawHeaders, 'x-forwarded-proto'))
  const hosts = listOf(all(rawHeaders, 'x-forwarded-host'))
  if (addresses.length + protos.length + hosts.length === 0) return null
  const { address, hops } = walk(addresses, isProxy)
  const at = (list: readonly string[]) => list[Math.max(0, list.length - hops)]
  return { address, proto: protoOf(at(protos)), host: hostOf(at(hosts)) }
}

/** From the nearest proxy outwards, as long as proxies are believed. */
function walk(
  nodes: readonly string[],
  isProxy: IsProxy,
): { address: string | null; hops: number } {
  let [address, hops]: [string | null, number] = [null, 0]
  for (const node of [...nodes].reverse()) {
    address = nodeAddress(node)
    hops += 1
    if (address === null || !isProxy(address)) break
  }
  return { address, hops: Math.max(1, hops) }
}

function protoOf(text: string | undefined): Said['proto'] {
  const proto = text?.trim().toLowerCase()
  return proto === 'http' || proto === 'https' ? proto : null
}

/** A host with or without its port (RFC 3986 §3.2.2); anything else is no host. */
function hostOf(text: string | undefined): string | null {
  const host = text?.trim() ?? ''
  if (host.length > 255) return null
  return /^(?:[a-z0-9](?:[a-z0-9_.-]*[a-z0-9.])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)
    ? host
    : null
}

function all(rawHeaders: readonly RawHeader[], wanted: string): string | null {
  const values = rawHeaders.flatMap(([name, value]) =>
    name.length === wanted.length && name.toLowerCase() === wanted ? [value] : [],
  )
  return values.length === 0 ? null : values.join(', ')
}

function listOf(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}
