import { openCapture, type Capture } from '#cli/capture.ts'
import { serveUi } from '#cli/browser-ui.ts'
import type { CommonOptions, Context } from '#cli/context.ts'
import { deliveryEvent, deliveryLine } from '#cli/delivery-line.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { messageOf, runtimeFailure } from '#cli/failure.ts'
import { BODIES_WARNING, type LoggingOptions, loggingOf } from '#cli/log-commands.ts'
import { unlockAtStart } from '#cli/unlock-at-start.ts'
import { followDeliveries, newestIdBefore } from '#cli/follow.ts'
import {
  type Forwarded,
  type ForwardedRows,
  forwardedRows,
  forwardedText,
} from '#cli/forwarded-rows.ts'
import type { Output } from '#cli/output.ts'
import { openTunnel, REACHABLE, readProgram } from './tunnel.ts'
import {
  readRunForwarding,
  type RunForwardingOptions,
  whileForwarding,
} from '#cli/run-forwarding.ts'
import { readTlsOptions, type TlsOptions } from '#cli/tls-options.ts'
import type { DeliveryRow } from '#contract/delivery.ts'
import type { TunnelId } from '#contract/tunnel.ts'
import type { RunForwarding } from '#engine/forwarding/config.ts'
import type { RunningServer } from '#server/server.ts'

export interface ListenOptions
  extends CommonOptions, RunForwardingOptions, LoggingOptions, TlsOptions {
  port?: number
  host?: string
  /** `false`: no UI. */
  ui: boolean
  uiPort?: number
  json?: boolean
  /** Prints only what this filter finds; everything is captured. */
  query?: string
  /** Opens the data key where it needs a passphrase. */
  passphraseFile?: string
  /** A tunnel program to start once it listens. */
  tunnel?: string
  /** Told the link once the UI stands; `app` opens it. */
  onUi?: (link: string) => void
}

const DRAIN_MS = 10_000
/** Lines a tenth of a second; nobody reads more, and `list` has them all. */
const BURST_ROWS = 50

/**
 * `countersign listen`: captures, serves the UI, and prints a line per delivery until a signal, or
 * until whoever reads standard output goes away. When an engine runs on the data directory already,
 * follows that one.
 */
export async function listen(context: Context, options: ListenOptions): Promise<void> {
  const { output } = context
  const startedAtMs = Date.now()
  const stop = AbortSignal.any([context.stopSignal(), output.gone])
  const forward = readRunForwarding(options)
  if (options.logBodies) output.note(BODIES_WARNING)
  const speaking = readTlsOptions(options)
  const tunnel = options.tunnel === undefined ? null : readProgram(options.tunnel)
  const capture = await openCapture({
    ...{ ...options, forward, speaking, logging: loggingOf(options) },
  })
  let server: RunningServer | null = null
  try {
    server = options.ui ? await serveUi(capture.router, options.uiPort) : null
    if (options.ui && server === null) {
      output.note(
        'The UI is not built, so this captures without it. Run “npm run build” for the UI.',
      )
    }
    await whileForwarding(capture.client, forward, options.allowRemote, async () => {
      // Capture goes on whatever becomes of it.
      const unlock = () =>
        unlockAtStart(context, capture.client, options, stop).catch((error: unknown) =>
          output.note(messageOf(error)),
        )
      // What a file opens is open before anybody hears of the address; a person is asked after it.
      const byFile = options.passphraseFile !== undefined
      if (byFile) await unlock()
      await announce(output, capture, server, options, forward)
      if (tunnel) await announceTunnel(output, capture, tunnel, options)
      const unlocking = byFile ? null : unlock()
      // By the time, not by when it is asked: a first read waits for its thread to start.
      const afterId = await newestIdBefore(capture.client, startedAtMs)
      await follow(output, capture, {
        afterId,
        stop,
        json: options.json ?? false,
        query: options.query,
        forwards: forward !== null,
      })
      await unlocking
    })
  } finally {
    await drain(capture, server, output)
  }
}

