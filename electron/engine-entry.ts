import type { MessagePortMain } from 'electron'
import { createEngine } from '#engine/engine.ts'
import { EngineStartError } from '#engine/options.ts'
import { attachTo } from './attach.ts'
import { ToEngine, type FromEngine, type StartOptions } from './engine-messages.ts'
import { portServer } from './page-ports.ts'
import { RemoteKeyStorage } from './remote-key-storage.ts'

/** What pages talk to: an engine of this process, or one elsewhere that it passes on to. */
interface Served {
  attached: boolean
  url: string | null
  accept(port: MessagePortMain): void
  close(): Promise<void>
}

const keys = new RemoteKeyStorage(tellMain)
/** Ports that came before the engine was ready; what pages send meanwhile waits inside them. */
const waiting: MessagePortMain[] = []
let served: Served | null = null
let starting: Promise<void> = Promise.resolve()

process.parentPort.on('message', ({ data, ports }) => {
  const message = ToEngine.parse(data)
  const port = ports[0]
  switch (message.type) {
    case 'start':
      starting = start(message.options)
      break
    case 'port':
      if (port !== undefined) acceptPort(port)
      break
    case 'key-answer':
      keys.answer(message.id, message.bytes)
      break
    case 'close':
      void end()
      break
  }
})

// Ctrl+C in a terminal reaches every process of the group; main says when it is time to end.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => void end())

function tellMain(message: FromEngine): void {
  process.parentPort.postMessage(message)
}

async function start(options: StartOptions): Promise<void> {
  try {
    served = await serve(options)
  } catch (error) {
    tellMain({
      type: 'start-failed',
      code: error instanceof EngineStartError ? error.code : 'unexpected',
      message: error instanceof Error ? error.message : String(error),
    })
    console.error(error)
    return
  }
  for (const port of waiting.splice(0)) served.accept(port)
  tellMain({ type: 'ready', attached: served.attached, url: served.url })
}

function acceptPort(port: MessagePortMain): void {
  if (served === null) waiting.push(port)
  else served.accept(port)
}

async function serve(options: StartOptions): Promise<Served> {
  const { osKeyStorage, ...rest } = options
  try {
    return await serveOwn({
      ...rest,
      osKeyStorage: osKeyStorage ? keys : null,
      onMoved: (url) => tellMain({ type: 'ready', attached: false, url }),
    })
  } catch (error) {
    if (!(error instanceof EngineStartError) || error.code !== 'already-running') throw error
    const other = await attachTo(options.dataDir, () => process.exit(1))
    if (other === null) throw error
    return { attached: true, ...other }
  }
}

async function serveOwn(options: Parameters<typeof createEngine>[0]): Promise<Served> {
  const engine = await createEngine(options)
  const serveTo = portServer(engine.router)
  const { listening } = engine.status()
  return {
    attached: false,
    url: listening?.url ?? null,
    accept: (port) => {
      serveTo(port)
      port.start()
    },
    close: () => engine.close(),
  }
}

/** Ends once what is under way is done; a start that is still going on is waited for. */
async function end(): Promise<void> {
  await starting
  await served?.close()
  process.exit(0)
}
