import type { CommonOptions, Context } from '#cli/context.ts'
import { escapeTerminal } from '#cli/escape.ts'
import { runtimeFailure, usageFailure } from '#cli/failure.ts'
import { withSession } from '#cli/session.ts'
import type { ApiClient } from '#contract/client.ts'
import type { Status } from '#contract/status.ts'
import { PublicUrl, TunnelId, type TunnelProgram, type TunnelState } from '#contract/tunnel.ts'

interface TunnelOptions extends CommonOptions {
  json?: boolean
}

const LOOK_EVERY_MS = 100

/** `countersign tunnel list`: the programs that are known, and the tunnel that runs. */
export async function listTunnels({ output }: Context, options: TunnelOptions): Promise<void> {
  const { programs, tunnel, status } = await withSession(options.dataDir, async (client) => ({
    ...(await client.tunnels.list()),
    status: await client.status.get(),
  }))
  if (options.json) {
    output.json({ programs, tunnel, publicAddress: status.publicAddress })
    return
  }
  for (const program of programs) output.line(programLine(program))
  output.line('')
  for (const line of stateLines(tunnel, status)) output.line(line)
}

/** `countersign tunnel start PROGRAM`: starts one and waits until it is open, or says why not. */
export async function startTunnel(
  { output }: Context,
  program: string,
  options: TunnelOptions,
): Promise<void> {
  const known = readProgram(program)
  const status = await withSession(options.dataDir, (client) => openTunnel(client, known))
  if (options.json) output.json({ tunnel: status.tunnel, publicAddress: status.publicAddress })
  else for (const line of stateLines(status.tunnel, status)) output.line(line)
  if (status.problems.some(({ code }) => code === 'open-to-internet')) {
    output.note(REACHABLE)
  }
}

/** `countersign tunnel stop`: ends it. */
export async function stopTunnel({ output }: Context, options: TunnelOptions): Promise<void> {
  const { tunnel } = await withSession(options.dataDir, async (client) => {
    const before = await client.status.get()
    await client.tunnels.stop({})
    return before
  })
  const ran = tunnel.state === 'open' || tunnel.state === 'starting'
  if (options.json) output.json({ stopped: ran })
  else output.line(ran ? 'The tunnel is closed.' : 'No tunnel ran.')
}

/** `countersign tunnel url [URL]`: the public URL of a proxy of one’s own; shown, set or taken away. */
export async function publicUrl(
  { output }: Context,
  url: string | undefined,
  options: TunnelOptions & { none?: boolean },
): Promise<void> {
  const wanted = url === undefined ? null : PublicUrl.safeParse(url)
  if (wanted?.success === false) {
    throw usageFailure(wanted.error.issues[0]?.message ?? 'That is no public URL.')
  }
  const { publicAddress } = await withSession(options.dataDir, async (client) => {
    if (wanted || options.none) {
      await client.settings.update({ listener: { publicUrl: wanted?.data ?? null } })
    }
    return client.status.get()
  })
  if (options.json) output.json({ publicAddress })
  else output.line(publicAddress?.url ?? wanted?.data ?? 'There is no public URL.')
}

/** Starts a tunnel on an engine that listens and waits for what becomes of it. */
export async function openTunnel(client: ApiClient, program: TunnelId): Promise<Status> {
  await client.tunnels.start({ program })
  for (;;) {
    const status = await client.status.get()
    const { tunnel } = status
    if (tunnel.state === 'open') return status
    if (tunnel.state === 'failed') throw runtimeFailure(failureText(tunnel))
    if (tunnel.state === 'off') throw runtimeFailure('The tunnel was stopped before it was open.')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

export function readProgram(text: string): TunnelId {
  const read = TunnelId.safeParse(text)
  if (read.success) return read.data
  throw usageFailure(
    `There is no tunnel program “${text}”; known are ${TunnelId.options.join(', ')}.`,
  )
}

export const REACHABLE =
  'Whoever knows this URL can post, and what they post is stored. “countersign listen --path-token” makes it a URL that nobody guesses.'

function failureText({ sentence, remedy, lastWords }: Extract<TunnelState, { state: 'failed' }>) {
  const words = lastWords.map((line) => `  ${escapeTerminal(line)}`)
  return [escapeTerminal(sentence), ...(remedy === null ? [] : [remedy]), ...words].join('\n')
}

function programLine({ id, version, file, problem }: TunnelProgram): string {
  const what = file === null ? 'not installed' : (version ?? 'version unknown')
  const where = file === null ? '' : `  ${escapeTerminal(file)}`
  const why = file !== null && problem !== null ? `\n             ${problem}` : ''
  return `${id.padEnd(12)} ${escapeTerminal(what)}${where}${why}`
}

function stateLines(tunnel: TunnelState, { publicAddress }: Status): string[] {
  switch (tunnel.state) {
    case 'off':
      return [publicAddress ? `Public     ${publicAddress.url}` : 'No tunnel runs.']
    case 'starting':
      return [`${tunnel.program} is opening a tunnel.`]
    case 'open':
      return [
        `Public     ${publicAddress?.url ?? tunnel.url}`,
        `Tunnel     ${tunnel.program}, pid ${tunnel.pid}`,
      ]
    case 'failed':
      return failureText(tunnel).split('\n')
  }
  return []
}