async function announce(
  output: Output,
  capture: Capture,
  server: RunningServer | null,
  options: ListenOptions,
  forward: RunForwarding | null,
): Promise<void> {
  const link = server?.tokenUrl() ?? null
  if (options.json) {
    output.json({
      event: 'listening',
      url: capture.url,
      dataDir: capture.dataDir,
      attached: capture.attached,
      ...(forward && { forwardTo: forward.forwarding.targets.map(({ url }) => url) }),
      ui: link,
      api: server === null ? null : { url: `${server.url}/api`, token: server.apiToken },
    })
  } else {
    output.line(`Listening  ${capture.url === '' ? 'nowhere yet' : capture.url}`)
    if (link !== null)
      output.line(`UI         ${link}  (opens once; run this again for a new link)`)
    if (capture.url.startsWith('https:')) await announceTrust(output, capture)
    output.line(`Data       ${escapeTerminal(capture.dataDir)}`)
    if (forward) output.line(`Forwarding ${forwardingText(forward)}`)
    if (capture.attached) output.line('Following the Countersign that runs here already.')
    const { problems, publicAddress } = await capture.client.status.get()
    if (publicAddress) output.line(`Public     ${escapeTerminal(publicAddress.url)}`)
    for (const { sentence } of problems) output.note(escapeTerminal(sentence))
    output.line('')
  }
  if (link !== null) options.onUi?.(link)
}

/** Capture goes on whatever becomes of the tunnel. */
async function announceTunnel(
  output: Output,
  { client }: Capture,
  program: TunnelId,
  { json = false }: ListenOptions,
): Promise<void> {
  try {
    const { publicAddress, problems } = await openTunnel(client, program)
    const url = publicAddress?.url ?? ''
    if (json) output.json({ event: 'tunnel', program, url })
    else output.line(`Public     ${url}`)
    if (problems.some(({ code }) => code === 'open-to-internet')) output.note(REACHABLE)
  } catch (error) {
    output.note(messageOf(error))
  }
}

/** Senders refuse a certificate whose authority they do not know. */
async function announceTrust(output: Output, { client }: Capture): Promise<void> {
  const { tls } = (await client.settings.get()).listener
  if (tls && 'certificateFile' in tls) return
  const { authority } = await client.listener.authority()
  if (!authority) return
  output.line(
    `Authority  ${escapeTerminal(authority.certificateFile)}  (“countersign ca trust” says how senders trust it)`,
  )
}

function forwardingText({ endpoint, forwarding }: RunForwarding): string {
  const urls = forwarding.targets.map(({ url }) => escapeTerminal(url)).join(', ')
  const which = endpoint === null ? 'everything' : `“${escapeTerminal(endpoint)}”`
  const when =
    forwarding.when === 'before-answer' ? 'its answer is ours' : 'behind, answered at once'
  return ` ${which} to ${urls} (${when}; only while this runs)`
}

/** Prints rows: at once, or with what became of them at the targets of this run. */
function printing(
  output: Output,
  { client }: Capture,
  { json, forwards }: { json: boolean; forwards: boolean },
): ForwardedRows {
  const print = (row: DeliveryRow, forwarded: readonly Forwarded[] | null) => {
    if (json) output.json({ ...deliveryEvent(row), ...(forwarded && { forwarded }) })
    else {
      const line = deliveryLine(row, output.colours)
      output.line(forwarded?.length ? `${line}  ${forwardedText(forwarded)}` : line)
    }
  }
  if (forwards) return forwardedRows(client, print)
  return { add: (row) => print(row, null), finish: async () => undefined }
}

async function follow(
  output: Output,
  capture: Capture,
  options: {
    afterId: number
    stop: AbortSignal
    json: boolean
    query: string | undefined
    forwards: boolean
  },
): Promise<void> {
  const rows = printing(output, capture, options)
  const gone = new AbortController()
  void capture.ended.then(() => gone.abort())
  const signal = AbortSignal.any([options.stop, gone.signal])
  try {
    await followDeliveries(capture.client, {
      afterId: options.afterId,
      query: options.query,
      signal,
      onRow: (row) => {
        rows.add(row)
        return true
      },
      ...(options.json || options.query !== undefined
        ? {}
        : { burst: { rows: BURST_ROWS, onSkipped: tellSkipped(output) } }),
    })
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    await rows.finish()
  }
  if (gone.signal.aborted && !options.stop.aborted) {
    throw runtimeFailure(
      'The Countersign that this followed has ended. Run “countersign listen” again to capture here.',
    )
  }
}

function tellSkipped(output: Output): (count: number) => void {
  return (count) => output.line(`… ${count} more, see “countersign list”`)
}

/** Lets what is in flight finish, 10 s at most. */
async function drain(
  capture: Capture,
  server: RunningServer | null,
  output: Output,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<'too-long'>((resolve) => {
    timer = setTimeout(() => resolve('too-long'), DRAIN_MS)
  })
  const closing = Promise.all([server?.close(), capture.close()]).then(() => 'done' as const)
  const outcome = await Promise.race([closing, tooLong])
  clearTimeout(timer)
  if (outcome === 'too-long') {
    output.note('Some requests did not finish within 10 s; they are cut off.')
  }
}
