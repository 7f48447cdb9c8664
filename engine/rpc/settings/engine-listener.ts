import { join } from 'node:path'
import type { Intake } from '#engine/judging/intake.ts'
import type { Gap } from '#engine/listener/gaps.ts'
import { startListener } from '#engine/listener/listen.ts'
import { openLocalCa, type LocalCa } from '#engine/local-ca/local-ca.ts'
import type { EngineOptions } from '#engine/options.ts'
import type { Problems } from '#engine/rpc/problems.ts'
import type { Vault } from '#engine/secrets/vault.ts'
import type { Store } from '#engine/store/open-store.ts'
import { type ListenerControl, listenerControl } from './listener-control.ts'
import { credentialsFor } from './listener-credentials.ts'
import { pathTokens, type PathTokens } from './path-token.ts'
import type { StoredSettings } from './stored-settings.ts'

const IDLE_TIMEOUT_MS = 120_000

/** Puts together what listens: port, certificates, path token. */
export function engineListener(
  { listen: asked, dataDir, onMoved, drainMs }: EngineOptions,
  rooms: {
    intake: Intake
    settings: StoredSettings
    problems: Problems
    vault: Vault
    store: Store
    onGap?: (gap: Gap) => void
  },
): { listening: ListenerControl; localCa: LocalCa; pathTokens: PathTokens } {
  const { intake, settings, problems, vault, store } = rooms
  const localCa = openLocalCa({ dataDir, vault, table: store.settings })
  const tokens = pathTokens(store.settings)
  const listening: ListenerControl = listenerControl({
    ...{ asked, onMoved, problems, tokens },
    ...(rooms.onGap && { onGap: rooms.onGap }),
    credentials: credentialsFor(() => localCa, asked?.tls !== undefined),
    start: (at) =>
      startListener({
        ...at,
        sink: intake,
        bodiesDir: join(dataDir, 'bodies'),
        bodyLimitBytes: () => settings.get().listener.bodyLimitBytes,
        idleTimeoutMs: IDLE_TIMEOUT_MS,
        drainMs,
        pathToken: () => listening.pathToken(settings.get().listener),
        onProblem: ({ code, sentence }) => problems.report(code, sentence),
        onSettled: (code) => problems.clear(code),
      }),
  })
  return { listening, localCa, pathTokens: tokens }
}
