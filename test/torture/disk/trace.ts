/** One system call of a trace; `entry` and `exit` are places in the order of everything traced. */
export interface TracedCall {
  name: string
  /** Between the parentheses, as strace wrote it. */
  args: string
  result: number
  /** The path that strace gave for a file descriptor that was returned. */
  resultPath: string | null
  entry: number
  exit: number
}

/** What is traced: all that changes files or their names, and what goes onto sockets. */
export const TRACED_CALLS = [
  ...['open', 'openat', 'creat', 'mkdir', 'mkdirat', 'rename', 'renameat', 'renameat2'],
  ...['unlink', 'unlinkat', 'rmdir', 'link', 'linkat', 'symlink', 'truncate', 'ftruncate'],
  ...['fallocate', 'lseek', 'write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'sendfile'],
  ...['copy_file_range', 'fsync', 'fdatasync', 'sync_file_range', 'sendto', 'sendmsg'],
]

/** strace with every byte in hexadecimal, and with the addresses of sockets. */
export function straceInFull(log: string): string[] {
  const how = ['-f', '-yy', '-xx', '-s', '8388608', '-e', 'signal=none']
  return ['strace', ...how, '--seccomp-bpf', '-e', `trace=${TRACED_CALLS.join(',')}`, '-o', log]
}

/** `\x41\x42` as it was; other text stays. */
export function decoded(text: string): string {
  return text.replace(/(?:\\x[0-9a-f]{2})+/g, (escaped) => bytesOf(escaped).toString('utf8'))
}

/** The bytes of a hexadecimal string of strace. */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex')
}

interface Open {
  name: string
  args: string
  entry: number
}

const LINE = /^(?:\[pid\s+)?(\d+)\]?\s+/
const WHOLE = /^(\w+)\(([\s\S]*)\)\s+= (-?\d+|\?)(?:<([^>]*)>)?/
const UNFINISHED = /^(\w+)\(([\s\S]*?)\s*<unfinished \.\.\.>$/
const RESUMED = /^<\.\.\. (\w+) resumed>([\s\S]*)$/

/**
 * Puts the lines of `strace -f` together: calls in the order in which they began, those that never
 * came back (the process was killed) without an end.
 */
export function parseCalls(lines: Iterable<string>): TracedCall[] {
  const calls: TracedCall[] = []
  const open = new Map<string, Open>()
  let at = 0
  const add = ({ name, args, entry }: Open, rest: string, exit: number) => {
    const whole = WHOLE.exec(`${name}(${args}${rest}`)
    if (!whole) return
    const [, , all = '', result = '?', path] = whole
    const resultPath = path === undefined ? null : decoded(path)
    calls.push({ name, args: all, result: Number(result), resultPath, entry, exit })
  }
  for (const line of lines) {
    at += 1
    const pid = LINE.exec(line)
    if (!pid) continue
    const [start, thread = ''] = pid
    const text = line.slice(start.length)
    const unfinished = text.endsWith('<unfinished ...>') ? UNFINISHED.exec(text) : null
    if (unfinished) {
      const [, name = '', args = ''] = unfinished
      open.set(thread, { name, args, entry: at })
      continue
    }
    const resumed = RESUMED.exec(text)
    if (resumed) {
      const begun = open.get(thread)
      open.delete(thread)
      if (begun) add(begun, resumed[2] ?? '', at)
      continue
    }
    const name = /^(\w+)\(/.exec(text)?.[1]
    if (name) add({ name, args: '', entry: at }, text.slice(name.length + 1), at)
  }
  for (const { name, args, entry } of open.values()) {
    calls.push({ name, args, result: Number.NaN, resultPath: null, entry, exit: Infinity })
  }
  return calls.sort((a, b) => a.entry - b.entry)
}
