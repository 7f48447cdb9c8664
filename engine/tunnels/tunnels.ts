import type { ListenerSettings } from '#contract/settings.ts'
import type { Status } from '#contract/status.ts'
import type { TunnelId, TunnelProgram, TunnelState } from '#contract/tunnel.ts'
import { childEnvironment } from './child-environment.ts'
import { findProgram } from './find-program.ts'
import { type ProgramData, programs } from './program-data.ts'
import { programVersions } from './program-version.ts'
import { commandLine, targetOf } from './target.ts'
import { Tunnel } from './tunnel.ts'

/** It cannot be started; the message says why, for people. */
export class TunnelRefused extends Error {
  override readonly name = 'TunnelRefused'
}

/** The tunnel programs of this machine, and the one tunnel that there may be. */
export interface Tunnels {
  list(): Promise<TunnelProgram[]>
  state(): TunnelState
  /** Rejects with TunnelRefused. Whether it opens is told by `state`. */
  start(id: TunnelId): Promise<TunnelState>
  /** Ends it, and forgets one that failed. */
  stop(): Promise<void>
  /** Ends it for good. */
  close(): Promise<void>
}

export interface TunnelsOptions {
  listening: () => Status['listening']
  settings: () => ListenerSettings
  onChange(state: TunnelState): void
  env: Readonly<Record<string, string | undefined>>
  /** Where to look for programs; absent: on PATH and at their usual places. */
  searchPath?: string | undefined
  platform?: NodeJS.Platform
  /** How long one may take to open. */
  opensWithinMs?: number | undefined
}

/** How often it is looked whether the listener is still where the tunnel leads to. */
const LOOK_EVERY_MS = 250
const OFF: TunnelState = { state: 'off' }

function refuse(sentence: string): never {
  throw new TunnelRefused(sentence)
}

export function openTunnels(options: TunnelsOptions): Tunnels {
  const { listening, settings, env, platform = process.platform } = options
  const envOf = (program: ProgramData) => childEnvironment(env, program.env)
  const versionOf = programVersions(envOf)
  const { searchPath = env['PATH'] ?? env['Path'] ?? '' } = options
  const find = ({ file, places }: ProgramData) =>
    findProgram(file, options.searchPath === undefined ? places : [], { searchPath, platform })
  let tunnel: Tunnel | null = null
  let starting = false
  let closed = false
  const state = () => tunnel?.state ?? OFF
  const runs = () => starting || state().state === 'starting' || state().state === 'open'

  const describe = async (program: ProgramData): Promise<TunnelProgram> => {
    const file = await find(program)
    const target = targetOf(program, listening(), settings())
    const { id, name, about, installUrl } = program
    return {
      ...{ id, name, about, installUrl, file },
      version: file === null ? null : await versionOf(program, file).catch(() => null),
      command: typeof target === 'string' ? null : commandLine(program.file, target.arguments),
      problem: typeof target === 'string' ? target : null,
    }
  }
  const begin = async (program: ProgramData) => {
    // One that was stopped a moment ago may still be ending.
    await tunnel?.gone()
    const file = await find(program)
    if (file === null) return refuse(`${program.name} is not installed here: ${program.installUrl}`)
    // Looked at last: between this and the start nothing waits.
    const target = targetOf(program, listening(), settings())
    if (typeof target === 'string') return refuse(target)
    if (closed) return refuse('This Countersign is ending.')
    tunnel = new Tunnel({
      ...{ program, file, target, env: envOf(program), platform },
      onChange: () => options.onChange(state()),
      ...(options.opensWithinMs === undefined ? {} : { opensWithinMs: options.opensWithinMs }),
    })
    options.onChange(state())
    return state()
  }
  /** Whoever takes the port after the listener left it must not be on the internet. */
  const look = () => {
    const running = tunnel
    if (!running || !['starting', 'open'].includes(running.state.state)) return
    const program = programs.find(
      ({ id }) => 'program' in running.state && id === running.state.program,
    )
    const target = program ? targetOf(program, listening(), settings()) : 'gone'
    if (typeof target !== 'string' && target.url === running.target.url) return
    void running.end(
      `The listener is no longer at ${running.target.url}, so the tunnel to it was ended.`,
    )
  }
  const timer = setInterval(look, LOOK_EVERY_MS).unref()

  return {
    state,
    list: () => Promise.all(programs.map(describe)),
    async start(id) {
      const program = programs.find((each) => each.id === id)
      if (!program) return refuse('That tunnel program is not known.')
      if (runs()) return refuse('A tunnel runs already. Stop that one first.')
      starting = true
      try {
        return await begin(program)
      } finally {
        starting = false
      }
    },
    async stop() {
      const ending = tunnel
      await ending?.end(null)
      if (tunnel === ending) tunnel = null
      options.onChange(state())
    },
    async close() {
      closed = true
      clearInterval(timer)
      await tunnel?.end(null)
    },
  }
}
