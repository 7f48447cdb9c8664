import { createRouterClient, type AnyRouter } from '@orpc/server'
import type { ApiClient } from '#contract/client.ts'
import type { RunForwarding } from '#engine/forwarding/config.ts'
import { EngineStartError, type EngineOptions } from '#engine/options.ts'
import { connectControlSocket } from '#engine/rpc/control-client.ts'
import { forwardingRouter } from '#engine/rpc/forwarding-router.ts'
import { runtimeFailure } from './failure.ts'
import { version } from './project.ts'

/** The engine that `listen` shows: its own, or the one that runs already. */
export interface Capture {
  attached: boolean
  url: string
  dataDir: string
  client: ApiClient
  /** What a browser shell serves. */
  router: AnyRouter
  /** Resolves when an engine that we only attached to has ended. */
  ended: Promise<void>
  /** Drains an engine of our own; leaves another running. */
  close(): Promise<void>
}

type Speaking = Pick<
  NonNullable<EngineOptions['listen']>,
  'tls' | 'clientCertificates' | 'pathToken'
>

export interface CaptureOptions {
  dataDir: string
  host?: string
  port?: number
  /** Where this run sends deliveries on to. */
  forward?: RunForwarding | null
  /** How this run speaks; empty: as the settings say. */
  speaking?: Speaking
  /** How much is logged by an engine of its own. */
  logging?: EngineOptions['logging']
}

/** Another command may hold the data directory for a moment without listening. */
const PATIENCE_MS = 10_000
const PAUSE_MS = 100

/**
 * Starts an engine that listens, or attaches to the one of this data directory. Fails when that one
 * listens elsewhere than asked, or not at all.
 */
export async function openCapture(options: CaptureOptions): Promise<Capture> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const attached = await attach(options)
    if (attached !== null) return attached
    const started = await start(options)
    if (started !== null) return started
    if (Date.now() > deadline) {
      throw runtimeFailure(
        `Another Countersign holds ${options.dataDir} without listening. End it, or choose another directory with --data-dir.`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** `null`: the data directory is held by somebody else. */
async function start(options: CaptureOptions): Promise<Capture | null> {
  const { createEngine } = await import('#engine/engine.ts')
  try {
    const engine = await createEngine({
      dataDir: options.dataDir,
      version: version(),
      listen: {
        host: options.host ?? null,
        port: options.port ?? null,
        portWasAskedFor: options.port !== undefined,
        ...options.speaking,
      },
      osKeyStorage: null,
      ...(options.forward && { forward: options.forward }),
      logging: options.logging,
    })
    return {
      attached: false,
      url: engine.status().listening?.url ?? '',
      dataDir: engine.dataDir,
      client: createRouterClient(engine.router, { context: {} }),
      router: engine.router,
      ended: new Promise(() => undefined),
      close: () => engine.close(),
    }
  } catch (error) {
    if (error instanceof EngineStartError && error.code === 'already-running') return null
    throw error
  }
}

/** `null`: no engine runs, or it does not listen. */
async function attach(options: CaptureOptions): Promise<Capture | null> {
  const connection = await connectControlSocket(options.dataDir)
  if (connection === null) return null
  const { client, link, closed } = connection
  const status = await client.status.get()
  if (status.listening === null) {
    connection.close()
    return null
  }
  const { url, host, port } = status.listening
  const otherPort = options.port !== undefined && options.port !== 0 && options.port !== port
  const otherHost = options.host !== undefined && options.host !== host
  if (otherPort || otherHost) {
    connection.close()
    throw runtimeFailure(
      `A Countersign already runs on this data directory (pid ${status.pid}) and listens on ${url}. End it, leave out --port and --host to follow it, or choose another directory with --data-dir.`,
    )
  }
  const differs = speaksOtherwise(url, options.speaking)
  if (differs !== null) {
    connection.close()
    throw runtimeFailure(
      `A Countersign already runs on this data directory (pid ${status.pid}) and ${differs}. End it, or change that in its settings.`,
    )
  }
  if (options.forward) {
    connection.close()
    throw runtimeFailure(
      `A Countersign already runs on this data directory (pid ${status.pid}): --forward-to counts only for a run of its own. End that one, or set it in an endpoint with “countersign endpoints update NAME --forward-to URL”.`,
    )
  }
  return {
    attached: true,
    url,
    dataDir: status.dataDir,
    client,
    router: forwardingRouter(link),
    ended: closed,
    close: async () => connection.close(),
  }
}

/** What the engine that runs does not do as asked; `null`: it does all of it, as far as it tells. */
function speaksOtherwise(url: string, speaking: Speaking = {}): string | null {
  if (speaking.tls && !url.startsWith('https:')) return 'speaks plain HTTP'
  if (speaking.clientCertificates) return 'asks for client certificates as its settings say'
  if (speaking.pathToken && new URL(url).pathname === '/') return 'requires no path token'
  return null
}
