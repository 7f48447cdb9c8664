import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { pipeline } from 'node:stream/promises'
import { isFeedAddress } from './feed.ts'

const MOST_REDIRECTS = 5
const SILENT_MS = 30_000
/** A feed is a page of text. */
const MOST_TEXT_BYTES = 1024 * 1024
const MOST_FILE_BYTES = 1024 ** 3

/**
 * Asks with Node's own client: the network is taken from Chromium (no-network.ts), and nothing but
 * the address is told: no cookie, no id, no version.
 *
 * @throws Error with a sentence when the answer is not 200, or leads away from https
 */
async function open(address: URL, redirectsLeft = MOST_REDIRECTS): Promise<IncomingMessage> {
  if (!isFeedAddress(address.href)) {
    throw new Error(`${address.host} is not asked: updates come over https only.`)
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { get } = address.protocol === 'https:' ? https : http
    const request = get(address, { headers: { Accept: '*/*' }, timeout: SILENT_MS }, resolve)
    request.once('error', reject)
    request.on('timeout', () => {
      request.destroy(new Error(`${address.host} was silent for ${SILENT_MS / 1000} s.`))
    })
  })
  const { statusCode = 0 } = response
  if (statusCode === 200) return response
  response.resume()
  const { location } = response.headers
  if (statusCode < 300 || statusCode > 399 || location === undefined) {
    throw new Error(`${address.host} answered ${statusCode} to ${address.pathname}.`)
  }
  if (redirectsLeft === 0) throw new Error(`${address.host} leads from one address to the next.`)
  return open(new URL(location, address), redirectsLeft - 1)
}

/** The bytes of a feed or its signature, 1 MiB at most. */
export async function fetchBytes(address: URL): Promise<Uint8Array> {
  const response = await open(address)
  const chunks: Uint8Array[] = []
  let byteLength = 0
  for await (const chunk of chunksOf(response)) {
    byteLength += chunk.byteLength
    if (byteLength > MOST_TEXT_BYTES) throw new Error(`${address.pathname} is no feed: too long.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export interface Download {
  /** Base64, from the signed feed; what differs is not kept. */
  sha512: string
  onPercent: (percent: number) => void
}

/** Fetches a file to `destination`; rejects when it is not the one that the feed named. */
export async function fetchFile(
  address: URL,
  destination: string,
  { sha512, onPercent }: Download,
): Promise<void> {
  const response = await open(address)
  const total = Number(response.headers['content-length'] ?? 0)
  const hash = createHash('sha512')
  let byteLength = 0
  await pipeline(
    response,
    async function* (source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        byteLength += chunk.byteLength
        if (byteLength > MOST_FILE_BYTES) throw new Error('The update is absurdly large.')
        hash.update(chunk)
        if (total > 0) onPercent(Math.min(100, (byteLength / total) * 100))
        yield chunk
      }
    },
    createWriteStream(destination, { mode: 0o600 }),
  )
  if (hash.digest('base64') !== sha512) {
    throw new Error('What was fetched is not the file that the signed feed names.')
  }
}

function chunksOf(response: IncomingMessage): AsyncIterable<Uint8Array> {
  return response
}
