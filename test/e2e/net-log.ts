/** Chromium's own log of its network stack, which sees what no page does: prefetched names, pings. */
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const Head = z.object({ constants: z.object({ logEventTypes: z.record(z.string(), z.number()) }) })
const Event = z.object({
  type: z.number(),
  params: z.record(z.string(), z.unknown()).optional(),
})

/** What Chromium asks for by itself whatever a page does: updates, sign-in, its guesses about forms. */
const CHROMIUMS_OWN =
  /^https?:\/\/(?:update\.googleapis\.com|content-autofill\.googleapis\.com|accounts\.google\.com\/ListAccounts)|^https:\/\/~notfound$|^\[2001:4860:4860::8888\]:443$/

/** Everything that was asked for or looked up, by URL or host, without what Chromium asks for itself. */
export function askedFor(file: string): string[] {
  if (!existsSync(file)) throw new Error(`There is no network log at ${file}.`)
  const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n')
  // Each event has a line; the end may be missing where the browser ended early.
  const { constants } = Head.parse(JSON.parse(first.replace(/,\s*$/, '}')))
  const events = lines
    .map((line) => line.replace(/(?:,|\],?)\s*$/, ''))
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => Event.parse(JSON.parse(line)))
  if (events.length === 0) throw new Error(`The network log at ${file} is empty.`)
  const types = constants.logEventTypes
  const wanted = new Set(
    [
      'URL_REQUEST_START_JOB',
      'HOST_RESOLVER_MANAGER_REQUEST',
      'HOST_RESOLVER_DNS_TASK',
      'CORS_REQUEST',
      'TCP_CONNECT_ATTEMPT',
      'UDP_CONNECT',
      'WEBSOCKET_SENT_FRAME_HEADER',
    ].map((name) => types[name]),
  )
  const asked = events
    .filter(({ type }) => wanted.has(type))
    .flatMap(({ params }) => {
      const told = params?.['url'] ?? params?.['host'] ?? params?.['address'] ?? null
      return typeof told === 'string' ? [told] : []
    })
  return [...new Set(asked)].filter((one) => !CHROMIUMS_OWN.test(one))
}
