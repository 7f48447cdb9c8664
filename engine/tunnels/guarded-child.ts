import { spawn, type ChildProcess } from 'node:child_process'
import { Duplex, type Readable } from 'node:stream'
import { createLineReader } from './line-reader.ts'

/** A program that ends with this process, however this process ends. */
export interface GuardedChild {
  /** Of the program itself; `null` until it is known, or when it could not be started. */
  readonly pid: number | null
  /** Ends it: asked first, made to 3 s later. Resolves when it is gone. */
  end(): Promise<void>
  /** Resolves with its exit code, or why there is none. */
  readonly ended: Promise<{ code: number | null; problem: string | null }>
}

export interface ChildOptions {
  file: string
  args: readonly string[]
  env: Readonly<Record<string, string>>
  /** Of both its outputs, without the line end. */
  onLine: (line: string) => void
  platform: NodeJS.Platform
}

/**
 * The program runs beside a shell that reads from a pipe of ours. The kernel closes that pipe when
 * this process is gone, killed or not, and then the shell ends the program by its pid: first asked,
 * 3 s later made to. The shell is its parent, so that its pid is nobody else's meanwhile.
 */
const GUARD = `"$@" 3<&- </dev/null &
child=$!
echo "$child" >&3
(cat <&3; kill -TERM "$child"; sleep 3; kill -KILL "$child") >/dev/null 2>&1 &
guard=$!
wait "$child"
code=$?
kill "$guard" 2>/dev/null
exit "$code"`

/** Asked to end, it may take so long. */
const ASKED_MS = 3000
/** After so long its shell is ended, and it is nobody's child. */
const PATIENCE_MS = 20_000
const LAST_WORDS_MS = 500

/** Starts a program; how that went is told by `ended`. */
export function guardedChild(options: ChildOptions): GuardedChild {
  return options.platform === 'win32' ? plainChild(options) : underGuard(options)
}

function underGuard({ file, args, env, onLine }: ChildOptions): GuardedChild {
  // In a session of its own: what ends our terminal's programs ends us, and we end it.
  const shell = spawn('/bin/sh', ['-c', GUARD, 'countersign-tunnel', file, ...args], {
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [, out, errors, pipe] = shell.stdio
  let pid: number | null = null
  readLines(out, onLine)
  readLines(errors, onLine)
  readLines(pipe, (line) => (pid ??= Number(line)))
  const letGo = () => {
    if (pipe instanceof Duplex) pipe.end()
  }
  // What the shell leaves behind has the other end of the pipe, and ends when ours is gone.
  let isOver = false
  const ended = endOf(shell, () => {
    isOver = true
    if (pipe instanceof Duplex) pipe.destroy()
  })
  /** As long as its shell lives, the pid is its own. */
  const signal = (to: number | null, name: NodeJS.Signals) => {
    if (isOver || to === null) return
    try {
      process.kill(to, name)
    } catch (error) {
      // It is gone already.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
  return {
    get pid() {
      return pid
    },
    ended,
    async end() {
      letGo()
      signal(pid, 'SIGTERM')
      const timers = [
        setTimeout(() => signal(pid, 'SIGKILL'), ASKED_MS),
        setTimeout(() => shell.kill('SIGKILL'), PATIENCE_MS),
      ]
      await ended
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

/** Windows has no such pipe between programs: killed hard, we leave it behind. */
function plainChild({ file, args, env, onLine }: ChildOptions): GuardedChild {
  const child = spawn(file, [...args], {
    env: { ...env },
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  readLines(child.stdout, onLine)
  readLines(child.stderr, onLine)
  const kill = () => void child.kill()
  process.once('exit', kill)
  const ended = endOf(child, () => process.removeListener('exit', kill))
  return {
    get pid() {
      return child.pid ?? null
    },
    ended,
    async end() {
      kill()
      await ended
    },
  }
}

function endOf(child: ChildProcess, after: () => void): GuardedChild['ended'] {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      after()
      resolve({ code: null, problem: error.message })
    })
    child.once('exit', (code, signal) => {
      after()
      const outcome = { code, problem: signal === null ? null : `it was ended by ${signal}` }
      // Its last words may still be on their way; a program of its own may have its outputs for ever.
      const timer = setTimeout(() => resolve(outcome), LAST_WORDS_MS)
      child.once('close', () => {
        clearTimeout(timer)
        resolve(outcome)
      })
    })
  })
}

function readLines(stream: unknown, onLine: (line: string) => void): void {
  if (!isReadable(stream)) return
  const reader = createLineReader(onLine)
  stream.on('data', (chunk: Buffer) => reader.add(chunk))
  stream.on('end', () => reader.end())
  // The other end is gone, which 'close' of the process tells.
  stream.on('error', () => undefined)
}

function isReadable(stream: unknown): stream is Readable {
  return typeof stream === 'object' && stream !== null && 'on' in stream && 'read' in stream
}
