import type { ApiClient } from '#contract/client.ts'

/**
 * `--allow-remote`: for one run the host of this URL may be sent to, beside those that are allowed
 * for good. Without it nothing changes.
 */
export async function allowingRemote<T>(
  client: ApiClient,
  url: string,
  allow: boolean | undefined,
  use: () => Promise<T>,
): Promise<T> {
  if (!allow) return use()
  const before = new Set(await client.hosts.list())
  await client.hosts.allow({ host: new URL(url).hostname.replace(/^\[|\]$/g, '') })
  try {
    return await use()
  } finally {
    for (const host of await client.hosts.list()) {
      if (!before.has(host)) await client.hosts.disallow({ host })
    }
  }
}
