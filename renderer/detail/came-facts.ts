import type { Delivery } from '#contract/delivery.ts'
import type { CameThrough } from '#contract/tunnel.ts'
import { visibleStart } from '#renderer/words/visible-text.ts'

type Came = Pick<Delivery, 'remoteAddress' | 'remotePort' | 'cameThrough'>

const speakers: Record<CameThrough['by'], string> = {
  listener: '',
  proxy: 'as the proxy says',
  tunnel: 'through the tunnel',
  'public-url': 'by the public URL of the settings',
}

const reasons: Record<NonNullable<CameThrough['ignored']>, string> = {
  'not-named':
    'X-Forwarded-* and Forwarded do not count: they come from an address that is no named proxy.',
  'web-page': 'X-Forwarded-* and Forwarded do not count: a web page on this computer sent them.',
  contradictory:
    'X-Forwarded-* and Forwarded say different things: what they do not agree on does not count.',
}

/**
 * Where a delivery came from, and the URL that was called, as far as that is more than its target.
 * @param target as it may be shown
 */
export function cameFacts(delivery: Came, target: string): [string, string][] {
  const { remoteAddress, remotePort, cameThrough } = delivery
  const peer = `${remoteAddress}:${remotePort}`
  if (!cameThrough) return [['From', peer]]
  const { address, base, by, ignored } = cameThrough
  const facts: [string, string][] = [
    ['From', address === null ? peer : `${visibleStart(address, 60)} through ${peer}`],
  ]
  const said = speakers[by] === '' ? '' : ` (${speakers[by]})`
  facts.push(['Called', `${visibleStart(base, 2048)}${visibleStart(target, 2048)}${said}`])
  if (ignored !== null) facts.push(['Proxy headers', reasons[ignored]])
  return facts
}
