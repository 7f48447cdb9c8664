import { createPublicKey, verify } from 'node:crypto'
import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import {
  parseUpdateInfo,
  type ProviderRuntimeOptions,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js'
import type { Feed } from './feed.ts'
import { fetchBytes } from './fetch-update.ts'

/**
 * Whether `signature` (base64, Ed25519) over the bytes of a feed is of the key that the build
 * knows. The feed names the sha512 of every file, so this covers them too.
 *
 * @param publicKey SPKI in base64
 */
export function isSigned(feed: Uint8Array, signature: string, publicKey: string): boolean {
  const key = createPublicKey({
    key: Buffer.from(publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  })
  return verify(null, feed, key, Buffer.from(signature.trim(), 'base64'))
}

/** Reads latest-linux.yml and its like, and believes them only with their signature beside them. */
export class SignedFeed extends Provider<UpdateInfo> {
  readonly #feed: Feed
  readonly #base: URL

  constructor(feed: Feed, runtimeOptions: ProviderRuntimeOptions) {
    super(runtimeOptions)
    this.#feed = feed
    this.#base = new URL(feed.url.endsWith('/') ? feed.url : `${feed.url}/`)
  }

  override async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`
    const address = new URL(name, this.#base)
    const bytes = await fetchBytes(address)
    const signature = await fetchBytes(new URL(`${name}.sig`, this.#base))
    if (!isSigned(bytes, Buffer.from(signature).toString('latin1'), this.#feed.publicKey)) {
      throw new Error(
        `${address.host} has a feed that is not signed by Countersign; it is ignored.`,
      )
    }
    return parseUpdateInfo(Buffer.from(bytes).toString('utf8'), name, address)
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.#base)
  }
}
