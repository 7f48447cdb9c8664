import type { ApiClient } from '#contract/client.ts'
import type { Forwarding } from '#contract/forwarding.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { type SpawnedListener, spawnListener } from '#test/durability/spawned-listener.ts'
import { SECRET } from './ledger.ts'

/** The built `countersign listen` as a process, and a client of its control socket. */
export interface TorturedApp extends SpawnedListener {
  client: ApiClient
}

export async function startApp(
  dataDir: string,
  how?: Parameters<typeof spawnListener>[1],
): Promise<TorturedApp> {
  const listener = await spawnListener(dataDir, how)
  const control = await connectControlSocket(dataDir)
  if (control === null) throw new Error('The listener does not answer on its control socket.')
  return {
    ...listener,
    client: control.client,
    async kill(signal) {
      await listener.kill(signal)
      control.close()
    },
  }
}

/** An endpoint for everything below `/name`, with the secret that all senders here sign with. */
export async function addEndpoint(
  client: ApiClient,
  name: string,
  forwarding: Forwarding | null = null,
): Promise<void> {
  await client.endpoints.create({
    ...{ name, path: `/${name}/*`, schemeId: 'svix', forwarding },
    secrets: [{ text: SECRET }],
  })
}

/** Forwarding to one target of ours. */
export function forwardingTo(url: string, when: Forwarding['when']): Forwarding {
  const gapsSeconds = Array.from({ length: 30 }, () => 0.05)
  return {
    targets: [{ url, enabled: true, keepHost: false, addressHeaders: 'none', verifyTls: true }],
    when,
    deadlineMs: null,
    retry: { kind: 'schedule', gapsSeconds },
    late: 'as-is',
    paused: false,
  }
}
