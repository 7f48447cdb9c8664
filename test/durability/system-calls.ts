/** One system call as strace -f -y wrote it, in the order of completion. */
export interface SystemCall {
  name: string
  text: string
}

/** Joins `<unfinished …>` with `<… resumed>`, so that a call stands where it was done. */
export function parseTrace(trace: string): SystemCall[] {
  const unfinished = new Map<string, string>()
  const calls: SystemCall[] = []
  for (const line of trace.split('\n')) {
    const parts = /^(?:\[pid\s+)?(\d+)\]?\s+(.*)$/.exec(line)
    if (!parts) continue
    const [, pid = '', rest = ''] = parts
    const open = /^(.*)<unfinished \.\.\.>$/.exec(rest)
    if (open) {
      unfinished.set(pid, open[1] ?? '')
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const text = resumed ? (unfinished.get(pid) ?? '') + (resumed[1] ?? '') : rest
    const name = /^(\w+)\(/.exec(text)?.[1]
    if (name) calls.push({ name, text })
  }
  return calls
}

const isSync = ({ name }: SystemCall) => name === 'fsync' || name === 'fdatasync'
const isWrite = ({ name }: SystemCall) => /^p?writev?(64)?$/.test(name)

/** The steps that must precede the first byte of an answer, in this order. */
export const spooledSteps = [
  {
    step: 'fsync of the spooled file',
    is: (call: SystemCall) => isSync(call) && /bodies\/[^>]*\.part>/.test(call.text),
  },
  {
    step: 'rename of the spooled file',
    is: (call: SystemCall) => call.name.startsWith('rename') && call.text.includes('.part"'),
  },
  {
    step: 'fsync of the folder of bodies',
    is: (call: SystemCall) => isSync(call) && /\/bodies>/.test(call.text),
  },
  {
    step: 'write of the WAL',
    is: (call: SystemCall) => isWrite(call) && call.text.includes('-wal>'),
  },
  {
    step: 'fsync of the WAL',
    is: (call: SystemCall) => isSync(call) && call.text.includes('-wal>'),
  },
]
export const smallSteps = spooledSteps.slice(3)

const isWalSync = (call: SystemCall) => isSync(call) && call.text.includes('-wal>')

/** A target's answer is passed on once it is stored: two commits, the request between them. */
export const forwardedSteps = [
  { step: 'fsync of the WAL with the delivery', is: isWalSync },
  {
    step: 'request to the target',
    is: (call: SystemCall) => isSending(call) && call.text.includes('"POST /'),
  },
  {
    step: 'write of the WAL with the outcome',
    is: (call: SystemCall) => isWrite(call) && call.text.includes('-wal>'),
  },
  { step: 'fsync of the WAL with the outcome', is: isWalSync },
]

const isSending = ({ name }: SystemCall) => /^(write|writev|sendto|sendmsg)$/.test(name)

/** Bodies that were deleted, each with whether something in the log was not synced by then. */
export function bodyRemovals(calls: readonly SystemCall[]): { isLogSynced: boolean }[] {
  return watched(
    calls,
    '-wal>',
    (call) => call.name.startsWith('unlink') && call.text.includes('.body"'),
  ).map(({ isSynced }) => ({ isLogSynced: isSynced }))
}

/**
 * Where the log begins anew or goes: it is emptied, removed, or its header of 32 bytes is written
 * over. What it held has to be in the database by then, and synced.
 */
export function logRestarts(calls: readonly SystemCall[]): { isDatabaseSynced: boolean }[] {
  const isRestart = ({ name, text }: SystemCall) =>
    (/^(ftruncate|unlink)/.test(name) && text.includes('-wal')) ||
    (isWrite({ name, text }) && text.includes('-wal>') && /, 32(, 0)?\) += 32$/.test(text))
  return watched(calls, '.sqlite>', isRestart).map(({ isSynced }) => ({
    isDatabaseSynced: isSynced,
  }))
}

/** The calls that `of` looks for, each with whether the last write to that file was synced. */
function watched(
  calls: readonly SystemCall[],
  file: string,
  of: (call: SystemCall) => boolean,
): { isSynced: boolean }[] {
  let isSynced = true
  return calls.flatMap((call) => {
    if (call.text.includes(file)) {
      if (isWrite(call)) isSynced = false
      if (isSync(call)) isSynced = true
    }
    return of(call) ? [{ isSynced }] : []
  })
}

const isAnswer = (call: SystemCall) => isSending(call) && call.text.includes('HTTP/1.1 200')

/**
 * Looks at the calls between the request and its answer. Returns the steps that are missing or out
 * of order; throws when the trace holds no answer, for then it shows nothing.
 */
export function missingSteps(
  calls: readonly SystemCall[],
  steps: readonly { step: string; is: (call: SystemCall) => boolean }[],
): string[] {
  const answerAt = calls.findIndex(isAnswer)
  if (answerAt < 0) throw new Error('The trace holds no answer.')
  let from = 0
  return steps.flatMap(({ step, is }) => {
    const at = calls.findIndex((call, index) => index >= from && index < answerAt && is(call))
    if (at < 0) return [step]
    from = at + 1
    return []
  })
}
